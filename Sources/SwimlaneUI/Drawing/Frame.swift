/// One character cell of the screen.
package struct Cell: Equatable, Sendable {
  /// A Unicode scalar that takes this cell, or this one and the next; `continuation` in that next cell.
  package var glyph: UInt32
  package var style: Style

  package init(_ glyph: Unicode.Scalar, _ style: Style = Style()) {
    self.glyph = glyph.value
    self.style = style
  }

  package static var blank: Cell { Cell(" ") }

  /// The glyph of a cell that the wide one before it takes too.
  package static let continuation: UInt32 = 0

  /// For a character of which only a half would be seen.
  fileprivate static let standIn: Unicode.Scalar = "?"

  /// The wide character in the cell before takes this one too.
  package var isContinuation: Bool { glyph == Self.continuation }
}

/// How a cell looks, said by meaning; a `Theme` turns roles into colours.
package struct Style: Equatable, Hashable, Sendable {
  package var foreground: Role
  package var background: Role
  package var attributes: Attributes

  package init(_ foreground: Role = .text, on background: Role = .screen, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let bold = Attributes(rawValue: 1)
    package static let reverse = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
  }
}

/// The screen as a value: a grid of styled cells. Views draw into it, tests read it, one file shows it.
package struct Frame: Equatable, Sendable {
  package let columns: Int
  package let rows: Int
  package private(set) var cells: [Cell]

  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    cells = Array(repeating: .blank, count: self.columns * self.rows)
  }

  /// A wide character takes the next cell too, and both have one style. Where one of the two is overwritten, the other
  /// becomes blank; where there is no room for both, a stand-in is written. A cell outside is not written.
  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * columns + column] }
    set {
      guard column >= 0, column < columns, row >= 0, row < rows else { return }
      let place = row * columns + column
      let old = cells[place].glyph
      if newValue.glyph == old {
        cells[place] = newValue
        // Neither half looks different from the other.
        if old == Cell.continuation { cells[place - 1].style = newValue.style }
        if hasContinuation(column, place) { cells[place + 1].style = newValue.style }
        return
      }
      if old == Cell.continuation { cells[place - 1].glyph = Cell.blank.glyph }
      if hasContinuation(column, place) { cells[place + 1].glyph = Cell.blank.glyph }
      cells[place] = newValue
      if newValue.glyph == Cell.continuation { cells[place].glyph = Cell.blank.glyph }
      if Unicode.Scalar(newValue.glyph)?.isWide ?? false { widen(column, place) }
    }
  }

  private func hasContinuation(_ column: Int, _ place: Int) -> Bool {
    column + 1 < columns && cells[place + 1].isContinuation
  }

  /// Makes the cell behind a wide character a part of it.
  private mutating func widen(_ column: Int, _ place: Int) {
    guard column + 1 < columns else {
      cells[place].glyph = Cell.standIn.value
      return
    }
    if hasContinuation(column + 1, place + 1) { cells[place + 2].glyph = Cell.blank.glyph }
    cells[place + 1] = cells[place]
    cells[place + 1].glyph = Cell.continuation
  }

  /// Writes text from a column on, clipped at the frame and at `limit` (a column, exclusive).
  ///
  /// Anything that a terminal might not show in as many columns as are counted here is replaced, so that no text from
  /// outside can move the cursor; so is a wide character of which only a half has room.
  /// - Returns: the column after the text.
  @discardableResult
  package mutating func write(
    _ text: String, column: Int, row: Int, style: Style = Style(), limit: Int? = nil
  ) -> Int {
    let end = min(limit ?? columns, columns)
    var column = column
    for scalar in ComposedScalars(text.unicodeScalars) {
      guard column < end else { break }
      let width = scalar.columns
      if column >= 0, column + width <= end {
        self[column, row] = Cell(scalar.shown, style)
      } else if width == 2, column >= -1, max(0, column) < end {
        self[max(0, column), row] = Cell(Cell.standIn, style)
      }
      column += min(width, end - column)
    }
    return column
  }

  /// Fills a part of a row.
  package mutating func fill(row: Int, from start: Int, to end: Int, with cell: Cell) {
    for column in max(0, start)..<max(max(0, start), min(end, columns)) { self[column, row] = cell }
  }

  /// The frame's characters, a line a row, trailing blanks removed.
  package var text: String {
    (0..<rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<columns where !self[column, row].isContinuation {
        line.append(Unicode.Scalar(self[column, row].glyph) ?? " ")
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}
