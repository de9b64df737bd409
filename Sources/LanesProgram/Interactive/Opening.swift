internal import LambdaLifecycle

/// The place at which a recording is opened, if not as a whole.
package struct Opening {
  /// nil for the beginning.
  private let moment: Moment?
  private let isPlaying: Bool

  /// - Parameters:
  ///   - moment: nil for the beginning.
  ///   - isPlaying: it is played from there.
  package init(moment: Moment? = nil, isPlaying: Bool = false) {
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
    guard moment != nil || isPlaying else { return false }
    session.seek(to: wanted)
    if isPlaying { session.togglePause() }
    return true
  }
}
