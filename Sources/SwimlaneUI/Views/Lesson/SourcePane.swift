internal import LambdaLifecycle

extension Viewer {
  /// Columns of the source beside the lanes; narrower screens show it in a pane of its own.
  static let sourceWidth = 40

  /// The functions' source beside the lanes.
  func drawSources(
    into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard !layout.side.isEmpty, !scene.stage.sources.isEmpty else { return }
    let rows = 1..<layout.environments.upperBound
    for row in rows { frame[layout.side.lowerBound, row] = Cell(painter.glyphs.divider, Style(.rule)) }
    let columns = layout.side.dropFirst(2)
    let sources = sources(fitting: rows.count / 4, scene)
    let share = rows.count / sources.count
    for (place, function) in sources.enumerated() {
      let first = rows.lowerBound + place * share
      drawSource(
        function, into: &frame, rows: first..<first + share, columns: columns, scene)
    }
  }

  /// Rows below the lanes that a narrow screen keeps for the line that runs and what is in memory.
  func rowsOfCode(_ stage: Stage) -> Int {
    arrangement.columns < Layout.columnsForSource && !stage.sources.isEmpty && !arrangement.lanesGiveWay
      && !isBig ? 2 : 0
  }

  /// On a narrow screen, in rows that the lanes leave: the source of two functions that are compared, or the line that
  /// runs and what is in memory.
  func drawSourceLines(
    into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard layout.side.isEmpty, pane != .source else { return }
    let free = layout.environments.dropFirst(arrangement.listedRows)
    guard let selected, let track = scene.timeline.track(selected) else {
      // Before there is an environment, a sentence may speak of the source already.
      if scene.stage.pointsAt(.source) {
        drawSources(into: &frame, free.dropFirst(), 1..<layout.columns, scene)
      }
      return
    }
    let needed = scene.stage.sources.map { leastHeight(of: $0) }.max() ?? 0
    if scene.stage.sources.count > 1, layout.columns >= 70, free.count >= needed {
      let rows = free.count > needed ? free.dropFirst() : free
      return drawSources(into: &frame, rows, 1..<layout.columns, scene)
    }
    guard let function = scene.stage.sources.first(where: { $0.name == scene.catalog.text(track.function) }),
      free.count >= 2
    else { return }
    let state = sourceState(function, in: track, scene)
    let row = layout.environments.upperBound - 2
    title("code", part: .source, into: &frame, columns: 1..<9, row: row, scene.stage)
    if let running = state.running, let phase = state.phase {
      draw(
        function.source[running], isRunning: true, phase, into: &frame, columns: 9..<frame.columns - 1,
        row: row)
    } else {
      frame.write("no line runs", column: 11, row: row, style: Style(.quiet))
    }
    title("memory", part: .memory, into: &frame, columns: 1..<9, row: row + 1, scene.stage)
    let words = state.memory.map { "\($0.name) = \($0.value)" }.joined(separator: "  \(painter.glyphs.dot)  ")
    let empty = track.gone <= scene.stage.time ? "lost with the environment" : "empty"
    frame.write(
      words.isEmpty ? empty : words, column: 11, row: row + 1, style: Style(words.isEmpty ? .quiet : .strong))
  }

  /// The same in a pane: one function beside the other.
  func drawSources(
    into frame: inout Frame, _ rows: Range<Int>, _ columns: Range<Int>, _ scene: borrowing Scene
  ) {
    let sources = sources(fitting: columns.count / 20, scene)
    guard !sources.isEmpty else { return }
    let share = columns.count / sources.count
    for (place, function) in sources.enumerated() {
      let first = columns.lowerBound + place * share
      drawSource(
        function, into: &frame, rows: rows, columns: first..<first + share - 1, scene)
    }
  }

  /// The functions with source, as many as there is room for: with the one of the selected environment.
  private func sources(
    fitting room: Int, _ scene: borrowing Scene
  ) -> ArraySlice<FunctionScenario> {
    let count = min(max(1, room), scene.stage.sources.count)
    let function = selected.map { scene.catalog.text(scene.catalog.function(of: $0)) }
    let place = scene.stage.sources.firstIndex { $0.name == function } ?? 0
    let first = max(0, min(place, scene.stage.sources.count - count))
    return scene.stage.sources[first..<first + count]
  }

  private func drawSource(
    _ function: FunctionScenario, into frame: inout Frame, rows: Range<Int>, columns: Range<Int>,
    _ scene: borrowing Scene
  ) {
    let environment = environment(of: function.name, scene)
    let state = sourceState(function, in: environment, scene)
    let limit = columns.upperBound
    var row = rows.lowerBound
    title("source of \(function.name)", part: .source, into: &frame, columns: columns, row: row, scene.stage)
    row += 1
    // Variables in memory matter more than empty lines, and more than the last ones.
    let variables = variableCount(function)
    let figures = figureLines(function, scene.stage)
    // As many rows for each, so that they stand side by side.
    let needed = (scene.stage.sources.map { leastHeight(of: $0) }.max() ?? 1) - 1
    let shownFigures = figures.prefix(max(0, rows.upperBound - row - needed))
    for line in shownFigures {
      frame.write(line, column: columns.lowerBound + 2, row: row, limit: limit)
      row += 1
    }
    // Without a row of its own, what callers waited stands behind the name where there is room.
    if shownFigures.isEmpty, let waits = figures.first {
      let column = columns.lowerBound + "source of \(function.name)  ".columnCount
      if column + waits.width <= limit { frame.write(waits, column: column, row: row - 1, limit: limit) }
    }
    let room = max(1, rows.upperBound - row - (variables > 0 ? variables + 1 : 0))
    let lines = Array(function.source.enumerated())
    let shown = lines.count <= room ? lines : lines.filter { !$0.element.code.isEmpty }
    for (place, line) in shown.prefix(room) {
      draw(line, isRunning: place == state.running, state.phase, into: &frame, columns: columns, row: row)
      row += 1
    }
    guard variables > 0, row + 1 < rows.upperBound else { return }
    row += row + variables + 2 <= rows.upperBound ? 1 : 0
    let name = environment.map { scene.catalog.text($0.id) }
    title(
      "memory" + (name.map { " of \($0)" } ?? ""), part: .memory, into: &frame, columns: columns, row: row,
      scene.stage)
    row += 1
    guard !state.memory.isEmpty else {
      let isGone = environment.map { $0.gone <= scene.stage.time } ?? false
      frame.write(
        isGone ? "  lost with the environment" : "  empty", column: columns.lowerBound, row: row,
        style: Style(.quiet), limit: limit)
      return
    }
    for variable in state.memory where row < rows.upperBound {
      let column = frame.write(
        "  \(variable.name) = ", column: columns.lowerBound, row: row, style: Style(.text), limit: limit)
      frame.write(
        variable.value, column: column, row: row, style: Style(.strong, on: .screen, .bold), limit: limit)
      row += 1
    }
  }

  /// The waits of this function's callers, and its cost so far, where functions are compared.
  private func figureLines(_ function: FunctionScenario, _ stage: Stage) -> [StyledText] {
    guard let figures = stage.functions.first(where: { $0.name == function.name })?.figures else { return [] }
    return [waited(figures), billed(figures)].filter { !$0.pieces.isEmpty }
  }

  private func sourceState(
    _ function: FunctionScenario, in track: EnvironmentTrack?, _ scene: borrowing Scene
  ) -> SourceState {
    // An environment keeps the memory that it was created with.
    let memoryMB = track.flatMap { scene.timeline.description(of: $0.function, at: $0.created)?.memoryMB }
    let number = track.map { Int(SimulationSession.number(of: $0.id, scene.catalog)) } ?? 0
    return SourceState(
      function, memoryMB: memoryMB ?? function.memoryMB, in: track, environment: number, at: scene.stage.time)
  }

  /// The environment whose code is shown: the selected one, or the function's latest.
  private func environment(
    of function: String, _ scene: borrowing Scene
  ) -> EnvironmentTrack? {
    func isOne(_ track: borrowing EnvironmentTrack) -> Bool {
      track.created <= scene.stage.time
        && scene.catalog.text(scene.catalog.function(of: track.id)) == function
    }
    if let selected, let track = scene.timeline.track(selected), isOne(track) { return track }
    return scene.timeline.tracks.last(where: isOne)
  }

  /// Rows of a title, the lines that are not empty, and what can be in memory.
  private func leastHeight(of function: FunctionScenario) -> Int {
    let variables = variableCount(function)
    return 1 + function.source.count { !$0.code.isEmpty } + (variables > 0 ? variables + 1 : 0)
  }

  private func variableCount(_ function: FunctionScenario) -> Int {
    Set(function.source.flatMap(\.sets).map(\.name)).count
  }

  private func title(
    _ text: String, part: LessonView.Part, into frame: inout Frame, columns: Range<Int>, row: Int,
    _ stage: Stage
  ) {
    let isPointedAt = stage.lesson?.step.view.part == part
    frame.write(
      text, column: columns.lowerBound, row: row,
      style: isPointedAt ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(.quiet),
      limit: columns.upperBound)
  }

  private func draw(
    _ line: SourceLine, isRunning: Bool, _ phase: Phase?, into frame: inout Frame, columns: Range<Int>,
    row: Int
  ) {
    guard isRunning, let phase else {
      frame.write(
        "  \(line.code)", column: columns.lowerBound, row: row, style: Style(.text), limit: columns.upperBound
      )
      return
    }
    let style =
      painter.hasColor
      ? Style(.ink, on: painter.style(phase).role, .bold) : Style(.strong, on: .screen, [.bold, .reverse])
    frame.fill(row: row, from: columns.lowerBound, to: columns.upperBound, with: Cell(" ", style))
    frame.write(
      "\(painter.glyphs.running) \(line.code)", column: columns.lowerBound, row: row, style: style,
      limit: columns.upperBound)
  }
}
