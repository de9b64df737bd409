// An environment of which nothing is heard for long may have been shut down, where its source does not tell that.

extension Timeline {
  /// Longer than environments have been seen to idle: 5½ to 6 minutes (observed, not documented). One that is heard of
  /// again after that had been frozen all the time.
  package static let silenceLimit: Nanoseconds = .seconds(15 * 60)

  /// Ends inferred `frozen` spans of environments that have been silent for long. To be called as time goes by.
  mutating func noteSilence(until now: Timestamp) {
    for index in tracks.indices where tracks[index].inferredFrozenFrom != .never {
      guard !tracks[index].source.tellsEnd, tracks[index].silentFrom == .never else { continue }
      let limit = tracks[index].inferredFrozenFrom &+ Self.silenceLimit
      guard limit <= now else { continue }
      tracks[index].silentFrom = limit
      tracks[index][.inferredFrozen].ends.insert(limit)
      tracks[index][.inferredFrozen].settle()
    }
  }

  /// It is heard of again.
  mutating func endSilence(_ index: Int) {
    let from = tracks[index].silentFrom
    guard from != .never else { return }
    tracks[index].silentFrom = .never
    tracks[index][.inferredFrozen].ends.remove(from)
  }
}
