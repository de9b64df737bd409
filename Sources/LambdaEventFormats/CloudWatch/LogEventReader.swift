internal import LambdaLifecycle

/// Takes off what a tool has put around the messages of log events (`Envelope`), whichever it is.
struct LogEventReader: Sendable {
  /// What stands around messages; nil as long as no line has shown it.
  private(set) var envelope: Envelope?
  var clock = ISO8601Reader()
  private var splitter = ObjectSplitter()
  private var eventIDs = RecentEventIDs()

  /// Calls `body` with what a line tells.
  /// - Parameter isTimed: somebody noted when the line came, so that one without an envelope has a time all the same.
  @inline(__always)
  mutating func read(_ line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void) {
    if splitter.isInside { return split(line, body) }
    if let begun = EnvelopeLine(line, clock: &clock), begun.envelope.mayFollow(envelope) {
      envelope = begun.envelope
      let precision: LogEventHeader.Precision = begun.envelope == .timeWithoutZone ? .seconds : .milliseconds
      body(.event(LogEventHeader(time: begun.time, precision: precision, logStream: begun.logStream)))
      return body(.line(begun.message))
    }
    switch envelope {
    case .timeAndStream, .streamAndTime, .time, .timeWithoutZone: body(.line(line))
    case .object: readDocument(line, body)
    case .nothing, nil: readBare(line, isTimed: isTimed, body)
    }
  }

  // MARK: Without envelope, or JSON

  private mutating func readBare(
    _ line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void
  ) {
    let text = line.slice(from: line.skipBlanks(from: 0))
    if envelope == nil, text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") {
      guard CloudWatchDecoder.isRecord(text) else { return readDocument(line, body) }
      envelope = .nothing
    }
    if envelope == nil, PlatformLine(line) != nil { envelope = .nothing }
    guard envelope == .nothing || isTimed else {
      let reason: StaticString =
        "no log event: nothing before it tells when it was written, or by which environment"
      if !text.isEmpty { body(.noise(reason, line)) }
      return
    }
    body(.event(LogEventHeader()))
    body(.line(line))
  }

  private mutating func readDocument(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    let start = line.skipBlanks(from: 0)
    guard start < line.count else { return }
    switch line[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): split(line, body)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","): break
    default: body(.noise("no log event: expected a JSON object", line))
    }
  }

  private mutating func split(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    var splitter = ObjectSplitter()
    swap(&splitter, &self.splitter)
    splitter.split(line) { read(object: $0, body) }
    swap(&splitter, &self.splitter)
    if self.splitter.isInside { envelope = .object }
  }

  private mutating func read(object: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    var scanner = JSONScanner(object)
    guard let event = LogEventObject(&scanner) else {
      if scanner.failed { body(.noise("not valid JSON", object)) }
      return
    }
    envelope = .object
    guard let time = event.time else {
      return body(.noise("a log event without a timestamp in milliseconds", object))
    }
    if !event.eventID.isEmpty, !eventIDs.insert(scanner.raw(event.eventID)) { return }
    body(
      .event(
        LogEventHeader(
          time: time, precision: .milliseconds, logStream: scanner.raw(event.logStream),
          function: LogEventReader.function(ofLogGroup: scanner.raw(event.logGroup)))))
    if event.message.isEscaped {
      scanner.unescaped(event.message).withUnsafeBytes { read(message: $0, body) }
    } else {
      read(message: scanner.raw(event.message), body)
    }
  }

  /// A message of several lines; one that is JSON stays whole.
  private func read(message: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if message.first == UInt8(ascii: "{") {
      var scanner = JSONScanner(message)
      scanner.skipValue()
      scanner.skipWhitespace()
      if !scanner.failed, scanner.isAtEnd { return body(.line(message)) }
    }
    var start = 0
    while start < message.count {
      let end = message.firstIndex(ofByte: 0x0A, from: start) ?? message.count
      body(.line(message.slice(start, end).withoutCarriageReturn))
      start = end + 1
    }
  }

  /// The function of `123456789012:/aws/lambda/NAME`; empty for another log group.
  static func function(ofLogGroup group: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let prefix = group.firstIndex(of: "/aws/lambda/") else { return group.slice(0, 0) }
    return group.slice(from: prefix + 12)
  }
}
