internal import LambdaLifecycle

/// What is known of one environment from its log stream.
struct CloudWatchEnvironment: Sendable {
  /// A request whose START has been read and whose REPORT has not.
  struct Run: Sendable {
    var request: RequestID
    var begin: Timestamp
    /// When its END was written.
    var end: Timestamp?
  }

  /// A line in the older style that tells how a request has failed.
  struct Fault: Sendable {
    var request: RequestID
    var outcome: Outcome
    var errorType = Name.none
  }

  var identity: TelemetryEnvironment
  var run: Run?
  /// A START whose time is not believed yet (`CloudWatchDecoder.Times`).
  var held: Run?
  var fault: Fault?
  /// The next line is the error type of the fault.
  var expectsErrorType = false
  /// When the last init or restore began.
  var initBegan = Timestamp.never
  /// What of the two it is, as long as nobody has ended it.
  var openInit: Phase?
  /// How an init or a restore went, or that one began, has been told: a length in REPORT repeats it.
  var initIsTold = false
  /// The last init or invocation went wrong: the next request waits for an init that need not be told.
  var wasReset = false
  /// It was busy until here.
  var freeFrom = Timestamp.min
  /// The last requests. A log may tell one twice: as text, and as events of the Telemetry API that an extension prints.
  private var recent: [(request: RequestID, begin: Timestamp, reported: Timestamp)] = []

  private static let remembered = 8

  init(logStream: Name, function: Name) {
    identity = TelemetryEnvironment(logStream: logStream, function: function)
  }

  /// Notes the beginning of a request; false if it has been told. A retry has the same id, after the report.
  @inline(__always)
  mutating func noteBegin(_ request: RequestID, at time: Timestamp) -> Bool {
    if let known = recent.last(where: { $0.request == request }), time <= known.reported { return false }
    if recent.count == Self.remembered { recent.removeFirst() }
    recent.append((request, time, .never))
    return true
  }

  /// Notes the report of a request; false if it has been told.
  @inline(__always)
  mutating func noteReport(_ request: RequestID, at time: Timestamp) -> Bool {
    guard let index = recent.lastIndex(where: { $0.request == request }) else {
      if recent.count == Self.remembered { recent.removeFirst() }
      recent.append((request, time, time))
      return true
    }
    guard recent[index].reported == .never else { return false }
    recent[index].reported = time
    return true
  }
}
