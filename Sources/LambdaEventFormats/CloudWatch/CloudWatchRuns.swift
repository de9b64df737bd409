internal import LambdaLifecycle

/// The request that an environment works on, from its START to its REPORT.
struct CloudWatchRuns: Sendable {
  /// A request whose START has been read and whose REPORT has not.
  struct Run: Sendable {
    var request: RequestID
    var begin: Timestamp
    /// The moment when its END was written.
    var end: Timestamp?
  }

  /// A START beside a request that runs may be real, where the end of that one was lost.
  struct Interrupting: Sendable {
    var run: Run
    var line: [UInt8]
  }

  private(set) var running: Run?
  /// A START whose time is not believed yet (`LogMoment.Times`).
  private(set) var held: Run?
  private(set) var interrupting: Interrupting?
  /// The environment was busy until here.
  private(set) var freeFrom = Timestamp.min
  /// A request has ended.
  private(set) var hasServed = false

  /// The run under way, whether its time is believed or not.
  @inline(__always) var underWay: Run? { running ?? held }

  /// The run of that request, if it is emitted and not over.
  func running(_ request: RequestID) -> Run? {
    guard let running, running.request == request else { return nil }
    return running
  }

  mutating func begin(_ run: Run) { running = run }

  mutating func hold(_ run: Run) { held = run }

  /// Takes out the START that is held.
  mutating func takeHeld() -> Run? { held.take() }

  /// Takes out the START that is held, if it is that request's.
  mutating func takeHeld(_ request: RequestID) -> Run? { held?.request == request ? held.take() : nil }

  /// Holds a START beside the request that runs.
  mutating func interrupt(_ interrupting: Interrupting) { self.interrupting = interrupting }

  /// Takes out the START that is held beside a request that runs.
  mutating func takeInterrupting() -> Interrupting? { interrupting.take() }

  /// END of a request was written.
  mutating func noteEnd(_ request: RequestID, at time: Timestamp) {
    if running?.request == request { running?.end = time }
    if held?.request == request { held?.end = time }
  }

  /// - Parameter length: of the invocation; negative if it is not known.
  mutating func end(length: Nanoseconds, at time: Timestamp) {
    freeFrom = max(time, (running?.begin ?? time) &+ max(0, length))
    running = nil
    hasServed = true
  }
}
