internal import LambdaLifecycle

// The inputs, each with what came of it and what was missed, and below it what it cannot report. Those that
// need attention come first; more than there is room for are scrolled through.

extension SourceStatus {
  /// Somebody should look at it.
  fileprivate var needsAttention: Bool { hasFailed || isStalled }

  fileprivate var hasFailed: Bool { if case .failed = state { true } else { false } }

  fileprivate var isStalled: Bool { if case .stalled = state { true } else { false } }
}

/// How far the inputs are scrolled.
struct InputsReading: Sendable {
  private var rows = 0

  /// Rows above those in sight, where so many have no room.
  func scroll(upTo hidden: Int) -> Int { min(rows, max(0, hidden)) }

  /// Moves them; at most by as many as have no room.
  mutating func move(by rows: Int, upTo hidden: Int) {
    self.rows = min(max(0, scroll(upTo: hidden) + rows), max(0, hidden))
  }
}

/// A row of the pane.
private struct InputLine {
  enum Content {
    /// An input with what came of it.
    case input(SourceStatus, counts: String)
    case note(String, Role)
  }

  var content: Content

  var isInput: Bool { if case .input = content { true } else { false } }
}

extension Viewer {
  /// The title in the rule above them: how many need attention.
  func inputsTitle(_ stage: Stage) -> String {
    let inputs = stage.surroundings.inputs
    var parts = ["inputs"]
    for (count, word) in [
      (inputs.count(where: \.hasFailed), "failed"), (inputs.count(where: \.isStalled), "stalled"),
    ]
    where count > 0 {
      parts.append("\(grouped(count)) \(word)")
    }
    return parts.joined(separator: " \(painter.glyphs.dot) ")
  }

  /// Answers a command that moves them.
  mutating func answerInInputs(_ command: Command, _ scene: borrowing Scene) -> Answer {
    switch command {
    case .logUp: scrollInputs(-1, scene)
    case .logDown: scrollInputs(1, scene)
    default: return .ignored
    }
    return .handled
  }

  /// Moves the rows.
  mutating func scrollInputs(_ rows: Int, _ scene: borrowing Scene) {
    let room = arrangement.body(of: .inputs).count
    let lines = inputLines(scene, columns: arrangement.columns).count
    panes.inputs.move(by: rows, upTo: lines - inputRows(lines, of: room))
  }

  /// Rows for inputs where there are so many lines: the last row says how many are out of sight.
  private func inputRows(_ lines: Int, of room: Int) -> Int {
    lines <= room || room < 2 ? room : room - 1
  }

  /// Draws them. Where not all have room, the last row says how many are out of sight.
  func drawInputs(into frame: inout Frame, _ rows: Range<Int>, _ scene: borrowing Scene) {
    let width = min(24, scene.stage.surroundings.inputs.map { $0.name.columnCount }.max() ?? 0)
    let lines = inputLines(scene, columns: frame.columns)
    let body = rows.prefix(inputRows(lines.count, of: rows.count))
    let shown = lines[panes.inputs.scroll(upTo: lines.count - body.count)...].prefix(body.count)
    for (line, row) in zip(shown, body) { draw(line, nameWidth: width, into: &frame, row: row) }
    guard body.count < rows.count else { return }
    drawHidden(
      above: lines[..<shown.startIndex].count(where: \.isInput),
      below: lines[shown.endIndex...].count(where: \.isInput), into: &frame, row: rows.upperBound - 1)
  }

  private func inputLines(
    _ scene: borrowing Scene, columns: Int
  ) -> [InputLine] {
    let late = scene.timeline.lateEvents(scene.catalog)
    let inputs = scene.stage.surroundings.inputs
    var lines: [InputLine] = []
    for input in inputs.filter(\.needsAttention) + inputs.filter({ !$0.needsAttention }) {
      lines.append(
        InputLine(content: .input(input, counts: counts(of: input, late: late[input.source] ?? 0))))
      for line in wrap(note(on: input), first: columns - 5, others: columns - 5) {
        lines.append(InputLine(content: .note("   " + line, .quiet)))
      }
    }
    guard let from = scene.timeline.keptFrom else { return lines }
    let begin = text(ofClock: from &- scene.stage.origin)
    let note =
      "Details from before \(begin) have been let go, as --keep says; figures still count everything."
    return lines
      + wrap(note, first: columns - 2, others: columns - 2).map {
        InputLine(content: .note(" " + $0, .text))
      }
  }

  private func draw(_ line: InputLine, nameWidth: Int, into frame: inout Frame, row: Int) {
    switch line.content {
    case .note(let text, let role):
      frame.write(text, column: 0, row: row, style: Style(role), limit: frame.columns - 1)
    case .input(let input, let counts):
      frame.write(" " + input.name, column: 0, row: row, style: Style(.strong), limit: nameWidth + 2)
      frame.write(
        input.state.word, column: nameWidth + 3, row: row,
        style: Style(input.needsAttention ? .bad : .text), limit: nameWidth + 11)
      frame.write(
        counts, column: nameWidth + 12, row: row, style: Style(.text), limit: frame.columns - 1)
    }
  }

  /// Inputs whose own row is out of sight, and the keys that lead there.
  private func drawHidden(above: Int, below: Int, into frame: inout Frame, row: Int) {
    let hidden = [(above, "above", "K"), (below, "below", "J")].filter { $0.0 > 0 }
    let words = hidden.map { "\(grouped($0.0)) \($0.1) (\($0.2))" }
    let text = words.isEmpty ? "J K: the rest of the notes" : words.joined(separator: ", ")
    frame.write(" " + text, column: 0, row: row, style: Style(.quiet), limit: frame.columns - 1)
  }

  private func counts(of input: SourceStatus, late: Int) -> String {
    let dot = " \(painter.glyphs.dot) "
    var parts = [input.kind?.title ?? "format not known yet", "\(input.events) events"]
    if input.rate > 0 { parts.append("\(input.rate)/s") }
    parts.append("\(input.undecodable) not understood")
    parts.append("\(late) late")
    if input.refused > 0 { parts.append("\(input.refused) refused") }
    if input.dropped > 0 { parts.append("\(input.dropped) dropped by the source") }
    return parts.joined(separator: dot)
  }

  private func note(on input: SourceStatus) -> String {
    switch input.state {
    case .failed(let reason), .stalled(let reason): return reason
    case .waiting, .live, .ended: break
    }
    if !input.end.isEmpty { return input.end }
    if input.clockSteps > 0 { return input.lastClockStep }
    if input.restarts > 0 { return "begun anew \(input.restarts)×: \(input.lastRestart)" }
    if input.refused > 0 { return "last refused: \(input.lastRefusal)" }
    return input.kind?.blindSpots.details ?? ""
  }
}
