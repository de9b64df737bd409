internal import LambdaLifecycle

/// Puts a file that begins with its newest event in order, as Logs Insights and other tools print it.
///
/// Lines are held until it is known which way they go: CloudWatch gives the events of a stream in order of
/// time, and a request has its START before its END and REPORT. A log that goes forward passes from then on;
/// one that goes backward is held to its end.
struct LogOrder: Sendable {
  private enum Direction: Sendable {
    case undecided, forward, backward
  }

  private var direction = Direction.undecided
  /// Signs of forward less signs of backward; as many as the margin decide.
  private var vote = 0
  private static let margin = 3
  private var held = HeldLog()
  private var lastTime: Timestamp?
  /// The latest START, END and REPORT lines, with their times.
  private var seen: [(id: [UInt8], isStart: Bool, time: Timestamp?)] = []

  /// More bytes than this do not wait for the direction.
  private static let maximumUndecided = 1 << 20
  private static let remembered = 64

  /// Nothing is held, and nothing will be: pieces may be taken as they come.
  @inline(__always) var isForward: Bool { direction == .forward }

  /// Takes the next piece, and calls `body` with those that are in order.
  mutating func add(_ piece: LogPiece, _ body: (LogPiece) -> Void) {
    if direction == .undecided { judge(piece) }
    held.append(piece)
    if direction == .undecided, held.byteCount > Self.maximumUndecided {
      direction = vote < 0 ? .backward : .forward
    }
    if direction == .forward { release(body) }
  }

  /// No more is to come.
  mutating func finish(_ body: (LogPiece) -> Void) {
    if direction == .backward || vote < 0 { held.reverse() }
    release(body)
    self = LogOrder()
  }

  private mutating func release(_ body: (LogPiece) -> Void) {
    var held = HeldLog()
    swap(&held, &self.held)
    seen = []
    held.forEach(body)
  }

  private mutating func judge(_ piece: LogPiece) {
    switch piece {
    case .event(let header): judge(header)
    case .line(let text): judge(text)
    case .noise: break
    }
    if abs(vote) >= Self.margin { direction = vote > 0 ? .forward : .backward }
  }

  private mutating func judge(_ header: LogEventHeader) {
    if let time = header.time, let last = lastTime { vote += time == last ? 0 : time > last ? 1 : -1 }
    lastTime = header.time
  }

  private mutating func judge(_ text: UnsafeRawBufferPointer) {
    guard let mark = RequestMark(text) else { return }
    let known = seen.last { $0.id.elementsEqual(mark.id) }
    switch (known, mark.isStart) {
    case (let known?, true) where !known.isStart:
      // Later than its REPORT it is a retry, and without times it may be one.
      if let lastTime, let time = known.time, lastTime <= time { vote -= Self.margin }
    case (let known?, false) where known.isStart:
      vote += Self.margin
    case (_?, false) where lastTime == nil:
      // Without times: END comes before REPORT.
      vote += mark.isReport ? Self.margin : -Self.margin
    default: break
    }
    if seen.count == Self.remembered { seen.removeFirst() }
    seen.append((Array(mark.id), mark.isStart, lastTime))
  }
}

/// A line that begins or ends a request.
private struct RequestMark {
  var id: UnsafeRawBufferPointer
  var isStart = false
  var isReport = false

  init?(_ text: UnsafeRawBufferPointer) {
    switch PlatformLine(text) {
    case .start(let id): self.init(id: id, isStart: true)
    case .end(let id): self.init(id: id)
    case .report(let id, _): self.init(id: id, isReport: true)
    default:
      guard text.first == UInt8(ascii: "{") else { return nil }
      var scanner = JSONScanner(text)
      let event = TelemetryEvent(&scanner)
      guard !scanner.failed else { return nil }
      let id = scanner.raw(event.requestID)
      switch TelemetryType(event.type, in: scanner) {
      case .start: self.init(id: id, isStart: true)
      case .report: self.init(id: id, isReport: true)
      default: return nil
      }
    }
  }

  private init(id: UnsafeRawBufferPointer, isStart: Bool = false, isReport: Bool = false) {
    self.id = id
    self.isStart = isStart
    self.isReport = isReport
  }
}
