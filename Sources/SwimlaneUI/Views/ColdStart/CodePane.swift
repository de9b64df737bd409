internal import LambdaLifecycle

/// A file of the function's own, with what its lines cost in an init.
struct CodeListing: Equatable {
  struct Line: Equatable {
    /// From 1.
    var number: Int
    var text: String
    /// What the statement that begins here took; nil where none was told.
    var length: Nanoseconds?
  }

  let file: String
  let lines: [Line]
  /// The place of the line that runs, or of the first that may.
  let running: Int?

  /// - Parameter files: the modules that are at hand, by name.
  init?(_ parts: InitParts, _ catalog: Catalog, files: [String: [String]], at time: Timestamp) {
    let isOver = parts.end.map { $0 <= time } ?? false
    // Whatever ended last says where it is; afterwards the handler's own module counts.
    let last = parts.lines.max { $0.end < $1.end }
    let outermost = parts.lines.last { $0.depth == 0 }
    guard let shown = isOver ? parts.module?.file ?? outermost?.time.file : last?.time.file else {
      return nil
    }
    file = catalog.text(shown)
    guard let texts = files[file] else { return nil }
    var lengths: [Int: Nanoseconds] = [:]
    for line in parts.lines where line.time.file == shown {
      lengths[Int(line.time.line), default: 0] += line.time.length
    }
    lines = texts.enumerated().map { Line(number: $0 + 1, text: $1.withoutTabs, length: lengths[$0 + 1]) }
    running = isOver ? nil : last.flatMap { Self.statement(after: Int($0.time.line), in: texts) }
  }

  /// The place of the next line that begins a statement which does something; those that only define something take no time.
  private static func statement(after line: Int, in texts: [String]) -> Int? {
    texts.indices.dropFirst(line).first { place in
      let text = texts[place]
      guard let first = text.first, !" \t#)]}/*".contains(first) else { return false }
      return !["def ", "class ", "async def ", "function ", "else", "elif", "except", "finally", "catch"]
        .contains { text.hasPrefix($0) }
    }
  }

  /// So many lines as there is room for: those around the running one, else those that cost most.
  func window(_ rows: Int) -> ArraySlice<Line> {
    guard lines.count > rows, rows > 0 else { return lines[...] }
    if let running {
      let first = min(max(0, running - rows / 2), lines.count - rows)
      return lines[first..<first + rows]
    }
    var sum = lines.prefix(rows).reduce(Nanoseconds(0)) { $0 &+ ($1.length ?? 0) }
    var (best, place) = (sum, 0)
    for first in 1...(lines.count - rows) {
      sum = sum &- (lines[first - 1].length ?? 0) &+ (lines[first + rows - 1].length ?? 0)
      if sum > best { (best, place) = (sum, first) }
    }
    return lines[place..<place + rows]
  }
}

extension String {
  fileprivate var withoutTabs: String {
    String(String.UnicodeScalarView(unicodeScalars.flatMap { $0 == "\t" ? [" ", " ", " ", " "] : [$0] }))
  }
}

extension Viewer {
  /// The function's own file beside the lanes, where there is room for it.
  func drawCode(
    into frame: inout Frame, _ layout: Layout, _ timeline: borrowing Timeline, _ catalog: Catalog,
    _ stage: Stage
  ) {
    guard !layout.side.isEmpty, stage.sources.isEmpty else { return }
    let rows = 1..<layout.environments.upperBound
    for row in rows { frame[layout.side.lowerBound, row] = Cell(painter.glyphs.divider, Style(.rule)) }
    drawCode(
      into: &frame, rows: rows, columns: layout.side.lowerBound + 2..<layout.side.upperBound - 1, timeline,
      catalog, stage)
  }

  /// The file with the milliseconds of its lines, and the line that runs while init does.
  func drawCode(
    into frame: inout Frame, rows: Range<Int>, columns: Range<Int>, _ timeline: borrowing Timeline,
    _ catalog: Catalog, _ stage: Stage
  ) {
    guard let selected, let track = timeline.track(selected), let parts = track.latestInit(at: stage.time),
      let listing = CodeListing(parts, catalog, files: stage.surroundings.code, at: stage.time)
    else {
      frame.write(
        "No line of this environment's code is told.", column: columns.lowerBound, row: rows.lowerBound,
        style: Style(.quiet), limit: columns.upperBound)
      return
    }
    let title =
      listing.running.map { "\(listing.file): line \(listing.lines[$0].number) or later runs" }
      ?? listing.file
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
    let lengthColumn = columns.upperBound - length.unicodeScalars.count
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
