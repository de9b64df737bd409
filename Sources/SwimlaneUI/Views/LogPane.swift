internal import LambdaLifecycle

/// How somebody reads the log.
struct LogReading: Sendable {
  /// Only the selected environment's lines.
  var isBound = false
  /// The place of the lowest line in sight; nil for the moment looked at.
  var bottom: Int?
  /// The text searched for, and the place where it was found last.
  var search = ""
  var found: Int?
  /// The place up to which it has been looked for in vain.
  var searched: Int?
}

extension Viewer {
  /// Of one environment, else of all that pass the filter.
  private func logPart(_ stage: Stage) -> EventHistory.Part {
    if panes.log.isBound, let selected { return .environment(selected) }
    return stage.passing.map { .places($0.logPlaces) } ?? .all
  }

  /// The place of the lowest line: where somebody has scrolled to, or at the moment looked at.
  private func logBottom(_ stage: Stage) -> Int {
    let now = stage.history.place(at: stage.time)
    return panes.log.bottom.map { min($0, now) } ?? now
  }

  /// The title in the rule above it.
  func logTitle(_ scene: borrowing Scene) -> String {
    let dot = " \(painter.glyphs.dot) "
    let name = selected.map { environmentName($0, scene, width: 20) } ?? "one environment"
    var parts = [
      panes.log.isBound ? "log of \(name)" : titled("log"), panes.log.isBound ? "a all" : "a only \(name)",
    ]
    if let bottom = panes.log.bottom {
      let line = scene.stage.history.count(of: logPart(scene.stage), upTo: bottom)
      let all = scene.stage.history.count(
        of: logPart(scene.stage), upTo: scene.stage.history.place(at: scene.stage.time))
      parts.append("line \(grouped(line)) of \(grouped(all))")
    }
    if scene.stage.history.letGo > 0 { parts.append("\(grouped(scene.stage.history.letGo)) older let go") }
    parts.append(panes.log.search.isEmpty ? "/ search" : "n \"\(panes.log.search)\"")
    return parts.joined(separator: dot)
  }

  /// The lines up to the moment looked at, or to where somebody has scrolled. Only those in sight are looked at.
  func drawLog(into frame: inout Frame, _ rows: Range<Int>, _ scene: borrowing Scene) {
    let end = scene.stage.history.count(of: logPart(scene.stage), upTo: logBottom(scene.stage))
    guard end > 0 else {
      let whose = panes.log.isBound ? " of this environment" : isFiltered ? " that passes the filter" : ""
      frame.write("No event yet\(whose).", column: 1, row: rows.lowerBound, style: Style(.quiet))
      return
    }
    let lines = (max(0, end - rows.count)..<end).compactMap {
      scene.stage.history.line($0, of: logPart(scene.stage))
    }
    let names = lines.map { environmentName($0.entry.event.environment, scene, width: 16) }
    let moments = lines.map { text(ofMoment: $0.entry.time &- scene.stage.origin) }
    // A long session's moments have hours.
    let nameColumn = 3 + max(9, moments.map(\.columnCount).max() ?? 0)
    let width = panes.log.isBound ? 0 : min(16, names.map(\.columnCount).max() ?? 0)
    for ((line, moment), (name, row)) in zip(zip(lines, moments), zip(names, rows)) {
      let event = line.entry.event
      let words = EventWords(scene.catalog, scene.stage.texts, origin: scene.stage.origin).logText(event)
      frame.write(moment, column: 1, row: row, style: Style(.quiet))
      if width > 0 {
        frame.write(name, column: nameColumn, row: row, style: Style(.text), limit: nameColumn + width)
      }
      let first = width > 0 ? nameColumn + 2 + width : nameColumn
      let isOutput = if case .output = event.kind { true } else { false }
      write(
        isOutput ? "  \(words)" : words, column: first, row: row,
        style: Style(isOutput ? .strong : .text), isFound: line.place == panes.log.found, into: &frame)
    }
  }

  /// A line, cut at the edges with signs; what was searched for is in sight and stands out.
  private func write(
    _ text: String, column: Int, row: Int, style: Style, isFound: Bool, into frame: inout Frame
  ) {
    guard column < frame.columns else { return }
    let cut = Cell(painter.glyphs.isASCII ? "$" : "…", Style(.quiet))
    let room = frame.columns - column
    let hit = isFound ? hit(in: text) : nil
    let width = text.columnCount
    let first = hit.map { $0.upperBound < room ? 0 : max(0, $0.lowerBound - room / 3) } ?? 0
    let shown = first == 0 ? text : text.suffix(columns: width - first)
    // A wide character that begins before the edge is left out.
    let left = width - first - shown.columnCount
    frame.write(shown, column: column + (first == 0 ? 0 : left), row: row, style: style)
    if first > 0 { frame[column, row] = cut }
    if width - first > room { frame[frame.columns - 1, row] = cut }
    guard let hit else { return }
    for place in hit where (0..<room).contains(place - first) {
      frame[column + place - first, row].style = Style(.strong, on: .screen, [.bold, .reverse])
    }
  }

  /// The columns in which a line has what was searched for: all of it where that is not in the words that are shown.
  private func hit(in text: String) -> Range<Int> {
    let scalars = Array(ComposedScalars(text.unicodeScalars))
    let folded = scalars.map { $0.properties.lowercaseMapping }
    let search = ComposedScalars(panes.log.search.unicodeScalars).map { $0.properties.lowercaseMapping }
    let place = folded.position(of: search)
    let columns = { (part: ArraySlice<Unicode.Scalar>) in part.reduce(0) { $0 + $1.columns } }
    guard let place else { return 0..<columns(scalars[...]) }
    let start = columns(scalars[..<place])
    return start..<start + columns(scalars[place..<place + search.count])
  }
}

extension [String] {
  /// Where the other begins in it.
  fileprivate func position(of other: [String]) -> Int? {
    guard !other.isEmpty, other.count <= count else { return nil }
    return (0...count - other.count).first { self[$0..<$0 + other.count].elementsEqual(other) }
  }
}

// MARK: - Keys

extension Viewer {
  /// Answers a command that is the log's while it can be seen.
  mutating func answerInLog(_ command: Command, _ scene: borrowing Scene) -> Answer {
    let page = max(1, rowsOfLog - 1)
    switch command {
    case .pageUp: scrollLog(-page, scene.stage)
    case .pageDown: scrollLog(page, scene.stage)
    case .filter: overlay = .prompt(Prompt(.search))
    case .nextMatch where !panes.log.search.isEmpty: return findInLog(-1, scene)
    case .previousMatch where !panes.log.search.isEmpty: return findInLog(1, scene)
    case .back where panes.log.bottom != nil || !panes.log.search.isEmpty:
      panes.log = LogReading(isBound: panes.log.isBound)
    default: return .ignored
    }
    return .handled
  }

  /// Shows the log, moved by a number of lines; nil for where it was.
  mutating func showLog(scrolledBy lines: Int?, _ stage: Stage) {
    panes.chosen = .events
    isBig = false
    if let lines { scrollLog(lines, stage) }
  }

  /// Moves the lines; at the lower end they follow the moment looked at again.
  mutating func scrollLog(_ lines: Int, _ stage: Stage) {
    let all = stage.history.count(of: logPart(stage), upTo: stage.history.place(at: stage.time))
    let line = stage.history.count(of: logPart(stage), upTo: logBottom(stage)) + lines
    // The first page stays full.
    let wanted = max(min(rowsOfLog, all), line)
    panes.log.bottom = wanted >= all ? nil : stage.history.line(wanted - 1, of: logPart(stage))?.place
  }

  /// Rows of the log in the last frame; 0 where it was not seen.
  private var rowsOfLog: Int { arrangement.body(of: .events).count }

  /// Searches the log for a text, from the moment looked at backwards.
  mutating func searchLog(for text: String, _ scene: borrowing Scene) -> Answer {
    panes.log.search = text
    (panes.log.found, panes.log.searched) = (nil, nil)
    return text.isEmpty ? .handled : findInLog(-1, scene)
  }

  /// Lines that one key press looks at: more would keep the next key waiting.
  private static let searchedAtOnce = 50_000

  /// The next older match (or, with `step` 1, the next newer one), up to the moment looked at.
  private mutating func findInLog(_ step: Int, _ scene: borrowing Scene) -> Answer {
    let wanted = panes.log.search.utf8.map(\.inSmall)
    let words = EventWords(scene.catalog, scene.stage.texts, origin: scene.stage.origin)
    let all = scene.stage.history.count(
      of: logPart(scene.stage), upTo: scene.stage.history.place(at: scene.stage.time))
    // Lines found, or looked at in vain, are not looked at again.
    let from = panes.log.found ?? panes.log.searched
    let start =
      scene.stage.history.count(of: logPart(scene.stage), upTo: from ?? logBottom(scene.stage)) - 1
      + (from == nil ? 0 : step)
    var index = start
    while index >= 0, index < all, let line = scene.stage.history.line(index, of: logPart(scene.stage)) {
      let event = line.entry.event
      if words.logText(event).holds(wanted) || scene.catalog.text(event.environment).holds(wanted) {
        panes.log.found = line.place
        // Lines below it say what came of it.
        let bottom = index + 1 + rowsOfLog / 3
        panes.log.bottom =
          bottom >= all ? nil : scene.stage.history.line(bottom, of: logPart(scene.stage))?.place
        return .handled
      }
      if abs(index - start) >= Self.searchedAtOnce {
        (panes.log.found, panes.log.searched) = (nil, line.place)
        let looked = grouped(Self.searchedAtOnce)
        return .tell("not in \(looked) lines; \(step < 0 ? "n" : "N") goes on searching")
      }
      index += step
    }
    let which = from == nil ? "" : step < 0 ? "earlier " : "later "
    return .tell("no \(which)line of the log has \"\(panes.log.search)\"")
  }
}

extension UInt8 {
  /// Of a letter of ASCII, the small one.
  fileprivate var inSmall: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension String {
  /// True if these bytes, in small letters, occur in it.
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      guard let first = wanted.first, wanted.count <= bytes.count else { return wanted.isEmpty }
      return (0...bytes.count - wanted.count).contains { start in
        bytes[start].inSmall == first
          && wanted.indices.allSatisfy { bytes[start + $0].inSmall == wanted[$0] }
      }
    }
  }
}
