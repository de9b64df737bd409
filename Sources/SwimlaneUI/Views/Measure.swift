internal import LambdaLifecycle

extension GlyphSet {
  /// The line at the moment that is measured from.
  var measure: Unicode.Scalar { isASCII ? ":" : "╎" }
  /// Stands before a difference.
  var difference: String { isASCII ? "+/-" : "Δ" }
}

extension Viewer {
  /// The moment that is measured from, as a second line through the lanes, and the difference at the axis.
  func drawMeasure(into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    guard let mark else { return }
    let column = viewport.column(of: mark)
    if column >= 0, column < viewport.columns {
      let at = layout.labelWidth + column
      for row in layout.environments.prefix(arrangement.listedRows) {
        let cell = frame[at, row]
        if cell == .blank || cell.style.foreground == .frozen {
          frame[at, row] = Cell(painter.glyphs.measure, Style(.strong))
        }
      }
      if nowLabel(layout, stage)?.columns.contains(at) != true {
        frame.write("M", column: at, row: axisRow, style: Style(.strong, on: .screen, .bold))
      }
    }
    guard let label = measureLabel(layout, stage) else { return }
    frame.write(
      label.text, column: label.columns.lowerBound, row: axisRow,
      style: Style(.strong, on: .screen, [.bold, .reverse]))
  }

  /// The difference, and where it stands at the axis; nil while nothing is measured.
  func measureLabel(_ layout: Layout, _ stage: Stage) -> (text: String, columns: Range<Int>)? {
    guard let mark else { return nil }
    let (column, now) = (viewport.column(of: mark), viewport.column(of: stage.time))
    let text = " \(painter.glyphs.difference) \(SwimlaneUI.text(ofLength: measured(stage.time &- mark))) "
    let width = text.columnCount
    // Between the two moments where there is room, else beside them: never over the label of the moment looked at.
    let (left, right) = (min(column, now), max(column, now))
    let taken = nowLabel(layout, stage)?.columns ?? 0..<0
    let free = layout.labelWidth..<layout.labelWidth + layout.timeColumns
    let between = (max(0, left) + min(layout.timeColumns, right) - width) / 2
    let places = [
      between, right + 1, left - width, taken.upperBound - layout.labelWidth,
      taken.lowerBound - layout.labelWidth - width,
    ]
    let place = places.map { layout.labelWidth + $0 }.first { start in
      let columns = start..<start + width
      return columns.clamped(to: free) == columns && !columns.overlaps(taken)
        && (right - left > width || !columns.contains(layout.labelWidth + column))
    }
    return place.map { (text, $0..<$0 + width) }
  }

  private var axisRow: Int { 2 }

  /// Draws, while something is measured, what of a lane is open under the line at the moment looked at, and
  /// for how long.
  func drawValue(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int,
    _ layout: Layout, _ stage: Stage
  ) {
    guard mark != nil, let value = value(of: lane, in: track, at: stage.time) else { return }
    let title = lane.title.columnCount
    // Narrow labels have no room for their indent.
    let indents = [4, 2, 0]
    let width = value.columnCount
    guard let indent = indents.first(where: { $0 + title + 1 + width < layout.labelWidth }) else { return }
    frame.fill(row: row, from: 0, to: layout.labelWidth, with: .blank)
    frame.write(lane.title, column: indent, row: row)
    frame.write(
      value, column: layout.labelWidth - 1 - width, row: row, style: Style(.strong, on: .screen, .bold))
  }

  private func value(of lane: EnvironmentRow.Lane, in track: borrowing EnvironmentTrack, at time: Timestamp)
    -> String?
  {
    var begin = Timestamp.never
    for part in lane.parts where track[part].open(at: time) > 0 {
      begin = min(begin, track[part].starts.times[track[part].starts.count(upTo: time) - 1])
    }
    return begin == .never ? nil : text(ofLength: measured(time &- begin))
  }

  /// Less than a microsecond is not a length: it only keeps events of one moment in their order.
  private func measured(_ length: Nanoseconds) -> Nanoseconds { length - length % 1_000 }
}
