internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// True if a line gives away that it is a log of CloudWatch.
  static func recognizes(_ line: UnsafeRawBufferPointer) -> Bool {
    var clock = ISO8601Reader()
    if let begun = EnvelopeLine(line, clock: &clock), UnknownLines.isWhole(begun) {
      // Any program may write a time before its lines.
      return !begun.logStream.isEmpty || PlatformLine(begun.message) != nil || isRecord(begun.message)
    }
    if PlatformLine(line)?.isLambdasAlone == true || Envelope.reader(telling: line) != nil { return true }
    let text = line.slice(from: line.skipBlanks(from: 0))
    if line.first == UInt8(ascii: "\t"), PlatformLine(text)?.isLambdasAlone == true { return true }
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") {
      var splitter = ObjectSplitter()
      return containsLogEvent(text, in: &splitter)
    }
    // Lines of a document.
    return text.hasPrefix("\"events\": [") || text.hasPrefix("\"logStreamName\": ")
      || text.hasPrefix("\"ingestionTime\": ") || text.hasPrefix("\"sessionResults\": [")
      || text.hasPrefix("\"@message\": ") || text.hasPrefix("\"field\": \"@")
      || text.hasPrefix("\"logEvents\": [")
      || isMessage(text)
  }

  /// `"message": "START RequestId: …` of an object that is laid out on lines.
  private static func isMessage(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.first == UInt8(ascii: "\"") else { return false }
    var scanner = JSONScanner(text)
    guard let key = scanner.string(), case .message = LogField(scanner.raw(key)) else { return false }
    scanner.skipWhitespace()
    guard scanner.take(UInt8(ascii: ":")) else { return false }
    scanner.skipWhitespace()
    guard scanner.peek == UInt8(ascii: "\""), let value = scanner.string() else { return false }
    return scanner.unescaped(value).withUnsafeBytes {
      PlatformLine($0.firstLine.withoutTrailingBlanks) != nil
    }
  }

  /// True if a line completes an object that is a log event.
  static func containsLogEvent(
    _ text: UnsafeRawBufferPointer, in splitter: inout ObjectSplitter
  ) -> Bool {
    var isOne = false
    splitter.split(text) { part in
      guard case .object(let object) = part, !isOne else { return }
      var scanner = JSONScanner(object)
      isOne = LogEventObject(&scanner).isTelling(in: scanner)
    }
    return isOne
  }

  /// JSON that is an event of the Telemetry API, or several in an array.
  static func isRecord(_ text: UnsafeRawBufferPointer) -> Bool {
    var scanner = JSONScanner(text)
    if scanner.take(UInt8(ascii: "[")) { scanner.skipWhitespace() }
    guard scanner.peek == UInt8(ascii: "{") else { return false }
    let event = TelemetryEvent(&scanner)
    return !scanner.failed && !event.time.isAbsent && TelemetryType(event.type, in: scanner) != .unknown
  }
}
