internal import LambdaLifecycle

/// Where the right-aligned columns of a list of phases end: moments of a long session are longer.
private struct PhaseColumns {
  var begin, end, length: Int

  init(of phases: some Sequence<Inspector.PhaseLine>) {
    let longest = phases.map { max($0.begin.columnCount, $0.end.columnCount) }.max() ?? 0
    let more = max(0, longest - 10)
    begin = 34 + more
    end = 45 + 2 * more
    length = 55 + 2 * more
  }
}

extension Viewer {
  /// Draws what is known of the selected environment: its phases beside the facts where there is room, else
  /// below the first of them.
  /// - Parameter bill: its bill so far.
  func drawDetails(
    _ bill: EnvironmentBill, into frame: inout Frame, _ rows: Range<Int>, _ scene: borrowing Scene
  ) {
    guard let selected, let track = scene.timeline.track(selected) else {
      frame.write("No environment is selected.", column: 1, row: rows.lowerBound)
      return
    }
    let inspector = Inspector(track, scene, bill)
    let columns = PhaseColumns(of: inspector.phases)
    // The facts beside them need most of the room.
    let longest = inspector.phases.map(\.note.columnCount).max() ?? 0
    let noteWidth = max(9, min(longest, frame.columns - columns.length - 2 - 72))
    let beside = columns.length + 2 + noteWidth
    guard frame.columns >= beside + 44 else {
      // The facts that matter most, then the latest phases.
      // The state itself stands in the environment's row.
      let all = rows.count < 4 ? inspector.facts.filter { $0.name != "state" } : inspector.facts
      let facts = lines(of: all, columns: frame.columns)
      let first = lines(of: Array(all.prefix(4)), columns: frame.columns)
      let above = max(min(first.count, rows.count), rows.count - inspector.phases.count)
      draw(facts.prefix(above), into: &frame, row: rows.lowerBound)
      let below = rows.dropFirst(min(above, facts.count))
      draw(
        inspector.phases.suffix(below.count), columns, into: &frame, row: below.lowerBound,
        limit: frame.columns)
      return
    }
    let style = Style(.quiet)
    frame.write(" latest of each phase", column: 0, row: rows.lowerBound, style: style)
    for (end, title) in [
      (columns.begin, "begin"), (columns.end, "end"), (columns.length, "length"),
    ] {
      frame.write(title, column: end - title.columnCount, row: rows.lowerBound, style: style)
    }
    draw(
      inspector.phases.suffix(rows.count - 1), columns, into: &frame, row: rows.lowerBound + 1,
      limit: beside - 1)
    let facts = lines(of: inspector.facts, columns: frame.columns - beside)
    draw(facts.prefix(rows.count), into: &frame, row: rows.lowerBound, column: beside)
  }

  private func draw(
    _ phases: ArraySlice<Inspector.PhaseLine>, _ columns: PhaseColumns, into frame: inout Frame, row: Int,
    limit: Int
  ) {
    for (row, phase) in zip(row..., phases) {
      // The colour is the phase's, the words are the text's.
      frame.write(painter.glyphs.isASCII ? "*" : "■", column: 1, row: row, style: Style(phase.role))
      frame.write(phase.title, column: 3, row: row)
      let numbers = [
        (phase.begin, columns.begin), (phase.end, columns.end),
        (phase.length, columns.length),
      ]
      for (text, end) in numbers {
        let style = Style(end == columns.length ? .strong : .text)
        frame.write(text, column: end - text.columnCount, row: row, style: style, limit: limit)
      }
      let column = columns.length + 1
      let fits = phase.note.columnCount <= limit - column
      let note = fits ? phase.note : phase.shortNote
      let words = wrap(note, first: limit - column, others: limit - column)
      frame.write(words[0], column: column, row: row, style: Style(.quiet), limit: limit)
    }
  }

  /// Facts with their names in a column of their own, broken to `columns`.
  private func lines(of facts: [Inspector.Fact], columns: Int) -> [PaneLine] {
    let width = 11  // of the longest name
    let room = columns - width - 3
    return facts.flatMap { fact in
      // Parts of a fact stay whole where a line has room for them; a line neither begins nor ends with a dot.
      wrap(parts: fact.parts, joined: " \(painter.glyphs.dot) ", width: room).enumerated().map {
        index, part in
        let name = index == 0 ? fact.name : ""
        return PaneLine(
          text: part, heading: name + String(repeating: " ", count: width - name.columnCount),
          headingRole: .quiet)
      }
    }
  }
}
