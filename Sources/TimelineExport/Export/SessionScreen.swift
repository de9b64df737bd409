internal import LambdaLifecycle
internal import SwimlaneUI

/// The screen of a recorded session, drawn without a terminal.
struct SessionScreen {
  private var session: Session
  private var viewer: Viewer
  private var cursor = StatisticsCursor()
  private let title: String
  private let stretch: ClosedRange<Timestamp>
  let columns: Int
  let rows: Int

  /// - Parameters:
  ///   - session: a recording that has been read to its end.
  ///   - stretch: the part of it that the screen shows.
  init(_ session: Session, title: String, _ stretch: ClosedRange<Timestamp>, columns: Int, rows: Int) {
    self.session = session
    self.stretch = stretch
    // It is a playback, of which each frame is a moment: nobody has paused it.
    if session.mode == .paused { self.session.togglePause() }
    self.title = title
    self.columns = columns
    self.rows = rows
    viewer = Viewer(glyphs: .unicode, hasColor: true, start: stretch.lowerBound, fitsAll: true)
  }

  /// What the screen shows at a moment.
  mutating func frame(at time: Timestamp) -> Frame {
    session.seek(to: time)
    var figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
    session.timeline.billProvisioned(until: session.playhead.time, in: &figures)
    var stage = Stage(session, title: title, statistics: figures)
    stage.whole = stretch
    // The first frame chooses what is selected and how far in, the second shows it.
    _ = viewer.draw(session.timeline, session.log.catalog, stage, columns: columns, rows: rows)
    return viewer.draw(session.timeline, session.log.catalog, stage, columns: columns, rows: rows)
  }

  /// The next moment at which anything happens.
  func nextChange(after time: Timestamp) -> Timestamp? { session.timeline.edge(after: time) }
}
