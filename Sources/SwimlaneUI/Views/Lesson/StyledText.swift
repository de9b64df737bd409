/// A line in pieces of different styles, as a prompt with keys in it.
struct StyledText {
  private(set) var pieces: [(text: String, style: Style)] = []

  var width: Int { pieces.reduce(0) { $0 + $1.text.columnCount } }

  func plain(_ text: String, _ role: Role = .text) -> StyledText { adding(text, Style(role)) }

  func strong(_ text: String) -> StyledText { adding(text, Style(.strong, on: .screen, .bold)) }

  /// A key, as it looks on a keyboard.
  func key(_ label: String) -> StyledText {
    adding(" \(label) ", Style(.strong, on: .screen, [.bold, .reverse]))
  }

  private func adding(_ text: String, _ style: Style) -> StyledText {
    var line = self
    line.pieces.append((text, style))
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
