internal import LambdaLifecycle

// Many environments at a glance: above their list, how many start, run, stand idle and how many requests were refused,
// over time, with the limit as a line; and a sentence.

extension Viewer {
  /// From so many environments on, they are looked at as a fleet.
  static let leastFleet = 10

  /// Rows of the band, its sentence included; 0 where there are few environments, or no room.
  func bandHeight(_ count: Int, rows: Int) -> Int {
    let free = Layout.freeRows(rows)
    guard count >= Self.leastFleet, free >= 19, !isBig || free >= 30 else { return 0 }
    return free >= 45 ? 9 : free >= 30 ? 7 : 5
  }

  /// Draws it.
  func drawBand(
    _ tracks: [Int], into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard layout.band.count >= 4 else { return }
    let curve = FleetCurve(tracks, scene.timeline, viewport, limit: scene.stage.time)
    let refused = scene.stage.statistics.throttles
    let hasRefused = refused > 0
    // The sentence below, and what was refused above.
    let rows = layout.band.dropLast().dropFirst(hasRefused ? 1 : 0)
    let limit = concurrencyLimit(tracks, scene)
    let peak = max(1, curve.most)
    // A limit that is far away would leave nothing of the fleet.
    let most = limit.map { Double($0) <= 2 * peak ? max(Double($0), peak) : peak } ?? peak
    if hasRefused { drawRefused(curve, total: refused, into: &frame, row: layout.band.lowerBound, layout) }
    for (column, cell) in curve.cells.enumerated() {
      drawCell(cell, of: most, into: &frame, rows: Array(rows), column: layout.labelWidth + column)
    }
    if let limit, Double(limit) <= most {
      drawLimit(limit, of: most, curve, into: &frame, rows: Array(rows), layout)
    }
    drawBandLabels(tracks, into: &frame, rows: Array(rows), layout, scene)
    let sentences = FleetSentence(tracks, scene.timeline, at: scene.stage.time).sentences(refused: refused)
    var column = 1
    for sentence in sentences where column + sentence.columnCount < layout.side.lowerBound {
      let isFirst = column == 1
      column =
        frame.write(
          sentence, column: column, row: layout.band.upperBound - 1,
          style: Style(isFirst ? .strong : .text, on: .screen, isFirst ? .bold : [])) + 1
    }
  }

  /// Requests that may be in flight: of the one function, else of the account; nil where nobody said.
  private func concurrencyLimit(_ tracks: [Int], _ scene: borrowing Scene) -> Int? {
    if let first = tracks.first {
      let function = scene.timeline.tracks[first].function
      let isOne = scene.timeline.functions.count <= 1
      let reserved = scene.timeline.description(of: function, at: scene.stage.time)?.reservedConcurrency ?? -1
      if isOne, reserved >= 0 { return Int(reserved) }
    }
    return scene.stage.accountConcurrency
  }

  /// One column: those that run at the bottom, those that start on them, those that stand idle above. What there is at all
  /// is seen.
  private func drawCell(
    _ cell: FleetCurve.Cell, of most: Double, into frame: inout Frame, rows: [Int], column: Int
  ) {
    let eighths = Double(rows.count * 8)
    func height(_ count: Double) -> Int { Int((max(0, min(1, count / most)) * eighths).rounded()) }
    let running = max(cell.running > 0 ? 1 : 0, height(cell.running))
    let busy = max(running + (cell.starting > 0 ? 1 : 0), height(cell.running + cell.starting))
    let all = max(busy, height(cell.all))
    for (place, row) in rows.reversed().enumerated() {
      let bottom = place * 8
      func part(_ from: Int, _ to: Int) -> Int { max(0, min(to, bottom + 8) - max(from, bottom)) }
      let cell = painter.pile(
        running: part(0, running), starting: part(running, busy), idle: part(busy, all))
      guard let cell else { return }
      frame[column, row] = cell
    }
  }

  /// Where requests are refused, in the free cells of the row of that height.
  private func drawLimit(
    _ limit: Int, of most: Double, _ curve: FleetCurve, into frame: inout Frame, rows: [Int], _ layout: Layout
  ) {
    let place = min(rows.count - 1, max(0, Int((Double(limit * rows.count) / most).rounded(.up)) - 1))
    let row = rows[rows.count - 1 - place]
    for column in layout.labelWidth..<layout.side.lowerBound
    where [Cell.blank.glyph, painter.glyphs.ghost.value].contains(frame[column, row].glyph) {
      frame[column, row] = Cell(painter.glyphs.rule, Style(.strong))
    }
    let words = " limit \(grouped(limit)) "
    let free = layout.labelWidth + curve.cells.count + 2
    let column = free + words.columnCount < layout.side.lowerBound ? free : layout.labelWidth + 2
    guard column + words.columnCount < layout.side.lowerBound else { return }
    frame.write(words, column: column, row: row, style: Style(.strong, on: .screen, .bold))
  }

  private func drawRefused(
    _ curve: FleetCurve, total: Int, into frame: inout Frame, row: Int, _ layout: Layout
  ) {
    frame.write(
      " \(painter.glyphs.failedRequest) refused", column: 0, row: row, style: Style(.bad, on: .screen, .bold),
      limit: layout.labelWidth)
    let count = grouped(total)
    frame.write(
      count, column: layout.labelWidth - 2 - count.columnCount, row: row,
      style: Style(.bad, on: .screen, .bold))
    let levels = curve.cells.map(\.refused)
    painter.paint(
      levels: levels, of: levels.max() ?? 0, Style(.bad), into: &frame, row: row, column: layout.labelWidth)
  }

  /// Draws the meaning of the colours, and how many there are at the moment looked at.
  private func drawBandLabels(
    _ tracks: [Int], into frame: inout Frame, rows: [Int], _ layout: Layout, _ scene: borrowing Scene
  ) {
    var counts = (idle: 0, starting: 0, running: 0)
    for index in tracks {
      switch scene.timeline.tracks[index].state(at: scene.stage.time, inputEnd: .never) {
      case .creating, .initializing, .restoring, .publishing: counts.starting += 1
      case .invoking: counts.running += 1
      case .frozen, .idle, .reset: counts.idle += 1
      case .resetting, .shuttingDown, .gone, .unknown: break
      }
    }
    let parts: [(Phase, String, Int)] = [
      (.frozen, "idle", counts.idle), (.functionInit, "starting", counts.starting),
      (.invoke, "running", counts.running),
    ]
    for ((phase, word, count), row) in zip(parts.reversed(), rows.reversed()) {
      let sign = painter.pile(
        running: phase == .invoke ? 8 : 0, starting: phase == .functionInit ? 8 : 0,
        idle: phase == .frozen ? 8 : 0)
      if let sign { frame[1, row] = sign }
      frame.write(word, column: 3, row: row, style: Style(.text), limit: layout.labelWidth)
      let text = grouped(count)
      frame.write(
        text, column: layout.labelWidth - 2 - text.columnCount, row: row,
        style: Style(.strong, on: .screen, .bold))
    }
    guard rows.count > parts.count else { return }
    frame.write(
      "environments at once", column: 1, row: rows[0], style: Style(.quiet), limit: layout.labelWidth - 1)
  }
}

extension BarPainter {
  /// A cell of a pile, in eighths of its height from the bottom; nil for nothing. Two colours are all that a cell has:
  /// what is less than another part of it may not be seen.
  func pile(running: Int, starting: Int, idle: Int) -> Cell? {
    let busy = running + starting
    guard busy > 0 else { return idle > 0 ? Cell(glyphs.ghost, Style(.frozen)) : nil }
    let (own, other) = (style(.invoke), style(.functionInit))
    let larger = starting > running ? other : own
    guard own.isSolid else {
      // Without blocks or colours, the larger part has the cell.
      return busy >= 4 || idle == 0
        ? Cell(larger.glyph, look(larger)) : Cell(glyphs.ghost, Style(.frozen))
    }
    if busy < 8 || running == 0 || starting == 0 {
      return Cell(glyphs.level(busy, of: 8) ?? glyphs.full, Style(larger.role))
    }
    return Cell(glyphs.level(running, of: 8) ?? glyphs.full, Style(own.role, on: other.role))
  }
}
