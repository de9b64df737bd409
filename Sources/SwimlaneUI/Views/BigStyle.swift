internal import LambdaLifecycle

// The style for a projector: lanes of two rows, few panes, few keys. Where it does not fit, the normal one.

extension Layout {
  /// One environment with its lanes, each of two rows.
  private static let thickEnvironment = 16

  /// Gives the lanes room, and the text below them a blank line above and below where it can be.
  mutating func enlarge(textLines: Int) {
    if !lesson.isEmpty {
      pane = pane.upperBound..<pane.upperBound
      lesson = pane.upperBound - lesson.count..<pane.upperBound
      environments = environments.lowerBound..<lesson.lowerBound
      return
    }
    let free = pane.upperBound - environments.lowerBound
    let wanted = max(textLines, free >= 28 ? 4 : 0) + 3
    let rest = free - Self.thickEnvironment
    let rows = wanted <= rest ? wanted : rest >= 2 ? rest : pane.count
    pane = pane.upperBound - rows..<pane.upperBound
    environments = environments.lowerBound..<pane.lowerBound
  }
}

extension Viewer {
  /// Draws the second row of a thick row: its bars alone. Frozen stays one faint line.
  func thicken(
    _ row: EnvironmentRow, into frame: inout Frame, at y: Int, _ layout: Layout,
    _ timeline: borrowing Timeline, _ stage: Stage
  ) {
    let track = timeline.tracks[row.track]
    let column = layout.labelWidth
    switch row.content {
    case .head(isExpanded: false):
      painter.paintCollapsed(
        track, into: &frame, row: y, column: column, viewport, limit: stage.time, hasLetters: false)
      for x in column..<layout.side.lowerBound where frame[x, y].style.foreground == .frozen {
        frame[x, y] = .blank
      }
    case .lane(let lane) where lane != .frozen:
      painter.paintBars(lane, of: track, into: &frame, row: y, column: column, viewport, limit: stage.time)
    case .head, .lane, .gap, .group: break
    }
  }
}
