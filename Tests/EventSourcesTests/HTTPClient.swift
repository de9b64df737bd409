import EventSources
import Glibc
import Testing

/// A connection to a listener, byte by byte: what a well-behaved client would not let us send too.
struct HTTPClient: ~Copyable, Sendable {
  let descriptor: Int32

  init(_ address: ListenAddress) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = UInt16(address.port).bigEndian
    target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &target) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(result == 0)
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = Glibc.send(descriptor, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Reads until the head of an answer is there, or the other side hangs up.
  func answer() async throws -> String {
    try await onThread { [descriptor] in
      var bytes: [UInt8] = []
      var block = [UInt8](repeating: 0, count: 4096)
      while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") {
        let count = read(descriptor, &block, block.count)
        guard count > 0 else { break }
        bytes += block[..<count]
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func post(_ body: String, to path: String = "/") {
    send("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }
}
