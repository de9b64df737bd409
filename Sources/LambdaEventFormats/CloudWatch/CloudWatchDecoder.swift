package import LambdaLifecycle

/// Decodes logs of Lambda functions from CloudWatch: the lines of Lambda, the function and its extensions, as
/// text (`PlatformLine`) or JSON. The envelope of the tool that fetched the log is taken off before
/// (`LogEventReader`).
///
/// A log stream is an environment, which takes its lines itself (`CloudWatchEnvironment`). Where the envelope does not
/// name it, `UnnamedStreams` guesses it.
package struct CloudWatchDecoder: EventDecoder {
  var environments: [CloudWatchEnvironment] = []
  /// Place of the current line's environment; -1 before the first event.
  var place = -1
  /// The moment of the current line.
  var moment = LogMoment()
  /// The records of a function that logs in JSON are events of the Telemetry API.
  var records = TelemetryDecoder()
  var names = NameCache()

  /// Nil while it reads.
  private var reader: LogEventReader? = LogEventReader()
  private var joiner = ReportJoiner()
  private var order = LogOrder()
  var clock = ISO8601Reader()
  private var streams = LogStreams()
  private var repeated = RepeatedEvents()
  var unnamed = UnnamedStreams()
  private var block = JSONBlock()
  var sawRecords = false
  var sawText = false
  /// The function, where the one who opened the stream knows it.
  private let function: String

  /// - Parameter function: the function's name, if the log group gives it away.
  package init(function: String = "") { self.function = function }

  package var source: SourceKind {
    if sawRecords, !sawText { return .cloudWatchJSON }
    return place >= 0 && moment.precision == .none ? .cloudWatchMessages : .cloudWatch
  }

  /// True if the output of the current line has a time of its own: not where all lines of an invocation have
  /// one time, or have none, or have whole seconds.
  package var outputIsTimed: Bool {
    place >= 0 && environments[place].outputIsTimed(at: moment)
  }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    moment.arrival = arrival
    read(line, into: &log)
  }

  package mutating func finish(into log: inout EventLog) {
    moment.arrival = nil
    var order = LogOrder()
    swap(&order, &self.order)
    var joiner = ReportJoiner()
    swap(&joiner, &self.joiner)
    var reader = self.reader.take() ?? LogEventReader()
    reader.finish { piece in
      joiner.add(piece, isTimed: false) { piece in order.add(piece) { decode($0, into: &log) } }
    }
    joiner.flush { piece in order.add(piece) { decode($0, into: &log) } }
    order.finish { decode($0, into: &log) }
    endBlock(into: &log)
    for index in environments.indices {
      environments[index].finish(at: moment, into: &log)
    }
  }

  // MARK: Pieces

  @inline(__always)
  private mutating func read(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    let isTimed = moment.arrival != nil
    guard order.isForward || isTimed else { return readUnordered(line, into: &log) }
    if joiner.isEmpty, reader?.isHolding == false, let words = reader?.words(line, isTimed: isTimed) {
      switch words {
      case .event(let begun):
        decode(.event(LogEventHeader(begun)), into: &log)
        return take(.line(begun.message), isTimed: isTimed, into: &log)
      case .goesOn: return take(.line(line), isTimed: isTimed, into: &log)
      case .page: break
      }
    }
    // Taken out for the time being, so that the closure may change the rest.
    var reader = self.reader.take() ?? LogEventReader()
    reader.read(line, isTimed: isTimed) { take($0, isTimed: isTimed, into: &log) }
    self.reader = reader
  }

  /// As long as it is not known that the log goes forward.
  @inline(never)
  private mutating func readUnordered(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    var reader = self.reader.take() ?? LogEventReader()
    var order = LogOrder()
    swap(&order, &self.order)
    var joiner = ReportJoiner()
    swap(&joiner, &self.joiner)
    reader.read(line, isTimed: false) { piece in
      joiner.add(piece, isTimed: false) { piece in order.add(piece) { decode($0, into: &log) } }
    }
    swap(&joiner, &self.joiner)
    swap(&order, &self.order)
    self.reader = reader
  }

  @inline(__always)
  private mutating func take(_ piece: LogPiece, isTimed: Bool, into log: inout EventLog) {
    guard joiner.isEmpty else { return join(piece, isTimed: isTimed, into: &log) }
    if case .line(let line) = piece, ReportJoiner.mayGoOn(piece, isTimed: isTimed) {
      joiner.hold(line)
    } else {
      decode(piece, into: &log)
    }
  }

  /// Takes the piece behind a REPORT that may be broken over lines.
  @inline(never)
  private mutating func join(_ piece: LogPiece, isTimed: Bool, into log: inout EventLog) {
    var joiner = ReportJoiner()
    swap(&joiner, &self.joiner)
    joiner.add(piece, isTimed: isTimed) { decode($0, into: &log) }
    swap(&joiner, &self.joiner)
  }

  @inline(__always)
  private mutating func decode(_ piece: LogPiece, into log: inout EventLog) {
    switch piece {
    case .event(let header):
      repeated.begin(header)
      begin(header, into: &log)
    case .line(let text): if !repeated.has(text) { decodeLine(text, into: &log) }
    case .noise(let reason, let text): undecodable(reason, text, into: &log)
    }
  }

  /// A log event begins.
  @inline(__always)
  private mutating func begin(_ header: LogEventHeader, into log: inout EventLog) {
    let time = header.time ?? moment.arrival ?? moment.untimed
    // Lines without envelope that came together may be one message.
    if header.time != nil || moment.time != time { endBlock(into: &log) }
    moment.begin(at: time, header.precision)
    if header.logStream.isEmpty {
      place = unnamed.current ?? addUnnamed(into: &log)
    } else {
      place = streams.last(header.logStream) ?? environment(header, into: &log)
    }
  }

  /// A line of the current event.
  private mutating func decodeLine(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    if block.isOpen {
      if PlatformLine(line) == nil {
        if block.append(line) { return }
        return endBlock(into: &log)
      }
      endBlock(into: &log)
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

  private mutating func environment(_ header: LogEventHeader, into log: inout EventLog) -> Int {
    let logStream = header.logStream
    let name = names.name(logStream, of: &log.catalog)
    if let index = streams.find(name, logStream) { return index }
    var function =
      header.function.isEmpty
      ? log.catalog.name(self.function) : names.name(header.function, of: &log.catalog)
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
    _ reason: StaticString, _ text: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    undecodable("\(reason)", text, into: &log)
  }

  func undecodable(
    _ reason: String, _ text: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    let time = moment.arrival ?? moment.time
    log.appendUndecodable(text.slice(0, 4_096), reason: reason, time: time, arrival: moment.arrival)
  }
}
