internal import LambdaLifecycle

extension Viewer {
  /// The request row and the axis below it.
  func drawTimeAxis(into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene) {
    drawRequests(into: &frame, layout, scene)
    let row = 2
    let now = nowLabel(layout, scene.stage)
    let mark = mark.map { layout.labelWidth + viewport.column(of: $0) }
    let labels =
      [now?.columns, measureLabel(layout, scene.stage)?.columns, mark.map { $0..<$0 + 1 }].compactMap { $0 }
    drawEdgeClock(into: &frame, layout, scene)
    let breaks = breakColumns(layout)
    drawBreaks(into: &frame, layout, beside: labels)
    func isFree(_ column: Int, _ end: Int) -> Bool {
      // A label may stand close to a break, but not to another one.
      !labels.contains { column <= $0.upperBound && end >= $0.lowerBound }
        && !breaks.contains { column < $0.upperBound && end > $0.lowerBound }
    }
    var free = layout.labelWidth
    for tick in viewport.ticks(from: tickOrigin(scene)) {
      let column = layout.labelWidth + tick.column
      let label = tick.label
      let end = column + label.columnCount + 1
      if column >= free, end <= layout.side.lowerBound, isFree(column, end) {
        frame[column, row] = Cell(painter.glyphs.tick, Style(.quiet))
        free = frame.write(label, column: column + 1, row: row, style: Style(.quiet)) + 1
      }
    }
    if let now {
      frame.write(
        now.text, column: now.columns.lowerBound, row: row, style: Style(.strong, on: .screen, .bold))
    }
  }

  /// Clocks on the wall are known where a source reports the real world; virtual time is counted from its
  /// beginning.
  private func tickOrigin(_ scene: borrowing Scene) -> TickOrigin {
    hasWallClock(scene) ? .wallClock(beginning: scene.stage.origin) : .beginning(scene.stage.origin)
  }

  private func hasWallClock(_ scene: borrowing Scene) -> Bool {
    guard scene.stage.lead.isObserved, let first = scene.timeline.tracks.first,
      scene.stage.origin > Self.firstWallClock
    else {
      return false
    }
    return first.source.profile.hasWallClock
  }

  /// An earlier moment is no time of the world, but of a log that has none: 2001-09-09.
  private static let firstWallClock: Timestamp = .seconds(1_000_000_000)

  /// Beside the axis, when its left edge is; where the list needs the place, that is said instead.
  private func drawEdgeClock(
    into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard hasWallClock(scene) else { return }
    let clock = WallClock(max(viewport.left, scene.stage.origin))
    let choices = [clock.full, "\(clock.clock) UTC"]
    guard let text = choices.first(where: { $0.columnCount + 3 <= layout.labelWidth }) else { return }
    frame.write(text, column: 1, row: 2, style: Style(.quiet))
  }

  /// The label of the moment looked at, and where it stands; nil where that moment is not in the picture.
  func nowLabel(_ layout: Layout, _ stage: Stage) -> (text: String, columns: Range<Int>)? {
    let column = viewport.column(of: stage.time)
    guard column >= 0, column < viewport.columns, stage.time != stage.origin else { return nil }
    let label =
      stage.time == stage.newest && stage.mode != .replay
      ? "now" : text(ofClock: stage.time &- stage.origin, precision: precision(stage))
    let width = label.columnCount
    let start = min(
      max(layout.labelWidth, layout.labelWidth + column - width + 1), layout.side.lowerBound - width)
    // Behind a break it stands to the right of its moment, so that both can be read.
    let behind = layout.labelWidth + column
    let isInBreak = breakColumns(layout).contains { $0.overlaps(start..<start + width) }
    if isInBreak, behind + width <= layout.side.lowerBound { return (label, behind..<behind + width) }
    return (label, start..<start + width)
  }

  /// A line at the moment looked at, through everything that is no bar; only beside environments, because every cell of
  /// it is written anew with every step.
  func drawNow(into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    let column = viewport.column(of: stage.time)
    guard column >= 0, column < viewport.columns, stage.time != stage.origin else { return }
    let at = layout.labelWidth + column
    for row in layout.environments.prefix(arrangement.listedRows) {
      let cell = frame[at, row]
      if cell == .blank || cell.style.foreground == .frozen {
        frame[at, row] = Cell(painter.glyphs.now, Style(.quiet))
      }
    }
  }

  private func drawRequests(
    into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    let row = 1
    let style =
      scene.stage.pointsAt(.requests) ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(.quiet)
    frame.write(" \(titled("requests")) ", column: 0, row: row, style: style, limit: layout.labelWidth)
    painter.paintRequests(
      of: scene.timeline, into: &frame, row: row, column: layout.labelWidth, viewport, limit: scene.stage.time
    )
  }
}
