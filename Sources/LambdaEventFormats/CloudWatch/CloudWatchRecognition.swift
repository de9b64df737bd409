internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// Whether a line gives away that it is a log of CloudWatch.
  static func recognizes(_ line: UnsafeRawBufferPointer) -> Bool {
    var clock = ISO8601Reader()
    if let begun = EnvelopeLine(line, clock: &clock) {
      // Any program may write a time before its lines.
      return !begun.logStream.isEmpty || PlatformLine(begun.message) != nil || isRecord(begun.message)
    }
    if PlatformLine(line)?.isLambdasAlone == true { return true }
    let text = line.slice(from: line.skipBlanks(from: 0))
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") { return containsLogEvent(text) }
    // Lines of a document.
    return text.hasPrefix("\"events\": [") || text.hasPrefix("\"logStreamName\": ")
      || text.hasPrefix("\"ingestionTime\": ") || text.hasPrefix("\"sessionResults\": [")
  }

  private static func containsLogEvent(_ text: UnsafeRawBufferPointer) -> Bool {
    var splitter = ObjectSplitter()
    var isOne = false
    splitter.split(text) { object in
      var scanner = JSONScanner(object)
      if LogEventObject(&scanner) != nil { isOne = true }
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
