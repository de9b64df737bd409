/// What is kept of one span beside its two edges.
package struct SpanRow: Equatable, Sendable {
  package var start: Timestamp
  /// `.never` while open.
  package var end: Timestamp
  /// Index into the timeline's requests, or -1.
  package var request: Int32
  package var errorType: Name
  package var extensionName: Name
  package var phase: Phase
  package var outcome: Outcome
  /// Nobody said that it ended: it ended where the next phase began.
  package var endIsInferred: Bool
  /// Only its length was told: it is drawn where it must have ended.
  package var startIsInferred: Bool
  /// Where it meets the other part of init was seen; that it was in this environment is concluded.
  package var divisionIsInferred: Bool
  /// Among the invocations that run at once in its environment; nil where they never do.
  var place: UInt8?

  package init(
    phase: Phase, start: Timestamp, end: Timestamp = .never, request: Int32 = -1, extensionName: Name = .none
  ) {
    self.phase = phase
    self.start = start
    self.end = end
    self.request = request
    self.extensionName = extensionName
    errorType = .none
    outcome = .none
    endIsInferred = false
    startIsInferred = false
    divisionIsInferred = false
  }
}

/// A span as readers see it, observed or inferred.
package struct Span: Equatable, Sendable {
  package var phase: Phase
  package var start: Timestamp
  /// nil while open.
  package var end: Timestamp?
  package var isObserved: Bool
  package var outcome: Outcome
  package var errorType: Name
  package var extensionName: Name
  package var request: RequestID
}

/// The state of an environment, as `lanes summary` and the screen name it.
package enum EnvironmentState: String, CaseIterable, Sendable {
  case creating, initializing, restoring, invoking, frozen, resetting, shuttingDown, gone, unknown
  /// SnapStart's init when a version is published, and the taking of the snapshot after it.
  case publishing
  /// A Managed Instance without an invocation: it is not frozen.
  case idle
  /// After a reset: no process runs until the next request. To users it is an environment that waits.
  case reset

  /// The word for people.
  package var title: String {
    switch self {
    case .shuttingDown: "shutting down"
    case .reset: "reset, waiting"
    default: rawValue
    }
  }
}

/// A request in the timeline.
package struct RequestRow: Equatable, Sendable {
  package var id: RequestID
  /// Where no source tells the arrival: begin of the init it waited for, or of its invocation.
  package var arrival: Timestamp
  /// `.never` while the caller waits.
  package var answered: Timestamp
  /// When its invocation ended, extensions included; `.never` before.
  package var ended: Timestamp
  package var environment: EnvironmentID
  /// Whom it was for, where its events say so; else its environment's.
  package var function: Name
  /// Runtime and extensions together, -1 while unknown.
  package var duration: Nanoseconds
  package var billedMs: Int32
  package var memoryMB: Int32
  package var outcome: Outcome
  /// What its caller was told, or its invocation: why it went wrong; `.none` where nobody said.
  package var errorType = Name.none
  /// What it had to wait for; `Waits.swift` says it.
  package internal(set) var start = StartKind.warm
  package var isThrottled: Bool
  package var throttleReason = Name.none
  /// It has an environment, and its invocation has not ended.
  package var isRunning: Bool
  /// Since when an environment has had it; `.never` before.
  package internal(set) var taken = Timestamp.never
  /// Somebody told that it arrived; else its arrival is that of its invocation.
  package internal(set) var arrivalIsTold: Bool
  /// The request with the same id that went wrong before this one, or -1.
  package internal(set) var previousAttempt: Int32
  /// What its report is billed at; nil before it, and for GB-seconds that are not billed.
  var tariff: Tariff?
  var architecture: Architecture?

  package init(
    id: RequestID, arrival: Timestamp, environment: EnvironmentID, function: Name = .none,
    arrivalIsTold: Bool = true
  ) {
    self.id = id
    self.arrival = arrival
    self.environment = environment
    self.function = function
    answered = .never
    ended = .never
    duration = -1
    billedMs = -1
    memoryMB = -1
    outcome = .none
    isThrottled = false
    isRunning = false
    self.arrivalIsTold = arrivalIsTold
    previousAttempt = -1
    tariff = nil
    architecture = nil
  }

  package var isCold: Bool { start == .cold }
  /// It waited for an init after a reset.
  package var isReinit: Bool { start == .reinit }

  /// How long the caller has waited for the answer; nil without one, and where nobody measured it: a log without times
  /// begins and ends a request at once.
  package var wait: Nanoseconds? {
    answered == .never || isThrottled || answered == arrival && !arrivalIsTold ? nil : answered &- arrival
  }
}
