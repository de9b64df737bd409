internal import LambdaLifecycle

extension BarPainter {
  /// Closes the hollow bars of inferred spans that have been painted into a row, and puts a question mark in each.
  func outline(
    _ lane: borrowing Lane, into frame: inout Frame, row: Int, column first: Int, _ viewport: Viewport,
    limit: Timestamp
  ) {
    guard !lane.isEmpty else { return }
    let reachesIn = lane.open(at: viewport.left &- 1) > 0
    let reachesOut = lane.open(at: min(limit, viewport.right &- 1)) > 0
    func isHollow(_ column: Int) -> Bool {
      column < viewport.columns && frame[first + column, row].glyph == inferred.glyph.value
    }
    let last = (0..<viewport.columns).last(where: isHollow)
    var start = 0
    while start < viewport.columns {
      guard isHollow(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while isHollow(end) { end += 1 }
      func put(_ glyph: Unicode.Scalar, _ column: Int) {
        frame[first + column, row] = Cell(glyph, Style(inferred.role))
      }
      if end - start > 1 {
        if start > 0 || !reachesIn { put(glyphs.hollowStart, start) }
        if end - 1 != last || !reachesOut { put(glyphs.hollowEnd, end - 1) }
      }
      if end - start != 2 { put("?", (start + end) / 2) }
      start = end
    }
  }
}
