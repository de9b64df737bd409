/// The places of all that can be clicked in the last frame, so that a click finds what it means. Views fill
/// it while they draw; areas drawn later lie above.
package struct HitMap: Sendable {
  /// The meaning of a click.
  package enum Target: Equatable, Sendable {
    case key(Key)
    /// The place of an entry in the menu or list that is open.
    case entry(Int)
    /// Nothing: something lies over what was drawn before.
    case nothing
  }

  private struct Area: Sendable {
    var rows: Range<Int>
    var columns: Range<Int>
    var target: Target

    func contains(_ mouse: Mouse) -> Bool { rows.contains(mouse.row) && columns.contains(mouse.column) }
  }

  private var areas: [Area] = []

  package init() {}

  /// A click here is this key.
  package mutating func add(_ key: Key, row: Int, columns: Range<Int>) {
    areas.append(Area(rows: row..<row + 1, columns: columns, target: .key(key)))
  }

  /// A click here chooses this entry of the menu or list that is open.
  package mutating func add(entry: Int, row: Int, columns: Range<Int>) {
    areas.append(Area(rows: row..<row + 1, columns: columns, target: .entry(entry)))
  }

  /// A menu lies here: what is below it cannot be clicked, and the wheel moves in the menu.
  package mutating func cover(rows: Range<Int>, columns: Range<Int>) {
    areas.append(Area(rows: rows, columns: columns, target: .nothing))
  }

  /// A click on one of the keys (`← →`) is that key, a click on the word after them is the first of them.
  package mutating func add(labels: String, word: String, row: Int, column: Int) {
    var start = column
    var first: Key?
    for label in labels.split(separator: " ") {
      let end = start + label.columnCount
      if let key = KeyTable.key(named: label) {
        add(key, row: row, columns: start..<end + 1)
        first = first ?? key
      }
      start = end + 1
    }
    if let first { add(first, row: row, columns: start..<start + word.columnCount) }
  }

  /// The uppermost target here; nil where there is none.
  package func target(at mouse: Mouse) -> Target? { areas.last { $0.contains(mouse) }?.target }

  /// A menu or the help lies here.
  package func isCovered(at mouse: Mouse) -> Bool {
    areas.contains { $0.target == .nothing && $0.contains(mouse) }
  }
}

extension HitMap {
  /// Keys that stand in a text, and the words that mean them.
  mutating func add(_ line: StyledText, column: Int, row: Int) {
    var start = column
    for piece in line.pieces {
      let end = start + piece.text.columnCount
      if let key = piece.key { add(key, row: row, columns: start..<end) }
      start = end
    }
  }
}

extension KeyTable {
  /// The key that a label in the footer or in a text names: `i`, `space`, `PgDn`, `←`.
  package static func key(named name: some StringProtocol) -> Key? {
    let scalars = name.unicodeScalars
    if let only = scalars.first, scalars.count == 1, only.isASCII { return .character(only) }
    return named[String(name)]
  }

  private static let named: [String: Key] = [
    "←": .left, "→": .right, "↑": .up, "↓": .down, "left": .left, "right": .right, "up": .up, "down": .down,
    "space": .character(" "), "enter": .enter, "esc": .escape, "tab": .tab, "home": .home, "end": .end,
    "PgUp": .pageUp, "PgDn": .pageDown, "ctrl-z": .suspend,
  ]
}
