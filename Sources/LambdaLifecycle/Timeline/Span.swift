/// The record of one span beside its two edges.
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
  /// Only its length was reported: it is drawn where it must have ended.
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
