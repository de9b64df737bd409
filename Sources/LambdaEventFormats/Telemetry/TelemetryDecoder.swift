package import LambdaLifecycle

/// Decodes events of Lambda's Telemetry API: one object a line, or an array of them, as the API posts it; and
/// either of them laid out on several lines.
///
/// The events do not name their environment, for their receiver is inside it. A stream is therefore one
/// environment until an init announces the next (`TelemetryEnvironment`).
package struct TelemetryDecoder: EventDecoder {
  private var clock = ISO8601Reader()
  private(set) var lastTime: Timestamp = 0
  /// Finds the objects of JSON that is laid out.
  private var splitter = ObjectSplitter(keepsArrays: true)
  var environment = TelemetryEnvironment()
  var names = NameCache()

  package init() {}

  package var source: SourceKind { .telemetry }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    var scanner = JSONScanner(line)
    scanner.skipWhitespace()
    if splitter.isInside || TelemetryDecoder.isOpen(line.slice(from: scanner.position)) {
      return decodePart(line, arrival: arrival, into: &log)
    }
    if TelemetryDecoder.isPartOfArray(line.slice(from: scanner.position)) {
      return decodeItems(line, arrival: arrival, into: &log)
    }
    switch scanner.peek {
    case UInt8(ascii: "{"):
      let event = TelemetryEvent(&scanner)
      scanner.skipWhitespace()
      if !scanner.isAtEnd { scanner.fail() }
      append(event, from: scanner, start: 0, arrival: arrival, into: &log)
    case UInt8(ascii: "["):
      decodeArray(&scanner, arrival: arrival, into: &log)
    default:
      // A blank line between events means nothing.
      if !scanner.isAtEnd {
        undecodable("no Telemetry API event: expected a JSON object", line, arrival: arrival, into: &log)
      }
    }
  }

  package mutating func finish(into log: inout EventLog) {}

  /// True if a line of JSON that is laid out gives away that it is an event of the Telemetry API.
  static func recognizesPart(_ line: UnsafeRawBufferPointer) -> Bool {
    let text = line.slice(from: line.skipBlanks(from: 0))
    guard text.hasPrefix("\"type\"") else { return false }
    var scanner = JSONScanner(text)
    scanner.advance(by: 6)
    scanner.skipWhitespace()
    guard scanner.take(UInt8(ascii: ":")) else { return false }
    scanner.skipWhitespace()
    guard scanner.peek == UInt8(ascii: "\""), let type = scanner.string() else { return false }
    return scanner.raw(type).hasPrefix("platform.") && TelemetryType(type, in: scanner) != .unknown
  }

  /// True if a line ends where an object or array has begun.
  @inline(__always)
  private static func isOpen(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let last = line.last, last != UInt8(ascii: "}"), last != UInt8(ascii: "]") else { return false }
    let end = line.withoutTrailingBlanks.last
    return (end == UInt8(ascii: "{") || end == UInt8(ascii: "["))
      && (line.first == UInt8(ascii: "{") || line.first == UInt8(ascii: "["))
  }

  /// True if a line has objects of an array whose brackets or commas stand partly on other lines.
  @inline(__always)
  private static func isPartOfArray(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = line.first, first != UInt8(ascii: "{") || line.last != UInt8(ascii: "}") else {
      return false
    }
    let last = line.withoutTrailingBlanks.last
    switch first {
    case UInt8(ascii: "{"): return last == UInt8(ascii: ",") || last == UInt8(ascii: "]")
    case UInt8(ascii: "["): return last == UInt8(ascii: ",") || last == UInt8(ascii: "}")
    case UInt8(ascii: ","), UInt8(ascii: "]"): return true
    default: return false
    }
  }

  private mutating func decodeItems(
    _ line: UnsafeRawBufferPointer, arrival: Timestamp?, into log: inout EventLog
  ) {
    var scanner = JSONScanner(line)
    while true {
      scanner.skipWhitespace()
      switch scanner.peek {
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): scanner.advance()
      case UInt8(ascii: "{"):
        let start = scanner.position
        let event = TelemetryEvent(&scanner)
        append(event, from: scanner, start: start, arrival: arrival, into: &log)
        if scanner.failed { return }
      default:
        if scanner.isAtEnd { return }
        let rest = line.slice(from: scanner.position)
        return undecodable(
          "no Telemetry API event: expected an object", rest, arrival: arrival, into: &log)
      }
    }
  }

  private mutating func decodePart(
    _ line: UnsafeRawBufferPointer, arrival: Timestamp?, into log: inout EventLog
  ) {
    // Taken out for the time being, so that the closure may change the rest.
    var splitter = ObjectSplitter(keepsArrays: true)
    swap(&splitter, &self.splitter)
    splitter.split(line) { part in
      if case .tooLong(let text) = part {
        return undecodable("an object longer than 4 MiB", text.slice(0, 4_096), arrival: arrival, into: &log)
      }
      guard case .object(let object) = part else { return }
      var scanner = JSONScanner(object)
      let event = TelemetryEvent(&scanner)
      append(event, from: scanner, start: 0, arrival: arrival, into: &log)
    }
    swap(&splitter, &self.splitter)
  }

  private mutating func decodeArray(
    _ scanner: inout JSONScanner, arrival: Timestamp?, into log: inout EventLog
  ) {
    var start = scanner.position
    scanner.array { scanner in
      start = scanner.position
      guard scanner.peek == UInt8(ascii: "{") else {
        scanner.skipValue()
        if !scanner.failed {
          let text = scanner.bytes.slice(start, scanner.position)
          undecodable("no Telemetry API event: expected an object", text, arrival: arrival, into: &log)
        }
        return
      }
      let event = TelemetryEvent(&scanner)
      if !scanner.failed { append(event, from: scanner, start: start, arrival: arrival, into: &log) }
    }
    scanner.skipWhitespace()
    if scanner.failed || !scanner.isAtEnd {
      let rest = scanner.bytes.slice(from: scanner.failed ? start : scanner.position)
      undecodable("not valid JSON", rest, arrival: arrival, into: &log)
    }
  }

  /// Appends the meaning of one object, or the reason why it has none. It begins at `start` and ends at the
  /// scanner's position.
  @inline(__always)
  private mutating func append(
    _ event: TelemetryEvent, from scanner: JSONScanner, start: Int, arrival: Timestamp?,
    into log: inout EventLog
  ) {
    let bytes = scanner.bytes
    guard !scanner.failed else {
      return undecodable("not valid JSON", bytes.slice(from: start), arrival: arrival, into: &log)
    }
    guard let time = clock.timestamp(bytes, from: Int(event.time.start), to: Int(event.time.end)) else {
      let object = bytes.slice(start, scanner.position)
      if event.type.isAbsent, appendApplicationLog(object, arrival: arrival, into: &log) { return }
      let reason = "no Telemetry API event: its \"time\" is not an ISO 8601 time"
      return undecodable(reason, bytes.slice(start, scanner.position), arrival: arrival, into: &log)
    }
    lastTime = time
    let type = TelemetryType(event.type, in: scanner)
    let line = TelemetryLine(scanner: scanner, time: time, arrival: arrival)
    if let reason = append(event, of: type, line: line, into: &log) {
      undecodable(reason, bytes.slice(start, scanner.position), arrival: arrival, into: &log)
    }
  }

  private mutating func undecodable(
    _ reason: String, _ text: UnsafeRawBufferPointer, arrival: Timestamp?, into log: inout EventLog
  ) {
    log.appendUndecodable(text, reason: reason, time: arrival ?? lastTime, arrival: arrival)
  }
}

/// The parts that every event of a line shares.
struct TelemetryLine {
  var scanner: JSONScanner
  var time: Timestamp
  var arrival: Timestamp?
}
