import Foundation
import Glibc
import TestSupport

/// A client that sends any bytes and reads those that come, on the thread it is called from.
final class RawClient: Sendable {
  private let descriptor: Int32

  /// - Parameter address: `127.0.0.1:9000`.
  init(_ address: String) throws {
    let parts = address.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1]) else { throw SmallClient.Failure(what: address) }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = inet_addr(String(parts[0]))
    // Nobody waits for ever.
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    let result = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw SmallClient.Failure(what: "connect: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  /// Sends all of it.
  /// - Returns: false where the other side takes no more.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(text.utf8) }

  /// A request of the Invoke API.
  static func request(
    _ body: String, path: String = "/2015-03-31/functions/app/invocations", length: Int? = nil,
    fields: String = ""
  ) -> String {
    "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(length ?? body.utf8.count)\r\n\(fields)\r\n\(body)"
  }

  /// Reads until the connection is closed, or until the bytes so far hold a text.
  func read(until text: String? = nil, most: Int = .max) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < most {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
      if let text, String(decoding: bytes, as: UTF8.self).contains(text) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads so much, and keeps nothing.
  /// - Returns: how many bytes came.
  func count(until most: Int) -> Int {
    var (total, buffer) = (0, [UInt8](repeating: 0, count: 1 << 20))
    while total < most {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return total }
      total += count
    }
    return total
  }
}

/// The processes of this machine.
enum Processes {
  /// The processes that have a text among their variables or words, apart from this one.
  static func with(_ text: String) -> [pid_t] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return [] }
    let word = Data(text.utf8)
    return names.compactMap { pid_t($0) }.filter { pid in
      pid != getpid()
        && ["environ", "cmdline"].contains {
          FileManager.default.contents(atPath: "/proc/\(pid)/\($0)")?.range(of: word) != nil
        }
    }
  }

  /// The memory of this process, in MiB.
  static var resident: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4 / 1_024
  }
}

extension RunningFunction {
  /// The refusals that its runtimes, extensions and clients got.
  var refusals: [String] { markers.filter { $0.hasPrefix("refused: ") } }

  /// Ends it, and looks for processes that it has left.
  func endWithNothingLeft() async throws -> [pid_t] {
    let path = scratch.path
    try await end()
    return Processes.with(path)
  }
}
