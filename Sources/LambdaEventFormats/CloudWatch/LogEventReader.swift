internal import LambdaLifecycle

/// Takes off the text that a tool has put around the messages of log events (`Envelope`), whichever it is.
struct LogEventReader: Sendable {
  /// The text around messages; nil as long as no line has shown it.
  private(set) var envelope: Envelope?
  var clock = ISO8601Reader()
  /// Reads an envelope that is more than words before messages.
  private var reader: (any EnvelopeReader)?
  /// The first lines, as long as none has shown the envelope.
  private var unknown = UnknownLines()
  private var tabs = TabbedMessages()
  /// Lines that may be the console's page around pasted text.
  private var furniture = PageFurniture()

  /// Calls `body` with the pieces of a line.
  /// - Parameter isTimed: the line's arrival was noted, so that one without an envelope has a time all the
  ///   same.
  @inline(__always)
  mutating func read(_ line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void) {
    if let words = words(line, isTimed: isTimed) {
      if case .page = words { return furniture.hold(line) }
      // Something of the log follows: unless the text has been pasted, a function has printed lines that look
      // like the page.
      if isHolding { furniture.end(body) }
      if case .event(let begun) = words { return read(begun, body) }
      return body(.line(line))
    }
    switch envelope {
    case .timeAndStream, .streamAndTime, .time, .timeWithoutZone: break
    case .object, .other: reader?.read(line, body)
    case .nothing: readBare(line, isTimed: isTimed, body)
    case nil: find(by: line, isTimed: isTimed, body)
    }
  }

  /// The kind of a line where a time and perhaps a stream stand before each message.
  enum WordsLine {
    case event(EnvelopeLine)
    /// A further line of the event that began last.
    case goesOn
    /// Perhaps the console's page around the log.
    case page
  }

  /// Lines of the page wait to be passed on or dropped.
  @inline(__always) var isHolding: Bool { !furniture.isEmpty }

  /// The kind of a line, of the envelopes that are words before messages: by far the most frequent ones, and
  /// read without a closure.
  /// - Returns: nil with any other envelope.
  @inline(__always)
  mutating func words(_ line: UnsafeRawBufferPointer, isTimed: Bool) -> WordsLine? {
    switch envelope {
    case .timeAndStream, .streamAndTime, .time, .timeWithoutZone: break
    case .object, .other, .nothing, nil: return nil
    }
    if let begun = EnvelopeLine(line, clock: &clock), begun.envelope.mayFollow(envelope) {
      envelope = begun.envelope
      return .event(begun)
    }
    return envelope == .time && !isTimed && ConsolePage.isLongFurniture(line) ? .page : .goesOn
  }

  /// No more lines are to come.
  mutating func finish(_ body: (LogPiece) -> Void) {
    var unknown = UnknownLines()
    swap(&unknown, &self.unknown)
    if unknown.lastIsLambdas {
      begin(.nothing)
      unknown.takeAll { readBare($0, isTimed: false, body) }
    } else {
      unknown.takeAll { LogEventReader.tellUnknown($0, body) }
    }
    furniture = PageFurniture()
    tabs.finish(body)
    reader?.finish(body)
  }

  @inline(__always)
  private mutating func read(_ begun: EnvelopeLine, _ body: (LogPiece) -> Void) {
    envelope = begun.envelope
    body(.event(LogEventHeader(begun)))
    body(.line(begun.message))
  }

  // MARK: Without envelope

  private mutating func readBare(
    _ line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void
  ) {
    if let begun = EnvelopeLine(line, clock: &clock), begun.envelope.mayFollow(.nothing) {
      tabs.finish(body)
      return read(begun, body)
    }
    if let log = ServerlessLog(line) ?? ServerlessLog(startIn: line) {
      tabs.finish(body)
      begin(.other, log)
      reader?.read(line, body)
      return
    }
    tabs.read(line, isTimed: isTimed, body)
  }

  // MARK: Which it is

  private mutating func begin(_ envelope: Envelope, _ reader: (any EnvelopeReader)? = nil) {
    self.envelope = envelope
    self.reader = reader
  }

  /// Reads a line before which none has given the envelope away.
  private mutating func find(
    by line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void
  ) {
    guard let found = unknown.find(by: line, isTimed: isTimed, clock: &clock) else {
      if unknown.mayHold(line, isTimed: isTimed) {
        unknown.hold(line)
        if unknown.isFull { unknown.takeAll { LogEventReader.tellUnknown($0, body) } }
      } else {
        body(.event(LogEventHeader()))
        body(.line(line))
      }
      return
    }
    var unknown = UnknownLines()
    swap(&unknown, &self.unknown)
    begin(found.envelope, found.reader)
    switch found.envelope {
    case .object, .other, .nothing: unknown.takeAll { read($0, isTimed: isTimed, body) }
    case .timeAndStream, .streamAndTime, .time, .timeWithoutZone:
      let mayBePage = found.envelope == .time
      unknown.takeAll { line in
        if mayBePage, ConsolePage.isFurniture(line) { furniture.isPasted = true }
        LogEventReader.tellUnknown(line, mayBePage: mayBePage, body)
      }
    }
    read(line, isTimed: isTimed, body)
  }

  /// Passes on a line that stands before all those that show their envelope.
  /// - Parameter mayBePage: the text may have been pasted from the console, whose page has words around the log.
  static func tellUnknown(
    _ line: UnsafeRawBufferPointer, mayBePage: Bool = false, _ body: (LogPiece) -> Void
  ) {
    if line.withoutBlanks.isEmpty || mayBePage && ConsolePage.isFurniture(line) { return }
    body(.noise("no log event: nothing before it tells when it was written, or by which environment", line))
  }
}

extension LogEventHeader {
  init(_ line: EnvelopeLine) {
    self.init(time: line.time, precision: line.precision, logStream: line.logStream)
  }
}
