// How time passes: on, paused, faster and slower; in a recording also backwards and in a loop.

extension Session {
  /// Events and lines of a live session that have come since it was paused, and wait to be looked at.
  package var waitingEvents: Int {
    lead.followsClock && !playhead.isFollowing ? max(0, timeline.receivedCount - seenEvents) : 0
  }

  /// The ways to let a session go on whose clock stands still.
  package enum WayOn: Sendable {
    /// The clock runs again; in a lesson, to the next step.
    case goOn
    /// The same of a recording.
    case play
    /// Nothing can happen by itself: somebody has to ask for something.
    case request
  }

  /// How to go on where the clock stands still; nil while it runs.
  package var wayOn: WayOn? {
    guard mode == .paused else { return nil }
    return lead.hasEnd ? .play : isAtRest ? .request : .goOn
  }

  /// A simulation in which nothing can happen by itself: the clock holds until somebody does something.
  package var isAtRest: Bool {
    simulation?.isAtRest == true && playhead.isFollowing && !isAtShownStep && lesson?.course != .running
  }

  /// Stops the clock, or lets it run again; where a lesson holds it, goes on as everywhere in a lesson.
  /// - Returns: false where the last step of a lesson is left: it is over.
  @discardableResult
  package mutating func togglePause() -> Bool {
    if isAtShownStep { return goOn() }
    stopOrRun()
    return true
  }

  private mutating func stopOrRun() {
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

  /// Until somebody chooses a speed, a recording plays what is in sight within five minutes.
  /// - Parameter sight: the time that the picture shows, without what it squeezes.
  package mutating func suitSpeed(to sight: Nanoseconds) {
    guard lead.hasEnd, !playhead.isPlaying, !playhead.isSpeedChosen else { return }
    playhead.run(at: Playhead.speed(toShow: sight))
  }

  /// Plays so many times as fast as it happened.
  package mutating func play(at speed: Double) { playhead.run(at: speed) }
}
