internal import LambdaLifecycle

// The style for a projector: lanes of two rows and more, few panes, few keys. Where it does not fit, the normal one.

extension Viewer {
  /// Rows of a lane for a projector where there is room for all; more would be blocks, not bars.
  static let mostThickness = 7

  /// The same for whoever sits before the screen: no space stays empty while lanes are thin.
  static let usualThickness = 5

  /// One environment with its lanes, each of two rows.
  static let thickEnvironment = 14

  /// The only section: what is happening, with a blank line above and below where the lanes leave room.
  func bigSection(
    _ scene: borrowing Scene, columns: Int, rows: Int
  ) -> Section {
    let free = Layout.freeRows(rows)
    let lines = wrapped(whyLines(scene), columns: columns)
    let wanted = max(lines.count, free >= 28 ? 4 : 0) + 3
    let height = min(wanted, max(2, free - Self.thickEnvironment))
    return Section(
      title: "", height: SectionHeight(minimum: height, wanted: height),
      content: .lines(lines))
  }

  /// Draws another row of a thick row: its bars alone. Frozen stays one faint line.
  func thicken(
    _ row: EnvironmentRow, into frame: inout Frame, at y: Int, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    let track = scene.timeline.tracks[row.track]
    let column = layout.labelWidth
    switch row.content {
    case .head(isExpanded: false):
      painter.paintCollapsed(
        track, into: &frame, row: y, column: column, viewport, limit: scene.stage.time, hasLetters: false)
      for x in column..<layout.side.lowerBound where frame[x, y].style.foreground == .frozen {
        frame[x, y] = .blank
      }
    case .lane(let lane) where lane != .frozen:
      painter.paintBars(
        lane, of: track, into: &frame, row: y, column: column, viewport, limit: scene.stage.time)
    case .head, .lane, .gap, .group, .folded: break
    }
  }
}
