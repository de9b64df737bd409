internal import LambdaLifecycle

extension Viewer {
  /// Draws the last row: the line being typed, a message, or the keys that matter most.
  func drawFooter(into frame: inout Frame, _ hits: inout HitMap, _ layout: Layout, _ stage: Stage) {
    let row = layout.footerRow
    frame.fill(row: row, from: 0, to: frame.columns, with: Cell(" ", Style(.text, on: .bar)))
    if case .prompt(let prompt) = overlay, prompt.purpose != .filter {
      return drawPrompt(prompt, stage.lead, into: &frame, row: row)
    }
    if isTyping || !filter.isEmpty && stage.surroundings.message.isEmpty {
      return drawFilter(into: &frame, &hits, row: row)
    }
    guard stage.surroundings.message.isEmpty else {
      let text = clipped(stage.surroundings.message, to: frame.columns - 2)
      frame.write(" " + text, column: 0, row: row, style: Style(.strong, on: .bar, .bold))
      return
    }
    drawKeys(stage, into: &frame, &hits, row: row)
  }

  /// The keys that matter most for this use, as far as they fit; help and quit are always there.
  private func drawKeys(_ stage: Stage, into frame: inout Frame, _ hits: inout HitMap, row: Int) {
    var column = 1
    func write(_ key: (label: String, word: String), _ hits: inout HitMap) {
      hits.add(labels: key.label, word: key.word, row: row, column: column)
      column = frame.write(key.label, column: column, row: row, style: Style(.strong, on: .bar, .bold))
      column = frame.write(" \(key.word)  ", column: column, row: row, style: Style(.quiet, on: .bar))
    }
    let own = overlayKeys
    let reserved = own == nil ? 15 : 8
    let keys = own ?? usualKeys(stage)
    // For a projector few keys, and the one that leads back.
    for key in isBig ? keys.prefix(4) + [(KeyTable.shortLabel(.big), "small")] : keys[...] {
      let label = painter.glyphs.isASCII ? key.label.arrowsAsWords : key.label
      guard column + label.columnCount + key.word.columnCount + 3 + reserved <= frame.columns else {
        continue
      }
      write((label, key.word), &hits)
    }
    if own == nil { write(("?", "help"), &hits) }
    write(("q", "quit"), &hits)
  }

  /// The keys of this use, where nothing lies over the lanes.
  private func usualKeys(_ stage: Stage) -> [(label: String, word: String)] {
    KeyTable.footer(
      stage.lead, isLesson: stage.lesson != nil, canRequest: stage.surroundings.canRequest,
      canEnd: stage.surroundings.canEnd)
  }
}

extension String {
  /// For terminals without Unicode.
  var arrowsAsWords: String {
    let words: [Character: String] = ["←": "left", "→": "right", "↑": "up", "↓": "down"]
    return map { words[$0] ?? String($0) }.joined()
  }
}
