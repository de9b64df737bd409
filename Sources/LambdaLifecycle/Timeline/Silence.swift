// An environment of which nothing is heard for long may have been shut down, where its source does not report
// that.

extension Timeline {
  /// Longer than environments have been seen to idle: 5½ to 6 minutes (observed, not documented). One that is heard of
  /// again after that had been frozen all the time.
  package static let silenceLimit: Nanoseconds = .seconds(15 * 60)

  /// Ends inferred `frozen` spans of environments that have been silent for long. To be called as time goes by.
  mutating func noteSilence(until now: Timestamp) {
    for index in tracks.indices where tracks[index].inferredRest.begin != .never {
      tracks[index].noteSilence(until: now)
    }
  }
}

extension EnvironmentTrack {
  fileprivate mutating func noteSilence(until now: Timestamp) {
    guard !source.tellsEnd, silentFrom == .never else { return }
    let limit = inferredRest.begin &+ Timeline.silenceLimit
    guard limit <= now else { return }
    inferredRest.fallSilent(at: limit)
    self[.inferredFrozen].ends.insert(limit)
    self[.inferredFrozen].settle()
  }

  /// It is heard of again.
  mutating func endSilence() {
    let from = silentFrom
    guard from != .never else { return }
    inferredRest.hear()
    self[.inferredFrozen].ends.remove(from)
  }
}
