internal import LambdaLifecycle
internal import SwimlaneUI

/// The screen of a recorded session, drawn without a terminal.
struct Playback {
  private var screen: SessionScreen
  let columns: Int
  let rows: Int

  /// - Parameters:
  ///   - session: a recording that has been read to its end.
  ///   - stretch: the part of it that the screen shows.
  init(_ session: Session, title: String, _ stretch: ClosedRange<Timestamp>, columns: Int, rows: Int) {
    let viewer = Viewer(glyphs: .unicode, hasColor: true, start: stretch.lowerBound, fitsAll: true)
    var surroundings = Surroundings(title: title)
    surroundings.whole = stretch
    screen = SessionScreen(session, viewer, surroundings)
    // It is a playback, of which each frame is a moment: nobody has paused it.
    if session.mode == .paused { screen.session.togglePause() }
    self.columns = columns
    self.rows = rows
  }

  /// The screen at a moment.
  mutating func frame(at time: Timestamp) -> Frame {
    screen.session.seek(to: time)
    return screen.frame(columns: columns, rows: rows)
  }

  /// The next moment at which anything happens.
  func nextChange(after time: Timestamp) -> Timestamp? { screen.session.timeline.edge(after: time) }
}
