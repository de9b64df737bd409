internal import LambdaLifecycle

/// How far somebody has read the help.
struct HelpReading: Sendable {
  private var rows = 0

  /// Rows above those in sight, where so many have no room.
  func scroll(upTo hidden: Int) -> Int { max(0, min(rows, hidden)) }

  mutating func move(by rows: Int, upTo hidden: Int) { self.rows = max(0, scroll(upTo: hidden) + rows) }
}

/// The rows of the help on a screen of a size: keys, an empty row, signs.
private struct HelpGrid {
  let bindings: [KeyBinding]
  /// Keys beside each other.
  let perRow: Int
  /// Rows of keys.
  let lines: Int
  let signsPerRow: Int
  let total: Int
  /// Rows that there is room for.
  let height: Int

  init(_ lead: Lead, signs: Int, signWidth: Int, columns: Int, footerRow: Int) {
    bindings = KeyTable.help(lead)
    perRow = columns >= 76 ? 2 : 1
    lines = (bindings.count + perRow - 1) / perRow
    signsPerRow = max(1, min(4, (columns - 2) / signWidth))
    total = lines + 1 + (signs + signsPerRow - 1) / signsPerRow
    height = footerRow - 3
  }

  var hidden: Int { total - height }
}

extension Viewer {
  private func helpGrid(_ lead: Lead) -> HelpGrid {
    HelpGrid(
      lead, signs: legend.count, signWidth: legendWidth, columns: arrangement.columns,
      footerRow: arrangement.rows - 1)
  }

  /// Answers a key while the help is shown: any that does not move it closes it.
  mutating func answer(_ key: Key, in help: HelpReading, _ lead: Lead) -> Answer {
    guard let command = KeyTable.command(key) else { return .ignored }
    let page = max(1, arrangement.rows - 4)
    let steps: Int
    switch command {
    case .quit: return .program(.quit)
    case .nextEnvironment, .later: steps = 1
    case .previousEnvironment, .earlier: steps = -1
    case .pageDown: steps = page
    case .pageUp: steps = -page
    default:
      overlay = nil
      return .handled
    }
    var help = help
    help.move(by: steps, upTo: helpGrid(lead).hidden)
    overlay = .help(help)
    return .handled
  }

  /// The keys of this use and what the signs mean, over everything else.
  func drawHelp(
    _ help: HelpReading, into frame: inout Frame, _ hits: inout HitMap, _ layout: Layout, _ lead: Lead
  ) {
    for row in 1..<layout.footerRow { frame.fill(row: row, from: 0, to: frame.columns, with: .blank) }
    hits.cover(rows: 1..<layout.footerRow, columns: 0..<frame.columns)
    let grid = helpGrid(lead)
    let width = frame.columns / grid.perRow
    let scroll = help.scroll(upTo: grid.hidden)
    frame.write(" Keys and signs", column: 0, row: 1, style: Style(.strong, on: .screen, .bold))
    if grid.hidden > 0 { frame.write("  (arrow keys for more)", column: 15, row: 1, style: Style(.quiet)) }
    for line in 0..<min(grid.height, grid.total) {
      let index = line + scroll
      let row = 2 + line
      guard index < grid.total else { return }
      if index < grid.lines {
        for column in 0..<grid.perRow where index + column * grid.lines < grid.bindings.count {
          let binding = grid.bindings[index + column * grid.lines]
          draw(binding, into: &frame, &hits, row: row, column: column * width, width: width)
        }
      } else if index > grid.lines {
        let first = (index - grid.lines - 1) * grid.signsPerRow
        drawLegend(legend[first..<min(first + grid.signsPerRow, legend.count)], into: &frame, row: row)
      }
    }
  }

  private func draw(
    _ binding: KeyBinding, into frame: inout Frame, _ hits: inout HitMap, row: Int, column: Int, width: Int
  ) {
    if let key = binding.keys.first { hits.add(key, row: row, columns: column..<column + width - 2) }
    let label = painter.glyphs.isASCII ? binding.label.arrowsAsWords : binding.label
    frame.write(label, column: column + 2, row: row, style: Style(.strong, on: .screen, .bold))
    frame.write(binding.help, column: column + 10, row: row, style: Style(.text), limit: column + width)
  }
}
