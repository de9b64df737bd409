internal import LambdaLifecycle

/// The words that stand for values in a recording.
struct RecordingWords: Sendable {
  let events = WireNames(EventName.allCases, name: \.rawValue)
  let phases = WireNames(Phase.allCases, name: \.wireName)
  let outcomes = WireNames(Outcome.allCases, name: \.wireName)
}

/// Why a line of a recording says nothing.
struct RecordingProblem: Error {
  var reason: String
}
