internal import LambdaLifecycle

extension Viewer {
  /// The keys of this use and what the signs mean, over everything else.
  mutating func drawHelp(into frame: inout Frame, _ layout: Layout, _ lead: Lead) {
    for row in 1..<layout.footerRow { frame.fill(row: row, from: 0, to: frame.columns, with: .blank) }
    hits.cover(rows: 1..<layout.footerRow, columns: 0..<frame.columns)
    let height = layout.footerRow - 3
    let width = frame.columns >= 76 ? frame.columns / 2 : frame.columns
    let perRow = frame.columns / width
    let bindings = KeyTable.help(lead)
    let lines = (bindings.count + perRow - 1) / perRow
    let signsPerRow = max(1, min(4, (frame.columns - 2) / legendWidth))
    let signLines = (legend.count + signsPerRow - 1) / signsPerRow
    let total = lines + 1 + signLines
    helpScroll = max(0, min(helpScroll, total - height))
    frame.write(" Keys and signs", column: 0, row: 1, style: Style(.strong, on: .screen, .bold))
    if total > height { frame.write("  (arrow keys for more)", column: 15, row: 1, style: Style(.quiet)) }
    for line in 0..<min(height, total) {
      let index = line + helpScroll
      let row = 2 + line
      guard index < total else { return }
      if index < lines {
        for column in 0..<perRow where index + column * lines < bindings.count {
          drawBinding(
            bindings[index + column * lines], into: &frame, row: row, column: column * width, width: width)
        }
      } else if index > lines {
        let first = (index - lines - 1) * signsPerRow
        drawLegend(legend[first..<min(first + signsPerRow, legend.count)], into: &frame, row: row)
      }
    }
  }

  private mutating func drawBinding(
    _ binding: KeyBinding, into frame: inout Frame, row: Int, column: Int, width: Int
  ) {
    if let key = binding.keys.first { hits.add(key, row: row, columns: column..<column + width - 2) }
    let label = painter.glyphs.isASCII ? binding.label.arrowsAsWords : binding.label
    frame.write(label, column: column + 2, row: row, style: Style(.strong, on: .screen, .bold))
    frame.write(binding.help, column: column + 10, row: row, style: Style(.text), limit: column + width)
  }
}
