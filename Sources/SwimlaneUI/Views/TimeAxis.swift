internal import LambdaLifecycle

extension Viewer {
  /// The request row and the axis below it.
  func drawTimeAxis(into frame: inout Frame, _ layout: Layout, _ timeline: borrowing Timeline, _ stage: Stage) {
    drawRequests(into: &frame, layout, timeline, stage)
    let row = 2
    let step = tickStep
    var tick = stage.origin &+ ((viewport.left &- stage.origin) / step) * step
    if tick < viewport.left { tick = tick &+ step }
    var free = layout.labelWidth
    while tick < viewport.right {
      let column = layout.labelWidth + viewport.column(of: tick)
      let label = text(ofTick: tick &- stage.origin, step: step)
      if column >= free, column + label.unicodeScalars.count + 1 <= frame.columns {
        frame[column, row] = Cell(painter.glyphs.tick, Style(.quiet))
        free = frame.write(label, column: column + 1, row: row, style: Style(.quiet)) + 1
      }
      tick = tick &+ step
    }
    drawNow(into: &frame, layout, stage)
  }

  /// Distance of labels: round, and at least ten columns.
  private var tickStep: Nanoseconds {
    let least = viewport.perCell &* 10
    return Viewport.zoomSteps.first { $0 >= least } ?? least
  }

  private func drawNow(into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    let column = viewport.column(of: stage.time)
    guard column >= 0, column < viewport.columns else { return }
    let at = layout.labelWidth + column
    let label = stage.time == stage.newest && stage.mode != .replay ? "now" : text(ofClock: stage.time &- stage.origin)
    let width = label.unicodeScalars.count
    let start = min(max(layout.labelWidth, at - width), frame.columns - width)
    if start > layout.labelWidth { frame[start - 1, 2] = .blank }
    frame.write(label, column: start, row: 2, style: Style(.strong, on: .screen, .bold))
    for row in layout.environments {
      frame[at, row] = Cell(painter.glyphs.now, Style(.quiet))
    }
  }

  private func drawRequests(
    into frame: inout Frame, _ layout: Layout, _ timeline: borrowing Timeline, _ stage: Stage
  ) {
    let row = 1
    frame.write(" requests", column: 0, row: row, style: Style(.quiet), limit: layout.labelWidth)
    let first = layout.labelWidth
    let glyphs = painter.glyphs
    painter.mark(
      timeline.arrivals, glyph: glyphs.warmRequest, role: .text, into: &frame, row: row, column: first, viewport,
      limit: stage.time)
    painter.mark(
      timeline.coldArrivals, glyph: glyphs.coldRequest, role: .strong, into: &frame, row: row, column: first,
      viewport, limit: stage.time)
    painter.mark(
      timeline.badAnswers, glyph: glyphs.failedRequest, into: &frame, row: row, column: first, viewport,
      limit: stage.time)
  }
}
