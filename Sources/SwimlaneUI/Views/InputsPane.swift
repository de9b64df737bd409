internal import LambdaLifecycle

extension Viewer {
  /// Each input with what came of it and what was missed, and below it what it cannot tell.
  func drawInputs(
    into frame: inout Frame, _ rows: Range<Int>, _ timeline: borrowing Timeline, _ catalog: Catalog,
    _ stage: Stage
  ) {
    let late = timeline.lateEvents(catalog)
    let nameWidth = min(24, stage.surroundings.inputs.map { $0.name.columnCount }.max() ?? 0)
    var row = rows.lowerBound
    for input in stage.surroundings.inputs where row < rows.upperBound {
      let isBad =
        switch input.state {
        case .failed, .stalled: true
        case .waiting, .live, .ended: false
        }
      frame.write(" " + input.name, column: 0, row: row, style: Style(.strong), limit: nameWidth + 2)
      frame.write(
        input.state.word, column: nameWidth + 3, row: row, style: Style(isBad ? .bad : .text),
        limit: nameWidth + 11)
      frame.write(
        counts(of: input, late: late[input.source] ?? 0), column: nameWidth + 12, row: row,
        style: Style(.text), limit: frame.columns - 1)
      row += 1
      for line in wrap(note(on: input), first: frame.columns - 5, others: frame.columns - 5)
      where row < rows.upperBound {
        frame.write("   " + line, column: 0, row: row, style: Style(.quiet), limit: frame.columns - 1)
        row += 1
      }
    }
    guard let from = timeline.keptFrom else { return }
    let begin = text(ofClock: from &- stage.origin)
    let note =
      "Details from before \(begin) have been let go, as --keep says; figures still count everything."
    for line in wrap(note, first: frame.columns - 2, others: frame.columns - 2) where row < rows.upperBound {
      frame.write(" " + line, column: 0, row: row, style: Style(.text), limit: frame.columns - 1)
      row += 1
    }
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
