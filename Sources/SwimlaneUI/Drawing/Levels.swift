extension GlyphSet {
  /// A bar of a cell's height, in eighths; nothing short of one for nothing.
  func level(_ value: Int, of most: Int) -> Unicode.Scalar? {
    guard value > 0, most > 0 else { return nil }
    let eighths = min(8, max(1, (value * 8 + most / 2) / most))
    if isASCII { return Array(".:-=+*#@".unicodeScalars)[eighths - 1] }
    return Unicode.Scalar(0x2580 + UInt32(eighths)) ?? full
  }
}

extension BarPainter {
  /// Draws values as bars of a cell's height.
  func paint(
    levels: [Int], of most: Int, _ style: Style, into frame: inout Frame, row: Int, column first: Int
  ) {
    for (offset, value) in levels.enumerated() {
      guard let glyph = glyphs.level(value, of: most) else { continue }
      frame[first + offset, row] = Cell(glyph, style)
    }
  }
}
