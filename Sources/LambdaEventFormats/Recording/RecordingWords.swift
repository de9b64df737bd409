internal import LambdaLifecycle

/// The words that stand for values in a recording.
struct RecordingWords: Sendable {
  let events = WireNames(EventName.allCases, name: \.rawValue)
  let phases = WireNames(Phase.allCases, name: \.wireName)
  let outcomes = WireNames(Outcome.allCases, name: \.wireName)
}

extension Setting {
  /// A step of one in its value, in the units of a recording (seconds, MB, environments, requests a second),
  /// in billionths: as lengths of time are read.
  var recordedUnit: Int64 {
    switch self {
    case .idleTimeout, .timeout: 1
    case .memory, .reservedConcurrency, .accountConcurrency, .provisionedConcurrency: 1_000_000_000
    case .requestRate: 1_000_000
    }
  }
}

/// The reason why a line of a recording says nothing.
struct RecordingProblem: Error {
  var reason: String
}
