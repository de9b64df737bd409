internal import LambdaLifecycle

// What an environment was doing when its recording, or its stream, ended. What became of it, nobody knows.

extension Stage {
  /// What has ended.
  var source: String { use == .recording ? "the recording" : "the input" }

  /// The word for a state; for one that nobody knows any more, what it was.
  func title(_ state: EnvironmentState, of track: borrowing EnvironmentTrack) -> String {
    state == .unknown ? "was \(lastKnown(track))" : state.title
  }

  /// The same as a predicate.
  func phrase(_ state: EnvironmentState, of track: borrowing EnvironmentTrack) -> String {
    state == .unknown ? "was \(lastKnown(track)) when \(source) ended" : state.phrase
  }

  private func lastKnown(_ track: borrowing EnvironmentTrack) -> String {
    let state = track.state(at: inputEnd)
    return state == .reset ? "reset" : state.title
  }
}
