internal import LambdaLifecycle

// The state in which an environment was when its recording, or its stream, ended. Nobody knows what became of
// it.

extension Stage {
  /// The name of what has ended.
  var source: String { lead.hasEnd ? "the recording" : "the input" }

  /// The word for a state; for one that nobody knows any more, what it was.
  func title(_ state: EnvironmentState, of track: borrowing EnvironmentTrack) -> String {
    // Nobody has said so: where nothing is known of freezing, it is idle for all we know.
    let isConcluded = state == .frozen && !track.isSaidFrozen(at: time)
    return lastKnown(state, track).map { "was \($0)" } ?? (isConcluded ? "\(state.title)?" : state.title)
  }

  /// The same as a predicate.
  func phrase(_ state: EnvironmentState, of track: borrowing EnvironmentTrack) -> String {
    lastKnown(state, track).map { "was \($0) when \(source) ended" } ?? state.phrase
  }

  /// The last that was known of it when the input ended, where only that made it unknown.
  private func lastKnown(_ state: EnvironmentState, _ track: borrowing EnvironmentTrack) -> String? {
    guard state == .unknown, time >= inputEnd else { return nil }
    let last = track.state(at: inputEnd)
    if last == .unknown { return nil }
    return last == .reset ? "reset" : last.title
  }
}

extension EnvironmentTrack {
  /// The source has said that it is frozen; else that is concluded from what it does not say.
  func isSaidFrozen(at time: Timestamp) -> Bool { self[.frozen].open(at: time) > 0 }
}
