internal import LambdaLifecycle

/// The place at which a recording is opened, if not as a whole.
package struct Opening {
  /// nil for the beginning.
  private let moment: Moment?
  private let isPlaying: Bool
  /// A multiple of the speed at which it happened; nil for one at which it does not take long.
  private let speed: Double?

  /// - Parameters:
  ///   - moment: nil for the beginning.
  ///   - isPlaying: it is played from there.
  ///   - speed: a multiple of the speed at which it happened; nil for one at which it does not take long.
  package init(moment: Moment? = nil, isPlaying: Bool = false, speed: Double? = nil) {
    self.speed = speed
    self.moment = moment
    self.isPlaying = isPlaying
  }

  /// Goes there, once so much of the recording has been read.
  /// - Parameter hasEnded: all of it has been read.
  /// - Returns: nil where more has to be read; else true where the moment looked at has changed.
  func open(_ session: inout Session, hasEnded: Bool) -> Bool? {
    guard !session.timeline.isEmpty else { return nil }
    let first = session.timeline.first
    let wanted = moment?.timestamp(from: first) ?? first
    guard hasEnded || wanted < session.timeline.last else { return nil }
    session.play(at: speed ?? Playhead.speed(toShow: session.timeline.last &- first))
    guard moment != nil || isPlaying else { return false }
    session.seek(to: wanted)
    if isPlaying { session.togglePause() }
    return true
  }
}
