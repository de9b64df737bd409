import EventSources
import Glibc
import Testing

/// A connection to a listener, byte by byte: it sends bytes, too, that a well-behaved client would refuse to.
struct HTTPClient: ~Copyable, Sendable {
  let descriptor: Int32

  init(_ address: ListenAddress) throws { descriptor = try Self.connect(to: address) }

  private static func connect(to address: ListenAddress) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = UInt16(address.port).bigEndian
    target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &target) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(descriptor >= 0 && result == 0)
    // Nobody waits for ever for an answer.
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    return descriptor
  }

  /// Opens many connections at once, waits until some of them are turned away, and closes all.
  /// - Returns: how many were turned away within the time that one waits for an answer.
  static func wave(of count: Int, to address: ListenAddress, awaiting expected: Int) throws -> Int {
    var requests: [pollfd] = []
    defer { for request in requests { close(request.fd) } }
    for _ in 0..<count {
      let descriptor = try connect(to: address)
      requests.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    let end = ContinuousClock.now + .seconds(20)
    var turnedAway = 0
    while turnedAway < expected, ContinuousClock.now < end {
      poll(&requests, nfds_t(requests.count), 100)
      for place in requests.indices where requests[place].revents != 0 {
        turnedAway += 1
        close(requests[place].fd)
        // `poll` skips negative descriptors.
        requests[place].fd = -1
      }
    }
    return turnedAway
  }

  deinit { close(descriptor) }

  func send(_ text: String) { send(bytes: Array(text.utf8)) }

  func send(bytes: [UInt8]) {
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
