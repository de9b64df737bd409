import Foundation
import Synchronization
import Testing

/// Loopback TCP, without a library that could do anything else.
enum Loopback {
  /// Below the ports that the system itself hands out: a connection of another test must not take one before the
  /// emulator does.
  private static let candidates: ClosedRange<UInt16> = 15_000...32_000
  private static let next = Mutex(UInt16.random(in: candidates))

  /// Ports that nobody uses now, each handed out once.
  static func freePorts(_ count: Int) throws -> [UInt16] {
    var ports: [UInt16] = []
    while ports.count < count {
      let port = next.withLock { next in
        next = next < candidates.upperBound ? next + 1 : candidates.lowerBound
        return next
      }
      if try isFree(port) { ports.append(port) }
    }
    return ports
  }

  private static func isFree(_ port: UInt16) throws -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    return withAddress(port: port) { bind(descriptor, $0, $1) } == 0
  }

  /// Invokes the function of an emulator, as curl would.
  /// - Returns: the whole answer, head and body.
  static func invoke(port: UInt16, _ event: String) async throws -> String {
    let request = """
      POST /2015-03-31/functions/function/invocations HTTP/1.1\r
      Host: 127.0.0.1\r
      Connection: close\r
      Content-Length: \(event.utf8.count)\r
      \r
      \(event)
      """
    // The answer may take long: it has a thread of its own.
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try exchange(port: port, request) }) }
    }
  }

  /// Nobody is there, or not any more. An error and no failed expectation: who asks may ask again.
  struct NoAnswer: Error {
    var number: Int32
  }

  private static func exchange(port: UInt16, _ request: String) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw NoAnswer(number: errno) }
    defer { close(descriptor) }
    guard withAddress(port: port, { connect(descriptor, $0, $1) }) == 0 else {
      throw NoAnswer(number: errno)
    }
    let bytes = Array(request.utf8)
    guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw NoAnswer(number: errno)
    }
    var answer: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &block, block.count, 0)
      guard count > 0 else { break }
      answer += block[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private static func withAddress(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
