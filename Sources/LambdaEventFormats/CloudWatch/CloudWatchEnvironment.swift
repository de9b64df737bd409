internal import LambdaLifecycle

/// The facts about one environment from its log stream.
struct CloudWatchEnvironment: Sendable {
  /// A request whose START has been read and whose REPORT has not.
  struct Run: Sendable {
    var request: RequestID
    var begin: Timestamp
    /// The moment when its END was written.
    var end: Timestamp?
  }

  /// A line other than its REPORT that says how a request has failed.
  struct Fault: Sendable {
    var request: RequestID
    var outcome: Outcome
    /// The moment when it was reported.
    var time: Timestamp
    var errorType = Name.none
    /// The process was killed: for want of memory, where it had used all of it.
    var wasKilled = false
    /// The handler failed, and the runtime lives on: the invocation itself is a success (execution environment page).
    var isHandlers = false
  }

  var identity: TelemetryEnvironment
  var run: Run?
  /// A START whose time is not believed yet (`CloudWatchDecoder.Times`).
  var held: Run?
  var interrupting: CloudWatchDecoder.Interrupting?
  /// An init whose begin is known to the second: where it lies is known when its length is.
  var heldInit: Phase?
  var fault: Fault?
  /// The next line is the error type of the fault.
  var expectsErrorType = false
  var handlerError = HandlerError()
  /// A fault of a request that has been reported on: it is emitted as soon as its error type can have been
  /// read.
  var lateFault: (fault: Fault, of: ReportedRequest)?
  /// The moment when the last init or restore began.
  var initBegan = Timestamp.never
  /// The kind of that phase, as long as no line has ended it.
  var openInit: Phase?
  /// The last init or invocation went wrong: the next request waits for an init that the log need not
  /// mention.
  var wasReset = false
  /// The log has named a request.
  var hasServed = false
  /// It was busy until here.
  var freeFrom = Timestamp.min
  var recent = RecentRequests()

  init(logStream: Name, function: Name) {
    identity = TelemetryEnvironment(logStream: logStream, function: function)
  }

  /// The request that it works on.
  @inline(__always) var busyWith: RequestID { (run ?? held)?.request ?? .none }

  /// An init or a restore begins.
  /// - Returns: true if it is the first event of the environment.
  mutating func beginInit(
    _ phase: Phase, at time: Timestamp, type: InitializationType, catalog: inout Catalog
  ) -> Bool {
    initBegan = time
    openInit = phase
    identity.initIsTold = true
    wasReset = false
    return identity.begin(
      function: .none, instance: .none, type: type, isFirstInit: true, catalog: &catalog)
  }

  /// END of a request was written.
  mutating func noteEnd(_ request: RequestID, at time: Timestamp) {
    recent.noteEnd(request)
    if run?.request == request { run?.end = time }
    if held?.request == request { held?.end = time }
  }

  /// Takes out the START that is held beside a request that runs.
  mutating func takeInterrupting() -> CloudWatchDecoder.Interrupting? { interrupting.take() }

  mutating func endInit(_ outcome: Outcome) {
    openInit = nil
    identity.initIsTold = true
    wasReset = outcome.isBad
  }

  /// - Parameter length: of the invocation; negative if it is not known.
  mutating func endRun(_ outcome: Outcome, length: Nanoseconds, at time: Timestamp) {
    freeFrom = max(time, (run?.begin ?? time) &+ max(0, length))
    run = nil
    fault = nil
    handlerError = HandlerError()
    wasReset = outcome.isBad
    hasServed = true
  }
}
