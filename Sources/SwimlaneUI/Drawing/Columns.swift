// How many columns of a screen text takes, and what of it is shown.
//
// Text from outside may hold anything, and a row must come out as it was drawn on every terminal. So a letter and its
// marks are one character where Unicode has one, and the letter alone elsewhere; wide characters take two columns.
// Text from right to left is not shown: terminals that know about directions turn the row around, with everything that
// stands beside it, those that do not show it backwards, and no sequence distinguishes the two.

extension Unicode.Scalar {
  /// The columns that it takes: 2 for wide ones, 0 for marks on the one before, else 1, as its stand-in has.
  package var columns: Int {
    if value < 0x300 { return 1 }
    if isWide { return 2 }
    return isMark ? 0 : 1
  }

  /// It is shown as it is, in one column or two.
  package var isShown: Bool {
    switch value {
    case 0x20...0x7E, 0x2500...0x25FC: true
    case 0..<0x20: false
    default: value.isInside(ColumnTables.one) || isWide
    }
  }

  /// Itself where it is shown, else a stand-in of one column: control characters show as `·`, others as `?`.
  package var shown: Unicode.Scalar {
    if isShown { return self }
    return switch value {
    case 0..<0x20, 0x7F..<0xA0: "·"
    case 0xAD: "-"
    default: "?"
    }
  }

  /// It takes two columns.
  var isWide: Bool {
    // Boxes and bars are most of what is drawn.
    if value < 0x1100 || (0x2500...0x25FC).contains(value) { return false }
    return value.isInside(ColumnTables.two)
  }

  /// It belongs to the character before it.
  var isMark: Bool { value >= 0x300 && value.isInside(ColumnTables.none) }
}

extension UInt32 {
  /// - Parameter edges: where ranges begin and end, in turns.
  fileprivate func isInside(_ edges: [UInt32]) -> Bool {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= self { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}

extension StringProtocol {
  /// Columns that the text takes on a screen.
  package var columnCount: Int {
    // As good as all of them.
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return ComposedScalars(unicodeScalars).reduce(0) { $0 + $1.columns }
  }

  /// As much of its beginning as so many columns hold.
  package func prefix(columns: Int) -> String {
    var (text, end) = (String.UnicodeScalarView(), 0)
    for scalar in ComposedScalars(unicodeScalars) {
      end += scalar.columns
      if end > columns { break }
      text.append(scalar)
    }
    return String(text)
  }

  /// As much of its end as so many columns hold.
  package func suffix(columns: Int) -> String {
    let scalars = Array(ComposedScalars(unicodeScalars))
    var (first, width) = (scalars.endIndex, 0)
    while first > 0, width + scalars[first - 1].columns <= columns {
      first -= 1
      width += scalars[first].columns
    }
    return String(String.UnicodeScalarView(scalars[first...]))
  }

  /// Broken where so many columns are full, in the middle of words too; an empty text is one line.
  package func broken(columns: Int) -> [String] {
    var (lines, line, width) = ([String](), String.UnicodeScalarView(), 0)
    for scalar in ComposedScalars(unicodeScalars) {
      if width + scalar.columns > columns, width > 0 {
        lines.append(String(line))
        (line, width) = (String.UnicodeScalarView(), 0)
      }
      line.append(scalar)
      width += scalar.columns
    }
    return lines + [String(line)]
  }
}
