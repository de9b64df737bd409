import NIOCore
import NIOEmbedded
import NIOHTTP1

/// A response as a strict client reads it.
struct HTTPText {
  var status = 0
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }

  struct Malformed: Error { var words: String }

  /// Reads all that a connection has got, shares no code with its writer.
  /// - Parameters:
  ///   - requests: the methods of the requests, in order.
  ///   - isCut: the connection has been closed, so that the last one may end anywhere.
  static func all(_ bytes: [UInt8], answering requests: [String], isCut: Bool) throws -> [HTTPText] {
    var rest = bytes[...]
    var found: [HTTPText] = []
    while !rest.isEmpty {
      let method = found.count < requests.count ? requests[found.count] : ""
      do {
        let text = try HTTPText(&rest, isHead: method == "HEAD", isCut: isCut)
        if text.status >= 200 { found.append(text) }
      } catch is CutOff {
        guard isCut else { throw Malformed(words: "an answer without its end") }
        return found
      }
    }
    return found
  }

  private struct CutOff: Error {}

  private init(_ rest: inout ArraySlice<UInt8>, isHead: Bool, isCut: Bool) throws {
    let words = try Self.line(&rest).split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3,
      let status = Int(words[1])
    else { throw Malformed(words: "a status line such as \(words)") }
    self.status = status
    while true {
      let line = try Self.line(&rest)
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") })
      else { throw Malformed(words: "a field such as \(line)") }
      fields.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
    }
    guard status >= 200, status != 204, status != 304, !isHead else { return }
    if field("transfer-encoding") == "chunked" {
      while true {
        guard let length = Int(try Self.line(&rest), radix: 16) else { throw Malformed(words: "a chunk") }
        body += try Self.bytes(length, &rest)
        guard try Self.line(&rest).isEmpty else { throw Malformed(words: "the end of a chunk") }
        if length == 0 { return }
      }
    }
    let lengths = fields.filter { $0.name.lowercased() == "content-length" }
    guard lengths.count < 2 else { throw Malformed(words: "\(lengths.count) lengths") }
    if let length = lengths.first {
      guard let length = Int(length.value) else { throw Malformed(words: "a length") }
      body = Array(try Self.bytes(length, &rest))
    } else if isCut {
      (body, rest) = (Array(rest), [])
    } else {
      throw Malformed(words: "an answer of no length")
    }
  }

  private static func line(_ rest: inout ArraySlice<UInt8>) throws -> String {
    guard let end = rest.firstRange(of: [0x0D, 0x0A]) else { throw CutOff() }
    let line = rest[..<end.lowerBound]
    rest = rest[end.upperBound...]
    guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw Malformed(words: "a line with control characters")
    }
    return String(decoding: line, as: UTF8.self)
  }

  private static func bytes(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
    guard count >= 0, rest.count >= count else { throw CutOff() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

/// The requests in the bytes of a client, as the parser takes them that everybody uses here.
struct HTTPRequests {
  /// Of those that have begun.
  private(set) var methods: [String] = []
  private(set) var whole = 0

  init(_ bytes: [UInt8]) {
    let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
    _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
    while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
      switch part {
      case .head(let head): methods.append(head.method.rawValue)
      case .body: break
      case .end: whole += 1
      }
    }
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }
}
