// How time passes: on, paused, faster and slower; in a recording also backwards and in a loop.

extension Session {
  /// Events and lines of a live session that have come since it was paused, and wait to be looked at.
  package var waitingEvents: Int {
    lead.followsClock && !playhead.isFollowing ? max(0, timeline.receivedCount - seenEvents) : 0
  }

  package mutating func togglePause() {
    if lesson?.course == .holding, playhead.isFollowing { return leavePath() }
    if playhead.isPlaying {
      playhead.isPlaying = false
      if lead.followsClock {
        if playhead.isFollowing { seenEvents = timeline.receivedCount }
        playhead.detach()
      }
      return
    }
    if lead.followsClock { return playhead.follow(newest) }
    if lead.hasEnd, !timeline.isEmpty { beginPlaying() }
    playhead.isPlaying = true
  }

  package mutating func faster() { playhead.faster(within: speeds) }
  package mutating func slower() { playhead.slower(within: speeds) }

  private var speeds: ClosedRange<Double> { lead.hasEnd ? 0.01...1_000 : 0.1...100 }

  /// Where there is nothing more to play in this direction, it begins at the other end.
  mutating func beginPlaying() {
    let range = loop ?? timeline.first...max(timeline.first, newest)
    let (from, to) =
      playhead.isReversed
      ? (range.upperBound, range.lowerBound) : (range.lowerBound, range.upperBound)
    let isOver = playhead.isReversed ? playhead.time <= to : playhead.time >= to
    playhead.seek(to: isOver || !range.contains(playhead.time) ? from : playhead.time)
  }

  /// Plays the other way.
  package mutating func reverse() {
    guard lead.hasEnd, !timeline.isEmpty else { return }
    playhead.reverse()
    beginPlaying()
    playhead.isPlaying = true
  }

  /// Plays a stretch again and again; nil ends that.
  package mutating func playAgain(_ stretch: ClosedRange<Timestamp>?) {
    loop = stretch
    guard let stretch, !timeline.isEmpty else { return }
    if !stretch.contains(playhead.time) { playhead.seek(to: stretch.lowerBound) }
    playhead.isPlaying = true
    beginPlaying()
  }

  /// Plays so many times as fast as it happened.
  package mutating func play(at speed: Double) { playhead.run(at: speed) }
}
