import Foundation
import Glibc
import NIOCore

/// A client that keeps one connection, and waits for each answer on the thread it is called from.
final class SmallClient: Sendable {
  struct Failure: Error { var what: String }

  private let descriptor: Int32
  private let path: String

  /// - Parameter address: `127.0.0.1:9000`.
  init(_ address: String, path: String = "/2015-03-31/functions/app/invocations") throws {
    self.path = path
    let parts = address.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1]) else { throw Failure(what: address) }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = inet_addr(String(parts[0]))
    // Nobody waits for ever.
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(what: "connect: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  struct Answer: Sendable {
    var status: Int
    /// As it came.
    private let lines: [Substring]
    var body: String

    fileprivate init(_ status: Int, _ lines: [Substring], _ body: String) {
      (self.status, self.lines, self.body) = (status, lines, body)
    }

    /// A header field; the name in lower case.
    subscript(_ name: String) -> String? {
      for line in lines.dropFirst() {
        guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
      return nil
    }
  }

  /// Calls the function.
  func call(_ body: String, _ fields: [String: String] = [:]) throws -> Answer {
    var text = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(body.utf8.count)\r\n"
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    text += "\r\n\(body)"
    let bytes = Array(text.utf8)
    guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Failure(what: "send")
    }
    var buffer = ByteBuffer()
    while true {
      let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 65_536) {
        max(0, recv(descriptor, $0.baseAddress, $0.count, 0))
      }
      guard count > 0 else { throw Failure(what: "no answer to \(body.prefix(100))") }
      if let answer = try Self.answer(in: buffer) { return answer }
    }
  }

  /// The answer; nil as long as it is not there as a whole.
  private static func answer(in buffer: ByteBuffer) throws -> Answer? {
    let bytes = buffer.readableBytesView
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, let status = Int(words[1]) else { throw Failure(what: "\(lines)") }
    let body = bytes[end.upperBound...]
    var answer = Answer(status, lines, "")
    let length = answer["content-length"].flatMap { Int($0) } ?? 0
    guard body.count >= length else { return nil }
    guard body.count == length else { throw Failure(what: "more than an answer: \(lines)") }
    answer.body = String(decoding: body, as: UTF8.self)
    return answer
  }
}
