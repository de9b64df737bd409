extension Frame {
  /// The approximate number of bytes that turn a screen that shows the other frame into one that shows this.
  /// They are counted as terminals mostly get them: each stretch of changed cells of one style begins with a
  /// movement and a style.
  package func bytes(after other: Frame?) -> Int {
    let old = other.flatMap { $0.columns == columns && $0.rows == rows ? $0.cells : nil }
    var bytes = 0
    var style: Style?
    for place in cells.indices {
      let cell = cells[place]
      if let old, old[place] == cell {
        style = nil
        continue
      }
      if cell.style != style { bytes += Self.bytesOfStretch }
      style = cell.style
      bytes += cell.glyph < 0x80 ? 1 : 3
    }
    return bytes
  }

  /// As `\u{1B}[12;34H\u{1B}[0;1m\u{1B}[38;5;36m`; half of the stretches need no more than one of its parts.
  private static let bytesOfStretch = 16
}
