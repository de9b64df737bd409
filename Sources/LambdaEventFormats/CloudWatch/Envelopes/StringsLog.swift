internal import LambdaLifecycle

/// Messages as strings of a JSON array: `--query 'events[].message'` prints them alone, `'events[].[timestamp,message]'` with their
/// times, either before or behind.
struct StringsLog: EnvelopeReader {
  private var depth = 0
  private var time: LogTime?
  private var message: [UInt8]?
  private var logStream: [UInt8] = []

  /// nil where the line holds no message of Lambda's own as a string of an array.
  init?(_ line: UnsafeRawBufferPointer) {
    var found = false
    guard let first = line.withoutBlanks.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
    else {
      return nil
    }
    StringsLog.scan(line) { text in
      if PlatformLine(text.firstLine) != nil { found = true }
    }
    guard found else { return nil }
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    var scanner = JSONScanner(line)
    while !scanner.failed {
      scanner.skipWhitespace()
      switch scanner.peek {
      case UInt8(ascii: "["):
        depth += 1
        scanner.advance()
      case UInt8(ascii: "]"):
        depth = max(0, depth - 1)
        endEvent(body)
        scanner.advance()
      case UInt8(ascii: ","): scanner.advance()
      case UInt8(ascii: "\""):
        guard let string = scanner.string() else { break }
        if depth < 2 { endEvent(body) }
        if depth > 1, EnvelopeLine.isLogStream(scanner.raw(string)) {
          logStream = scanner.unescaped(string)
        } else {
          message = scanner.unescaped(string)
        }
        if depth < 2 { endEvent(body) }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let start = scanner.position
        _ = scanner.number(scale: 0)
        time = LogTime(whole: line.slice(start, scanner.position))
      default:
        if !scanner.isAtEnd { body(.noise("no message in a JSON array", line)) }
        return
      }
    }
    body(.noise("not valid JSON", line))
  }

  mutating func finish(_ body: (LogPiece) -> Void) { endEvent(body) }

  private mutating func endEvent(_ body: (LogPiece) -> Void) {
    defer { (time, message, logStream) = (nil, nil, []) }
    message?.withUnsafeBytes { message in
      logStream.withUnsafeBytes { LogEventHeader(time, logStream: $0).tell(message, body) }
    }
  }

  /// Calls `body` with each string that stands in an array, up to anything else.
  private static func scan(_ line: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    var scanner = JSONScanner(line)
    while !scanner.failed, !scanner.isAtEnd {
      scanner.skipWhitespace()
      switch scanner.peek {
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): scanner.advance()
      case UInt8(ascii: "\""):
        guard let string = scanner.string() else { return }
        scanner.unescaped(string).withUnsafeBytes(body)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): _ = scanner.number(scale: 0)
      default: return
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes before the first line end.
  var firstLine: UnsafeRawBufferPointer { slice(0, firstIndex(ofByte: 0x0A, from: 0) ?? count) }
}
