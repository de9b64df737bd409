internal import LambdaLifecycle
internal import SwimlaneUI

/// The screen of a recorded session, drawn without a terminal.
struct SessionScreen {
  private var session: Session
  private var viewer: Viewer
  private var cursor = StatisticsCursor()
  private let title: String
  let columns: Int
  let rows: Int

  /// - Parameter session: a recording that has been read to its end.
  init(_ session: Session, title: String, columns: Int, rows: Int) {
    self.session = session
    self.title = title
    self.columns = columns
    self.rows = rows
    viewer = Viewer(glyphs: .unicode, hasColor: true, start: session.timeline.first, fitsAll: true)
  }

  /// What the screen shows at a moment.
  mutating func frame(at time: Timestamp) -> Frame {
    session.seek(to: time)
    var figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
    session.timeline.billProvisioned(until: session.playhead.time, in: &figures)
    let stage = Stage(session, title: title, statistics: figures)
    // The first frame chooses what is selected and how far in, the second shows it.
    _ = viewer.draw(session.timeline, session.log.catalog, stage, columns: columns, rows: rows)
    return viewer.draw(session.timeline, session.log.catalog, stage, columns: columns, rows: rows)
  }

  /// The next moment at which anything happens.
  func nextChange(after time: Timestamp) -> Timestamp? { session.timeline.edge(after: time) }
}
