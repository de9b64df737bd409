/// A line in pieces of different styles, as a prompt with keys in it.
struct StyledText {
  /// A piece with a key is that key when it is clicked.
  private(set) var pieces: [(text: String, style: Style, key: Key?)] = []

  var width: Int { pieces.reduce(0) { $0 + $1.text.columnCount } }

  func plain(_ text: String, _ role: Role = .text) -> StyledText { adding(text, Style(role)) }

  func strong(_ text: String) -> StyledText { adding(text, Style(.strong, on: .screen, .bold)) }

  /// A key, as it looks on a keyboard.
  func key(_ label: String) -> StyledText {
    adding(" \(label) ", Style(.strong, on: .screen, [.bold, .reverse]), KeyTable.key(named: label))
  }

  /// With another line behind it.
  func joined(_ other: StyledText) -> StyledText {
    var line = self
    line.pieces += other.pieces
    return line
  }

  /// The meaning of a key, behind it: to click on it is to press the key.
  func word(_ text: String, of label: String) -> StyledText {
    adding(text, Style(.text), KeyTable.key(named: label))
  }

  private func adding(_ text: String, _ style: Style, _ key: Key? = nil) -> StyledText {
    var line = self
    line.pieces.append((text, style, key))
    return line
  }
}

extension Frame {
  /// - Returns: the column after the text.
  @discardableResult
  mutating func write(_ line: StyledText, column: Int, row: Int, limit: Int? = nil) -> Int {
    var column = column
    for piece in line.pieces {
      column = write(piece.text, column: column, row: row, style: piece.style, limit: limit)
    }
    return column
  }
}
