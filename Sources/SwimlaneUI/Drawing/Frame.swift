/// One character cell of the screen.
package struct Cell: Equatable, Sendable {
  /// A Unicode scalar that is one column wide.
  package var glyph: UInt32
  package var style: Style

  package init(_ glyph: Unicode.Scalar, _ style: Style = Style()) {
    self.glyph = glyph.value
    self.style = style
  }

  package static var blank: Cell { Cell(" ") }
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

  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * columns + column] }
    set {
      guard column >= 0, column < columns, row >= 0, row < rows else { return }
      cells[row * columns + column] = newValue
    }
  }

  /// Writes text from a column on, clipped at the frame and at `limit` (a column, exclusive).
  ///
  /// Anything that is not one printable column wide is replaced, so that no text from outside can move the cursor.
  /// - Returns: the column after the text.
  @discardableResult
  package mutating func write(
    _ text: String, column: Int, row: Int, style: Style = Style(), limit: Int? = nil
  ) -> Int {
    let end = min(limit ?? columns, columns)
    var column = column
    for scalar in text.unicodeScalars {
      guard column < end else { break }
      if column >= 0 { self[column, row] = Cell(scalar.oneColumn, style) }
      column += 1
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
      for column in 0..<columns { line.append(Unicode.Scalar(self[column, row].glyph) ?? " ") }
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}

extension Unicode.Scalar {
  /// Itself where it is printable and one column wide, else a stand-in: control characters show as `·`, wide and
  /// combining ones as `?`.
  package var oneColumn: Unicode.Scalar {
    switch value {
    case 0x20...0x7E: return self
    case 0..<0x20, 0x7F..<0xA0: return "·"
    case 0xA0..<0x300: return value == 0xAD ? "-" : self
    // Greek and Cyrillic without what is unassigned there, punctuation, arrows, mathematics.
    case 0x370...0x377, 0x37A...0x37F, 0x384...0x38A, 0x38C, 0x38E...0x3A1, 0x3A3..<0x483: return self
    case 0x48A..<0x530, 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x21FF, 0x2200...0x22FF: return self
    // Boxes, blocks and shapes but for two that are wide, and a few signs.
    case 0x2500...0x25FC, 0x25FF, 0x2713...0x2718, 0x276F, 0x2744: return self
    default: return "?"
    }
  }
}

extension StringProtocol {
  /// Columns that the text takes on a screen.
  package var columnCount: Int { unicodeScalars.count }
}
