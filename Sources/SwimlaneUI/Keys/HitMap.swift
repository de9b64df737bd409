/// What the last frame shows where, so that a click finds the key it stands for. Views fill it while they draw.
package struct HitMap: Sendable {
  private struct Area: Sendable {
    var rows: Range<Int>
    var columns: Range<Int>
    /// Nil: something lies over what was drawn before.
    var key: Key?

    func contains(_ mouse: Mouse) -> Bool { rows.contains(mouse.row) && columns.contains(mouse.column) }
  }

  private var areas: [Area] = []

  package init() {}

  /// A click here is this key.
  package mutating func add(_ key: Key, row: Int, columns: Range<Int>) {
    areas.append(Area(rows: row..<row + 1, columns: columns, key: key))
  }

  /// A menu lies here: what is below it cannot be clicked, and the wheel moves in the menu.
  package mutating func cover(rows: Range<Int>, columns: Range<Int>) {
    areas.append(Area(rows: rows, columns: columns, key: nil))
  }

  /// A click on one of the keys (`← →`) is that key, a click on the word after them is the first of them.
  package mutating func add(labels: String, word: String, row: Int, column: Int) {
    var start = column
    var first: Key?
    for label in labels.split(separator: " ") {
      let end = start + label.unicodeScalars.count
      if let key = KeyTable.key(named: label) {
        add(key, row: row, columns: start..<end + 1)
        first = first ?? key
      }
      start = end + 1
    }
    if let first { add(first, row: row, columns: start..<start + word.unicodeScalars.count) }
  }

  package func key(at mouse: Mouse) -> Key? { areas.last { $0.contains(mouse) }?.key }

  package func isCovered(at mouse: Mouse) -> Bool { areas.contains { $0.key == nil && $0.contains(mouse) } }
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
