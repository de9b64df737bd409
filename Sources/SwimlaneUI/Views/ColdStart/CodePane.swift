internal import LambdaLifecycle

extension Viewer {
  /// The function's own file beside the lanes, where there is room for it.
  func drawCode(
    into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard !layout.side.isEmpty, scene.stage.sources.isEmpty else { return }
    let rows = 1..<layout.environments.upperBound
    for row in rows { frame[layout.side.lowerBound, row] = Cell(painter.glyphs.divider, Style(.rule)) }
    drawCode(
      into: &frame, rows: rows, columns: layout.side.lowerBound + 2..<layout.side.upperBound - 1, scene)
  }

  /// The file with the milliseconds of its lines, and the line that runs while init does.
  func drawCode(
    into frame: inout Frame, rows: Range<Int>, columns: Range<Int>, _ scene: borrowing Scene
  ) {
    guard let selected, let track = scene.timeline.track(selected),
      let parts = track.latestInit(at: scene.stage.time),
      let listing = CodeListing(
        parts, scene.catalog, files: scene.stage.surroundings.code, at: scene.stage.time)
    else {
      frame.write(
        "No line of this environment's code is told.", column: columns.lowerBound, row: rows.lowerBound,
        style: Style(.quiet), limit: columns.upperBound)
      return
    }
    let running = listing.running.map { ": line \($0 + 1) or later runs" }
    let title = listing.file + (running ?? (listing.hasChanged ? ", changed since" : ""))
    frame.write(
      title, column: columns.lowerBound, row: rows.lowerBound, style: Style(.quiet), limit: columns.upperBound
    )
    let body = rows.dropFirst()
    let lines = listing.window(body.count)
    let width = max(2, String(lines.last?.number ?? 0).count)
    for (row, line) in zip(body, lines) {
      let isRunning = listing.running == line.number - 1
      draw(line, isRunning: isRunning, numberWidth: width, into: &frame, columns: columns, row: row)
    }
  }

  private func draw(
    _ line: CodeListing.Line, isRunning: Bool, numberWidth: Int, into frame: inout Frame, columns: Range<Int>,
    row: Int
  ) {
    let length = line.length.map { text(ofLength: $0) } ?? ""
    let lengthColumn = columns.upperBound - length.columnCount
    let codeColumn = columns.lowerBound + numberWidth + 1
    let lit =
      painter.hasColor
      ? Style(.ink, on: painter.style(.functionInit).role, .bold)
      : Style(.strong, on: .screen, [.bold, .reverse])
    if isRunning {
      frame.fill(row: row, from: columns.lowerBound, to: columns.upperBound, with: Cell(" ", lit))
    }
    let number = String(line.number)
    frame.write(
      number, column: codeColumn - 1 - number.count, row: row, style: isRunning ? lit : Style(.quiet))
    frame.write(
      line.text, column: codeColumn, row: row, style: isRunning ? lit : Style(.text),
      limit: length.isEmpty ? columns.upperBound : lengthColumn - 1)
    frame.write(
      length, column: lengthColumn, row: row, style: isRunning ? lit : Style(.strong, on: .screen, .bold))
  }
}
