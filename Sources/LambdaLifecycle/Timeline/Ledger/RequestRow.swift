/// A request in the timeline.
package struct RequestRow: Equatable, Sendable {
  package var id: RequestID
  /// Where no source reports the arrival: begin of the init it waited for, or of its invocation.
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
  /// The error type that its caller got, or its invocation: why it went wrong; `.none` where nobody said.
  package var errorType = Name.none
  /// The kind of start it had to wait for; `Waits.swift` says it.
  package internal(set) var start = StartKind.warm
  package var isThrottled: Bool
  package var throttleReason = Name.none
  /// It has an environment, and its invocation has not ended.
  package var isRunning: Bool
  /// Since when an environment has had it; `.never` before.
  package internal(set) var taken = Timestamp.never
  /// Somebody reported that it arrived; else its arrival is that of its invocation.
  package internal(set) var arrivalIsTold: Bool
  /// The request with the same id that went wrong before this one, or -1.
  package internal(set) var previousAttempt: Int32
  /// The tariff of its report; nil before it, and for GB-seconds that are not billed.
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

extension RequestRow {
  /// Nothing more will be reported of it but its report.
  var isOver: Bool { isThrottled || answered != .never && ended != .never }

  /// It was throttled, or its answer is bad.
  package var isBad: Bool { isThrottled || outcome.isBad }

  /// It went wrong: if it came from a queue, it will be tried again.
  var mayBeRetried: Bool { isBad }

  /// The latest moment that is known of it.
  var lastMoment: Timestamp {
    max(arrival, answered == .never ? arrival : answered, ended == .never ? arrival : ended)
  }

  /// Takes in what its report bills.
  mutating func take(_ report: Report, _ tariff: Tariff?, _ architecture: Architecture?) {
    billedMs = max(0, report.billedMs)
    memoryMB = report.memoryMB
    self.tariff = tariff
    self.architecture = architecture
    if report.outcome.isBad, outcome == .none { outcome = report.outcome }
  }

  /// Takes back all that was reported of it after `time`.
  mutating func void(after time: Timestamp) {
    if answered > time {
      answered = .never
      outcome = .none
      errorType = .none
      isThrottled = false
      throttleReason = .none
    }
    if ended > time {
      ended = .never
      duration = -1
      billedMs = -1
      memoryMB = -1
      tariff = nil
      architecture = nil
    }
    if taken > time { taken = .never }
    isRunning = ended == .never && environment != .none && !isThrottled
  }
}
