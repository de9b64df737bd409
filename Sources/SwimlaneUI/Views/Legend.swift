internal import LambdaLifecycle

/// A sign as it stands on the screen, three columns wide, and its meaning.
struct LegendItem {
  var cells: [Cell]
  var title: String
}

extension Viewer {
  /// Every sign that the screen uses: bars, marks, requests, states.
  var legend: [LegendItem] { bars + marks + states }

  private var bars: [LegendItem] {
    let glyphs = painter.glyphs
    let shapes = Phase.allCases.map { phase in
      LegendItem(
        cells: bar(painter.style(phase), phase),
        title: phase.profile.isWhole ? "\(phase.title), not divided" : phase.title)
    }
    let hollow = [glyphs.hollowStart, "?", glyphs.hollowEnd].map { Cell($0, Style(.frozen)) }
    return shapes + [
      LegendItem(cells: hollow, title: "inferred: nobody said"),
      LegendItem(cells: three(painter.extensionsWork(.invoke)), title: "extensions still work"),
      single(glyphs.mark, .text, "too short for the scale"),
    ]
  }

  /// A phase's bar, with the letter that it carries where an environment is one bar.
  private func bar(_ style: PhaseStyle, _ phase: Phase) -> [Cell] {
    var cells = three(style)
    if style.letter != " " { cells[1] = painter.letter(of: phase) }
    return cells
  }

  private var marks: [LegendItem] {
    let glyphs = painter.glyphs
    return [
      single(glyphs.coldRequest, .strong, "cold: waits for an init"),
      single(glyphs.warmRequest, .text, "warm"),
      single(glyphs.reinitRequest, .strong, "re-init after a reset"),
      single(glyphs.failedRequest, .bad, "failed"), single(glyphs.now, .quiet, "the moment looked at"),
      single(glyphs.running, .strong, "the line that runs"),
    ] + ProcessSign.Kind.allCases.map { single(glyphs.sign($0), $0.role, $0.meaning) }
  }

  private var states: [LegendItem] {
    let states: [EnvironmentState] = [
      .creating, .initializing, .restoring, .publishing, .invoking, .frozen, .idle, .resetting, .shuttingDown,
      .gone, .unknown,
    ]
    return states.map { state in
      single(
        state.sign(ascii: painter.glyphs.isASCII), state.role, state == .resetting ? "reset" : state.title)
    }
  }

  private func three(_ style: PhaseStyle) -> [Cell] {
    Array(repeating: Cell(style.glyph, painter.look(style)), count: 3)
  }

  private func single(_ glyph: Unicode.Scalar, _ role: Role, _ title: String) -> LegendItem {
    LegendItem(cells: [.blank, Cell(glyph, Style(role, on: .screen, .bold)), .blank], title: title)
  }

  func drawLegend(_ items: ArraySlice<LegendItem>, into frame: inout Frame, row: Int) {
    for (index, item) in items.enumerated() {
      let column = 2 + index * legendWidth
      for (offset, cell) in item.cells.enumerated() { frame[column + offset, row] = cell }
      frame.write(item.title, column: column + 4, row: row, style: Style(.text))
    }
  }

  var legendWidth: Int { 29 }
}
