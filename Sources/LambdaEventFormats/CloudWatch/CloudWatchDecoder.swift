package import LambdaLifecycle

/// Decodes logs of Lambda functions as the tools of AWS print them from CloudWatch: an envelope (`Envelope`) around what
/// Lambda, the function and its extensions wrote, as text (`PlatformLine`) or JSON.
///
/// A log stream is an environment. Where the envelope does not tell it, `UnnamedStreams` does.
package struct CloudWatchDecoder: EventDecoder {
  /// When and where the current line was written.
  struct LogEvent: Sendable {
    /// Place of its environment; -1 before the first event.
    var index = -1
    var time: Timestamp = 0
    /// The envelope tells its log stream.
    var isNamed = false
  }

  /// Whether the times of lines are to be believed.
  enum Times: Sendable {
    case undecided
    /// START has the time when it was written.
    case exact
    /// All lines of an invocation have the time of its end: LocalStack writes them together.
    case atEnd
  }

  var environments: [CloudWatchEnvironment] = []
  var times = Times.undecided
  /// The records of a function that logs in JSON are events of the Telemetry API.
  var records = TelemetryDecoder()
  var names = NameCache()
  /// When the current line reached us.
  var arrival: Timestamp?

  private(set) var envelope: Envelope?
  var clock = ISO8601Reader()
  private var streams = LogStreams()
  var unnamed = UnnamedStreams()
  private var splitter = ObjectSplitter()
  private var eventIDs = RecentEventIDs()
  /// The event that lines without envelope go on with.
  var current = LogEvent()
  private var block = JSONBlock()
  /// The time of lines that nobody noted the time of: what has been told so far has taken as long as it took.
  var untimed: Timestamp = 0
  var sawRecords = false
  var sawText = false
  /// The function, where the one who opened the stream knows it.
  private let function: String

  /// - Parameter function: the function's name, if the log group gives it away.
  package init(function: String = "") { self.function = function }

  package var source: SourceKind {
    if sawRecords, !sawText { return .cloudWatchJSON }
    return envelope == .nothing ? .cloudWatchMessages : .cloudWatch
  }

  /// False where all lines of an invocation have one time, or have none, or have whole seconds.
  package var outputIsTimed: Bool {
    guard hasExactTimes, current.index >= 0 else { return false }
    return times != .atEnd && environments[current.index].held == nil
  }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = arrival
    decode(line, into: &log)
  }

  package mutating func finish(into log: inout EventLog) {
    arrival = nil
    endBlock(into: &log)
    for index in environments.indices { release(index, into: &log) }
  }

  private mutating func decode(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    if splitter.isInside { return split(line, into: &log) }
    if let begun = EnvelopeLine(line, clock: &clock), begun.envelope.mayFollow(envelope) {
      endBlock(into: &log)
      envelope = begun.envelope
      begin(begun.logStream, at: begun.time, into: &log)
      return decodeLine(begun.message, into: &log)
    }
    switch envelope {
    case .timeAndStream, .streamAndTime, .time, .timeWithoutZone:
      decodeLine(line, into: &log)
    case .object:
      decodeDocument(line, into: &log)
    case .nothing, nil:
      decodeBare(line, into: &log)
    }
  }

  // MARK: Without envelope, or JSON

  private mutating func decodeBare(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    let text = line.slice(from: line.skipBlanks(from: 0))
    if envelope == nil, text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") {
      guard CloudWatchDecoder.isRecord(text) else { return decodeDocument(line, into: &log) }
      envelope = .nothing
    }
    if envelope == nil, PlatformLine(line) != nil { envelope = .nothing }
    guard envelope == .nothing || arrival != nil else {
      let reason = "no log event: nothing before it tells when it was written, or by which environment"
      if !text.isEmpty { undecodable(reason, line, into: &log) }
      return
    }
    let time = arrival ?? untimed
    if current.time != time { endBlock(into: &log) }
    begin(line.slice(0, 0), at: time, into: &log)
    decodeLine(line, into: &log)
  }

  private mutating func decodeDocument(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    let start = line.skipBlanks(from: 0)
    guard start < line.count else { return }
    switch line[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): split(line, into: &log)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","): break
    default: undecodable("no log event: expected a JSON object", line, into: &log)
    }
  }

  private mutating func split(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    var splitter = ObjectSplitter()
    swap(&splitter, &self.splitter)
    splitter.split(line) { decode(object: $0, into: &log) }
    swap(&splitter, &self.splitter)
    if self.splitter.isInside { envelope = .object }
  }

  private mutating func decode(object: UnsafeRawBufferPointer, into log: inout EventLog) {
    var scanner = JSONScanner(object)
    guard let event = LogEventObject(&scanner) else {
      if scanner.failed { undecodable("not valid JSON", object, into: &log) }
      return
    }
    envelope = .object
    guard let time = event.time else {
      return undecodable("a log event without a timestamp in milliseconds", object, into: &log)
    }
    if !event.eventID.isEmpty, !eventIDs.insert(scanner.raw(event.eventID)) { return }
    let function = functionName(ofLogGroup: event.logGroup, in: scanner, into: &log)
    begin(scanner.raw(event.logStream), of: function, at: time, into: &log)
    if event.message.isEscaped {
      scanner.unescaped(event.message).withUnsafeBytes { decode(message: $0, into: &log) }
    } else {
      decode(message: scanner.raw(event.message), into: &log)
    }
  }

  /// `123456789012:/aws/lambda/NAME`
  private mutating func functionName(
    ofLogGroup group: JSONString, in scanner: JSONScanner, into log: inout EventLog
  ) -> Name {
    let text = scanner.raw(group)
    guard let prefix = text.firstIndex(of: "/aws/lambda/") else { return .none }
    return names.name(text.slice(from: prefix + 12), of: &log.catalog)
  }

  private mutating func decode(message: UnsafeRawBufferPointer, into log: inout EventLog) {
    if message.first == UInt8(ascii: "{"), decodeRecord(message, into: &log) { return }
    var start = 0
    while start < message.count {
      let end = message.firstIndex(ofByte: 0x0A, from: start) ?? message.count
      decodeLine(message.slice(start, end).withoutCarriageReturn, into: &log)
      start = end + 1
    }
    endBlock(into: &log)
  }

  // MARK: Messages

  /// A line of the current event.
  private mutating func decodeLine(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    if block.isOpen {
      if block.append(line) { return }
      return endBlock(into: &log)
    }
    if let first = line.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      if block.begin(line) || decodeRecord(line, into: &log) { return }
    }
    decodeText(line, into: &log)
  }

  /// JSON that a tool has spread over several lines is complete, or will not be.
  private mutating func endBlock(into log: inout EventLog) {
    guard block.isOpen else { return }
    let text = block.take()
    text.withUnsafeBytes { text in
      if decodeRecord(text, into: &log) { return }
      for line in text.split(separator: 0x0A) {
        decodeText(UnsafeRawBufferPointer(rebasing: line), into: &log)
      }
    }
  }

  // MARK: Environments

  /// An event begins.
  @inline(__always)
  private mutating func begin(
    _ logStream: UnsafeRawBufferPointer, of function: Name = .none, at time: Timestamp,
    into log: inout EventLog
  ) {
    current.time = time
    current.isNamed = !logStream.isEmpty
    if logStream.isEmpty {
      current.index = unnamed.current ?? addUnnamed(into: &log)
    } else {
      current.index = streams.last(logStream) ?? environment(logStream, of: function, into: &log)
    }
  }

  private mutating func environment(
    _ logStream: UnsafeRawBufferPointer, of function: Name, into log: inout EventLog
  ) -> Int {
    let name = names.name(logStream, of: &log.catalog)
    if let index = streams.find(name, logStream) { return index }
    var function = function == .none ? log.catalog.name(self.function) : function
    // `2023/07/05/NAME[56]…`: a log group of several functions.
    let bracket = logStream.firstIndex(ofByte: UInt8(ascii: "["), from: 0) ?? 0
    if function == .none, bracket > 11 {
      function = names.name(logStream.slice(11, bracket), of: &log.catalog)
    }
    environments.append(CloudWatchEnvironment(logStream: name, function: function))
    streams.add(name, logStream, environments.count - 1)
    return environments.count - 1
  }

  mutating func addUnnamed(into log: inout EventLog) -> Int {
    environments.append(CloudWatchEnvironment(logStream: .none, function: log.catalog.name(function)))
    unnamed.add(environments.count - 1)
    return environments.count - 1
  }

  func undecodable(
    _ reason: String, _ text: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    let time = arrival ?? current.time
    log.appendUndecodable(text.slice(0, 4_096), reason: reason, time: time, arrival: arrival)
  }
}
