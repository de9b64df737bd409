internal import LambdaLifecycle

// The screen before anything has happened: what an environment is, and what will be seen of it, as a ghost.

extension Viewer {
  /// The definition of an environment, broken to the width.
  private func definition(columns: Int) -> [String] {
    wrap(
      "An environment: a small isolated machine that runs your function, one request at a time.",
      first: columns - 4, others: columns - 4)
  }

  /// Lanes that the first screen names: those of the environment that will be, else those that any has.
  func firstLanes(_ stage: Stage) -> [EnvironmentRow.Lane] {
    guard let preview = stage.preview, let track = preview.session.timeline.track(preview.environment) else {
      return [.extensionInit, .runtimeInit, .functionInit, .invoke, .frozen, .shutdown]
    }
    return track.screenLanes.filter { if case .marks = $0 { false } else { true } }
  }

  /// Rows that it takes.
  func firstHeight(_ stage: Stage, columns: Int) -> Int {
    firstLanes(stage).count + definition(columns: columns).count
  }

  /// Draws it where environments will be.
  func drawFirstScreen(into frame: inout Frame, _ hits: inout HitMap, _ layout: Layout, _ stage: Stage) {
    let lanes = firstLanes(stage)
    // In a lesson, the sentence below says what to do.
    let hints =
      stage.lesson == nil || stage.preview == nil ? hintLines(stage, columns: layout.side.lowerBound) : []
    let free = layout.environments.count
    let definition = definition(columns: layout.side.lowerBound)
    var row = layout.environments.lowerBound
    if free >= lanes.count + definition.count {
      for line in definition {
        frame.write(line, column: 2, row: row, style: Style(.strong, on: .screen, .bold))
        row += 1
      }
      let left = free - definition.count
      // Advice comes before thicker lanes.
      let room = left - (hints.isEmpty ? 0 : min(hints.count + 1, left - lanes.count))
      row = drawGhosts(lanes, into: &frame, rows: row..<row + room, layout, stage)
      if layout.environments.upperBound - row > hints.count { row += 1 }
    }
    for (offset, hint) in hints.enumerated() where row < layout.environments.upperBound {
      writeHint(hint.line, isFirst: hint.isFirst, into: &frame, &hits, row: row)
      row += 1
      let isLast = offset + 1 == hints.count
      if !isLast, hints[offset + 1].begins, layout.environments.upperBound - row > 2 * (hints.count - offset)
      {
        row += 1
      }
    }
  }

  /// Draws each lane with its name, what will be in it, and a few words.
  /// - Returns: the row below them.
  private func drawGhosts(
    _ lanes: [EnvironmentRow.Lane], into frame: inout Frame, rows: Range<Int>, _ layout: Layout,
    _ stage: Stage
  ) -> Int {
    let all = lanes.map { EnvironmentRow(track: 0, content: .lane($0)) }
    let thickness =
      (1...(isBig ? Self.mostThickness : Self.usualThickness)).map { RowThickness(lanes: $0, bars: 1) }
      .last { all.height($0) <= rows.count } ?? RowThickness(lanes: 1, bars: 1)
    let runtime = stage.preview?.runtime ?? ""
    let viewport = stage.preview.map { ghostViewport($0, columns: layout.timeColumns) }
    var y = rows.lowerBound
    for (lane, row) in zip(lanes, all) {
      let height = row.height(thickness)
      let middle = y + (height - 1) / 2
      frame.write(lane.title, column: 4, row: middle, style: Style(.text), limit: layout.labelWidth)
      var bars = layout.labelWidth..<layout.labelWidth
      for row in y..<y + height {
        if let preview = stage.preview, let viewport {
          bars = drawGhost(of: lane, preview, viewport, into: &frame, row: row, layout)
        }
      }
      write(lane.gist(runtime: runtime), beside: bars, of: lane, into: &frame, row: middle, layout)
      y += height
    }
    return y
  }

  /// - Returns: the columns from its first bar to its last.
  private func drawGhost(
    of lane: EnvironmentRow.Lane, _ preview: Preview, _ viewport: Viewport, into frame: inout Frame, row: Int,
    _ layout: Layout
  ) -> Range<Int> {
    guard let track = preview.session.timeline.track(preview.environment) else {
      return layout.labelWidth..<layout.labelWidth
    }
    painter.paintBars(
      lane, of: track, into: &frame, row: row, column: layout.labelWidth, viewport, limit: preview.end)
    return fade(into: &frame, row: row, columns: layout.labelWidth..<layout.side.lowerBound)
  }

  /// The life of the environment in all columns, without the time in which it only waits.
  func ghostViewport(_ preview: Preview, columns: Int) -> Viewport {
    let timeline = preview.session.timeline
    var viewport = Viewport(left: timeline.first, perCell: 1, columns: columns)
    let squeeze = Squeeze(timeline.activity, until: timeline.quietEnd(upTo: preview.end))
    viewport.fit(timeline.first, max(preview.end, timeline.first &+ 1), squeeze)
    return viewport
  }

  /// Makes a ghost of what was drawn: faint, and without words.
  /// - Returns: the columns that have anything.
  @discardableResult
  func fade(into frame: inout Frame, row: Int, columns: Range<Int>) -> Range<Int> {
    var (first, last) = (columns.upperBound, columns.lowerBound)
    for column in columns {
      let cell = frame[column, row]
      guard cell.glyph != Cell.blank.glyph || cell.style.background != .screen else { continue }
      (first, last) = (min(first, column), max(last, column + 1))
      let isPlain = cell.style.foreground == .frozen
      let role = cell.style.foreground == .ink ? cell.style.background : cell.style.foreground
      if !isPlain { frame[column, row] = Cell(painter.glyphs.ghost, Style(role)) }
    }
    return first < last ? first..<last : columns.lowerBound..<columns.lowerBound
  }

  /// Writes behind the bars, before them, or in the line of what stands still.
  private func write(
    _ words: String, beside bars: Range<Int>, of lane: EnvironmentRow.Lane, into frame: inout Frame, row: Int,
    _ layout: Layout
  ) {
    let width = words.columnCount
    let end = layout.side.lowerBound - 1
    if lane == .frozen, bars.count >= width + 6 {
      let column = bars.lowerBound + (bars.count - width - 2) / 2
      frame.write(" \(words) ", column: column, row: row, style: Style(.text), limit: end)
    } else if bars.upperBound + 1 + width <= end {
      let column = bars.isEmpty ? bars.upperBound : bars.upperBound + 1
      frame.write(words, column: column, row: row, style: Style(.text), limit: end)
    } else if let column = gap(of: width + 2, before: bars.upperBound, in: frame, row: row, layout) {
      frame.write(words, column: column + 1, row: row, style: Style(.text), limit: end)
    }
  }

  /// The last free columns of a row, as many as are asked for, before a column.
  private func gap(of width: Int, before end: Int, in frame: borrowing Frame, row: Int, _ layout: Layout)
    -> Int?
  {
    (layout.labelWidth - 1..<max(layout.labelWidth, end - width)).last { first in
      (first..<first + width).allSatisfy { column in
        let cell = frame[column, row]
        return cell.glyph == Cell.blank.glyph && cell.style.background == .screen
          || cell.style.foreground == .frozen
      }
    }
  }

  /// The lines of advice, broken to the width.
  private func hintLines(_ stage: Stage, columns: Int) -> [(line: String, isFirst: Bool, begins: Bool)] {
    stage.waiting.enumerated().flatMap { offset, hint in
      wrap(hint, first: columns - 6, others: columns - 6).enumerated().map {
        ($0.element, offset == 0, $0.offset == 0)
      }
    }
  }

  /// A hint; the key after "press" looks like a key.
  private func writeHint(
    _ line: String, isFirst: Bool, into frame: inout Frame, _ hits: inout HitMap, row: Int
  ) {
    var column = 3
    var previous = Substring()
    for word in line.split(separator: " ") {
      let isKey = previous.lowercased() == "press"
      let style =
        isKey
        ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(.strong, on: .screen, isFirst ? .bold : [])
      // The end of a sentence is no part of its key.
      let mark = isKey && word.count > 1 ? word.suffix(1).filter { ",.:;".contains($0) } : ""
      let name = word.dropLast(mark.count)
      let end = frame.write(String(name), column: column, row: row, style: style)
      if isKey, let key = KeyTable.key(named: name) { hits.add(key, row: row, columns: column..<end) }
      column =
        frame.write(
          String(mark), column: end, row: row, style: Style(.strong, on: .screen, isFirst ? .bold : []))
        + 1
      previous = word
    }
  }
}

extension GlyphSet {
  /// The fill of what will be and is not yet.
  var ghost: Unicode.Scalar { isASCII ? "." : "░" }
}

extension Preview {
  /// The first environment's runtime as its function's settings name it; empty where they do not.
  var runtime: String {
    let catalog = session.log.catalog
    let function = catalog.function(of: environment)
    return session.timeline.description(of: function, at: end).map { catalog.text($0.runtime) } ?? ""
  }
}
