package import LambdaEventFormats
package import LambdaLifecycle

/// One input of a session: how its bytes are read, and its state.
package struct Input: Sendable {
  package private(set) var status: SourceStatus
  private var reader: StreamReader
  private var understanding = Understanding()
  private var clock = ClockWatch()
  /// False for a file: the moment when its bytes were read says nothing.
  private let tellsArrival: Bool
  /// The end of its process; nil where it is none, or runs.
  package private(set) var childStatus: ChildStatus?
  /// Its format was given, not recognised.
  package let isNamed: Bool
  /// It is no failure if nothing is understood: in a stretch of a log there may be no request.
  private let mayBeSilent: Bool
  /// The obstacle in its way, and when it is tried again.
  private var obstacle: (reason: String, until: Timestamp)?
  /// Events up to the last whole second, and when that was.
  private var counted = (events: 0, second: Int64(0))

  /// - Parameters:
  ///   - function: whose log it is, if known.
  ///   - mayBeSilent: it is no failure if nothing is understood.
  init(
    source: SourceID, name: String, format: StreamFormat?, tellsArrival: Bool, function: String = "",
    mayBeSilent: Bool = false
  ) {
    status = SourceStatus(source: source, name: name)
    reader = StreamReader(format: format, function: function)
    self.tellsArrival = tellsArrival
    self.mayBeSilent = mayBeSilent
    isNamed = format != nil
  }

  package var format: StreamFormat? { reader.format }

  /// The reason why nothing of it is decoded; nil where it is.
  package var refusal: String? { reader.refusal }

  /// Something of it was understood, or it is a recording without events.
  package var isUnderstood: Bool {
    if understanding.hasEvent || mayBeSilent { return true }
    return reader.hasHeader && (understanding.hasOther || status.undecodable == 0)
  }

  /// Of an input that is not understood the beginning of its first line, as it came; empty where it has none.
  package var firstLine: String { understanding.firstLine }

  /// The number of outputs read, of an input that is not understood.
  package var outputs: Int { understanding.outputs }

  /// Decodes a piece of the stream.
  mutating func decode(_ chunk: Chunk, into log: inout EventLog) {
    let stream: OutputStream? =
      switch chunk.stream {
      case .data: nil
      case .stdout: .stdout
      case .stderr: .stderr
      }
    measureRate(at: chunk.arrival)
    let arrival = tellsArrival ? chunk.arrival : nil
    read(into: &log) { reader, log in
      chunk.bytes.withUnsafeBytes { reader.read($0, stream: stream, arrival: arrival, into: &log) }
    }
    switch status.state {
    case .waiting, .stalled: status.state = .live
    case .live, .ended, .failed: break
    }
    obstacle = nil
  }

  /// The stream has ended: decodes the lines held back.
  mutating func finish(into log: inout EventLog) {
    read(into: &log) { reader, log in reader.finish(into: &log) }
    status.rate = 0
    if case .failed = status.state { return }
    status.state = .ended
  }

  /// Notes that a body was refused.
  mutating func refuse(_ reason: String) {
    status.refused += 1
    status.lastRefusal = reason
  }

  /// A file is read from its beginning, as the text says.
  mutating func beginAnew(_ reason: String) {
    status.restarts += 1
    status.lastRestart = reason
  }

  var isStalled: Bool { obstacle != nil && !status.state.isOver }

  /// Something is in the way; it is tried again at `until`.
  mutating func stall(_ reason: String, until: Timestamp) { obstacle = (reason, until) }

  /// Brings the values that change with time alone up to now: the rate, and how long until the next try.
  mutating func update(at now: Timestamp) {
    measureRate(at: now)
    guard let obstacle, !status.state.isOver else { return }
    let left = (obstacle.until &- now &+ .seconds(1) &- 1) / .seconds(1)
    status.state = .stalled(obstacle.reason + (left > 0 ? ", next try in \(left) s" : ", trying again"))
  }

  mutating func listens() { if status.state == .waiting { status.state = .live } }

  mutating func fail(_ reason: String) { status.state = .failed(reason) }

  mutating func childExited(_ end: ChildStatus) {
    childStatus = end
    status.end = "\(end)"
  }

  private mutating func read(into log: inout EventLog, _ body: (inout StreamReader, inout EventLog) -> Void) {
    let known = log.events.count
    log.catalog.source = status.source
    body(&reader, &log)
    status.count(log.events[known...])
    status.lines = reader.lines
    for step in clock.look(at: log.events[known...]) {
      status.clockSteps += 1
      status.lastClockStep = "\(step)"
    }
    if !understanding.hasEvent { understanding.look(at: log.events[known...], in: log.text) }
    if let refusal = reader.refusal { status.state = .failed(refusal) }
    guard let kind = reader.sourceKind else { return }
    status.kind = kind
    log.catalog[status.source].kind = kind
  }

  /// Takes the events of a whole second as the rate.
  package mutating func measureRate(at now: Timestamp) {
    let second = now / .seconds(1)
    guard second > counted.second else { return }
    status.rate = second == counted.second + 1 ? status.events - counted.events : 0
    counted = (status.events, second)
  }
}
