internal import LambdaLifecycle

// The settings that can be turned while a simulation runs. All other keys go on working beside them.

extension Viewer {
  /// Opens them on the row that a lesson means; else on the one that was chosen last.
  mutating func openOptions(_ stage: Stage) {
    let run = stage.lesson
    options.open(on: run?.course == .holding ? run?.step.control : nil)
  }

  /// Answers a command that means something of its own while they are open.
  mutating func answerInOptions(_ command: Command?, _ stage: Stage) -> Answer {
    switch command {
    case .previousEnvironment: options.move(by: -1, in: stage.options)
    case .nextEnvironment: options.move(by: 1, in: stage.options)
    // Without a simulation there is nothing to turn, which is said.
    case .earlier, .later: return .drive(.turn(options.chosen(of: stage.options), up: command == .later))
    case .options, .back: options.close()
    default: return .ignored
    }
    return .handled
  }

  /// Draws them in place of the pane, as many as there is room for.
  func drawOptions(
    into frame: inout Frame, _ hits: inout HitMap, _ rows: Range<Int>, _ stage: Stage
  ) {
    guard rows.count > 1 else { return }
    let top = rows.lowerBound
    frame.fill(row: top, from: 0, to: frame.columns, with: Cell(painter.glyphs.rule, Style(.rule)))
    var column = frame.write(" options ", column: 1, row: top, style: Style(.strong, on: .screen, .bold))
    let room = rows.count - 1
    let chosen = options.chosen(of: stage.options)
    let place = stage.options.firstIndex { $0.control == chosen } ?? 0
    let first = min(max(0, place - room / 2), max(0, stage.options.count - room))
    let hidden = (above: first, below: max(0, stage.options.count - first - room))
    if hidden.above + hidden.below > 0 {
      let count = " \(place + 1) of \(stage.options.count)\(more(hidden)) "
      column = frame.write(count, column: column, row: top, style: Style(.strong))
    }
    let arrows = ["\u{2191} \u{2193} choose", "\u{2190} \u{2192} change", "esc close"]
    for word in arrows.map({ painter.glyphs.isASCII ? $0.arrowsAsWords : $0 })
    where column + word.columnCount + 3 < frame.columns {
      column = frame.write(" \(word) ", column: column, row: top, style: Style(.quiet))
    }
    guard !stage.options.isEmpty else {
      frame.write("Nothing here can be changed.", column: 2, row: top + 1, style: Style(.text))
      return
    }
    hits.cover(rows: rows, columns: 0..<frame.columns)
    let width = (stage.options.map { $0.control.title.columnCount }.max() ?? 0) + 1
    for (offset, line) in stage.options[first...].prefix(room).enumerated() {
      hits.add(entry: first + offset, row: top + 1 + offset, columns: 0..<frame.columns)
      draw(
        line, isChosen: first + offset == place, valueColumn: 2 + width, into: &frame, &hits,
        row: top + 1 + offset)
    }
    note(hidden.above, "\u{2191}", into: &frame, row: top + 1)
    note(hidden.below, "\u{2193}", into: &frame, row: rows.upperBound - 1)
  }

  /// Where the rows that are hidden are.
  private func more(_ hidden: (above: Int, below: Int)) -> String {
    let arrows = [hidden.above > 0 ? "\u{2191}" : "", hidden.below > 0 ? "\u{2193}" : ""]
    let words = arrows.filter { !$0.isEmpty }.joined(separator: " ") + " more"
    return ", " + (painter.glyphs.isASCII ? words.arrowsAsWords : words)
  }

  /// How many rows there are beyond this one, at its end where that is free.
  private func note(_ count: Int, _ arrow: String, into frame: inout Frame, row: Int) {
    guard count > 0 else { return }
    let arrow = painter.glyphs.isASCII ? arrow.arrowsAsWords : arrow
    for words in ["\(arrow) \(count) more", "\(arrow) \(count)", arrow] {
      let column = frame.columns - words.columnCount - 1
      let isFree = (column - 2..<frame.columns).allSatisfy { frame[$0, row].glyph == Cell.blank.glyph }
      guard isFree else { continue }
      let style = frame[column, row].style
      frame.write(
        words, column: column, row: row, style: style.background == .screen ? Style(.quiet) : style)
      return
    }
  }

  private func draw(
    _ line: OptionLine, isChosen: Bool, valueColumn: Int, into frame: inout Frame, _ hits: inout HitMap,
    row: Int
  ) {
    let style = isChosen ? Style(.strong, on: .bar, .bold) : Style(.text)
    if isChosen {
      frame.fill(row: row, from: 0, to: frame.columns, with: Cell(" ", style))
      frame.write("\(painter.glyphs.isASCII ? ">" : "▸")", column: 0, row: row, style: style)
    }
    frame.write(line.control.title, column: 2, row: row, style: style)
    let column = frame.write(line.value, column: valueColumn + 2, row: row, style: style)
    guard isChosen else { return }
    hits.add(.left, row: row, columns: valueColumn..<valueColumn + 2)
    hits.add(.right, row: row, columns: column..<column + 3)
    frame.write(painter.glyphs.isASCII ? "<" : "◂", column: valueColumn, row: row, style: style)
    frame.write(painter.glyphs.isASCII ? ">" : "▸", column: column + 1, row: row, style: style)
  }
}

extension Viewer {
  /// The options take the panes' place, and as much of the lanes' as they need.
  func optionsSection(_ stage: Stage, rows: Int) -> Section {
    let height = max(3, min(max(stage.options.count, 1) + 1, Layout.freeRows(rows) - 2))
    return Section(
      title: "", height: SectionHeight(minimum: height, wanted: height), content: .options)
  }
}
