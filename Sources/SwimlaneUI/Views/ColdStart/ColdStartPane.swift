internal import LambdaLifecycle

extension Viewer {
  /// Shows the pane, from its first row; where it is shown, in the other order.
  mutating func showColdStart() {
    if pane == .coldStart { panes.coldStart.toggleOrder() }
    panes.chosen = .coldStart
    panes.coldStart.scrollToTop()
  }

  /// Answers a command that moves its rows.
  mutating func answerInColdStart(_ command: Command) -> Answer {
    switch command {
    case .logUp: panes.coldStart.scroll(by: -1)
    case .logDown: panes.coldStart.scroll(by: 1)
    default: return .ignored
    }
    return .handled
  }

  /// The selected environment's latest init; nil where it has none.
  func coldStart(_ scene: borrowing Scene) -> ColdStartView? {
    guard let selected, let track = scene.timeline.track(selected),
      let parts = track.latestInit(at: scene.stage.time)
    else {
      return nil
    }
    return ColdStartView(
      parts, of: track, scene.timeline, scene.catalog, order: panes.coldStart.order, at: scene.stage.time)
  }

  /// The title of the pane: whose init, how long, and how long the one before was.
  func coldStartTitle(_ view: ColdStartView?, _ scene: borrowing Scene) -> String {
    guard let view, let selected else { return "cold start" }
    let isOver = view.parts.end != nil
    let what = view.isAgain ? "init again of" : "cold start of"
    var title =
      "\(what) \(environmentName(selected, scene, width: 24)): \(text(ofLength: view.table.length))"
    if !isOver { title += " so far" }
    if let end = view.parts.phases.last(where: { $0.outcome.isBad }), isOver {
      title += " \(painter.glyphs.dot) \(end.outcome.wireName)"
    }
    if let measuring = view.table.measuring, measuring >= .milliseconds(1) {
      title += ", \(text(ofLength: view.table.length &- measuring)) without measuring"
    }
    if panes.coldStart.order == .cost { title += " \(painter.glyphs.dot) by cost" }
    if let before = view.before { title += " \(painter.glyphs.dot) before: \(text(ofLength: before.length))" }
    return title
  }

  /// The parts of an init, a row each: where, how long, and under the lanes' axis when, with what the statement says.
  func drawColdStart(
    _ view: ColdStartView?, into frame: inout Frame, _ rows: Range<Int>, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    guard let view else {
      frame.write(
        "The parts of an init stand here as soon as one is known.", column: 1, row: rows.lowerBound,
        style: Style(.quiet))
      return
    }
    // The table comes first; a word on what to do has room beside it all the same.
    let most = max(rows.count - view.table.rows.count, min(2, rows.count / 3))
    let hints = notes(of: view, scene, columns: frame.columns, most: most)
    let body = rows.dropLast(hints.count)
    let axis = axis(for: view.table, layout)
    let last = max(0, view.table.rows.count - body.count)
    let scroll = min(panes.coldStart.scroll, last)
    let parts = scroll == 0 ? view.table.fitted(to: body.count) : Array(view.table.rows.dropFirst(scroll))
    for (row, part) in zip(body, parts) {
      draw(part, view, into: &frame, row: row, layout, axis, scene)
    }
    draw(hints[...], into: &frame, row: body.upperBound)
  }

  /// The lanes' own axis where the init is in sight; else one of the init alone.
  private func axis(for table: InitTable, _ layout: Layout) -> Viewport {
    let columns = layout.timeColumns
    let isInSight =
      viewport.columns == columns && table.stretch.lowerBound >= viewport.left
      && table.stretch.upperBound <= viewport.right
    if isInSight {
      let width =
        viewport.column(of: table.stretch.upperBound) - viewport.column(of: table.stretch.lowerBound)
      if width >= min(12, columns / 3) { return viewport }
    }
    let length = max(1, table.stretch.upperBound &- table.stretch.lowerBound)
    return Viewport(
      left: table.stretch.lowerBound, perCell: (length + Int64(columns) - 1) / Int64(columns),
      columns: columns)
  }

  private func draw(
    _ part: InitTable.Row, _ view: ColdStartView, into frame: inout Frame, row: Int, _ layout: Layout,
    _ axis: Viewport, _ scene: borrowing Scene
  ) {
    let isQuiet = !part.isPart || part.phase == nil
    let length = text(ofLength: part.length)
    let lengthColumn = layout.labelWidth - 2 - length.columnCount
    let indent = 1 + min(2, part.depth) * 2
    let title = part.title(scene.catalog, view.source)
    let room = lengthColumn - 1 - indent
    frame.write(
      part.line == nil
        ? title.shortened(to: room, painter.glyphs) : title.shortenedAtStart(to: room, painter.glyphs),
      column: indent,
      row: row, style: Style(isQuiet ? .quiet : .text), limit: lengthColumn - 1)
    frame.write(
      length, column: lengthColumn, row: row,
      style: isQuiet ? Style(.quiet) : Style(.strong, on: .screen, .bold))
    let bar = paint(part, into: &frame, row: row, layout, axis, limit: scene.stage.time)
    write(words(of: part, view, scene.catalog), beside: bar, into: &frame, row: row, layout, isQuiet: isQuiet)
  }

  private func words(of part: InitTable.Row, _ view: ColdStartView, _ catalog: Catalog) -> String {
    var words = part.words(catalog)
    if let before = view.lengthBefore(part) {
      let change = before.known ? "was \(text(ofLength: before.length))" : "new"
      words = words.isEmpty ? change : "\(change) \(painter.glyphs.dot) \(words)"
    }
    return words
  }

  /// - Returns: the columns that it takes; empty at the left for a part of which nobody knows where it lies.
  private func paint(
    _ part: InitTable.Row, into frame: inout Frame, row: Int, _ layout: Layout, _ axis: Viewport,
    limit: Timestamp
  ) -> Range<Int> {
    guard let stretch = part.stretch, let phase = part.phase else {
      return layout.labelWidth..<layout.labelWidth
    }
    var lane = Lane()
    lane.starts.insert(stretch.lowerBound)
    lane.ends.insert(max(stretch.lowerBound &+ 1, stretch.upperBound))
    let style = part.isPart ? nil : painter.extensionsWork(phase)
    painter.paint(
      lane, phase, style: style, into: &frame, row: row, column: layout.labelWidth, axis, limit: limit)
    let first = min(max(0, axis.column(of: stretch.lowerBound)), axis.columns)
    let last = min(
      max(first, axis.column(of: max(stretch.lowerBound, stretch.upperBound &- 1))), axis.columns - 1)
    return layout.labelWidth + first..<layout.labelWidth + last + 1
  }

  /// Behind the bar, or before it where more room is.
  private func write(
    _ words: String, beside bar: Range<Int>, into frame: inout Frame, row: Int, _ layout: Layout,
    isQuiet: Bool
  ) {
    guard !words.isEmpty else { return }
    let style = Style(isQuiet ? .quiet : .text)
    let end = frame.columns - 1
    let behind = end - bar.upperBound - 2
    let before = bar.lowerBound - layout.labelWidth - 1
    let width = words.columnCount
    if behind >= width || behind >= before {
      guard behind >= 6 else { return }
      frame.write(
        words.shortened(to: behind, painter.glyphs), column: bar.upperBound + 1, row: row, style: style,
        limit: end)
    } else {
      let text = words.shortened(to: before, painter.glyphs)
      frame.write(
        text, column: bar.lowerBound - 1 - text.columnCount, row: row, style: style,
        limit: bar.lowerBound)
    }
  }

  /// The notes below the table, as far as they fit whole: the most important first.
  private func notes(
    of view: ColdStartView, _ scene: borrowing Scene, columns: Int, most: Int
  ) -> [PaneLine] {
    let files = scene.stage.surroundings.code
    let hints = InitHint.hints(on: view.parts, scene.catalog, files: files, at: scene.stage.time)
    var notes = hints.prefix(3).map { PaneLine(text: $0.words) }
    let gone = view.gone(files).prefix(3).map {
      "\($0.name.file) \($0.name.text) \(text(ofLength: $0.length))"
    }
    if !gone.isEmpty {
      notes.insert(
        PaneLine(text: gone.joined(separator: " \(painter.glyphs.dot) "), heading: "no longer there:"), at: 0)
    }
    if let line = view.line(scene.stage) {
      notes.insert(PaneLine(text: line.words, heading: "\(line.title):"), at: 0)
    }
    var lines: [PaneLine] = []
    for note in notes {
      let broken = wrapped([note], columns: columns)
      if lines.count + broken.count <= most { lines += broken }
    }
    return lines
  }
}

extension String {
  /// Cut at its beginning: the end of a file's name and the text behind it distinguish it from others.
  fileprivate func shortenedAtStart(to width: Int, _ glyphs: GlyphSet) -> String {
    guard columnCount > width else { return self }
    let sign = glyphs.isASCII ? ".." : "…"
    let room = max(0, width - sign.columnCount)
    return sign + suffix(columns: room)
  }

  /// Cut, with a sign that it goes on.
  fileprivate func shortened(to width: Int, _ glyphs: GlyphSet) -> String {
    guard columnCount > width else { return self }
    let end = glyphs.isASCII ? ".." : "…"
    let room = max(0, width - end.columnCount)
    return prefix(columns: room) + end
  }
}
