internal import LambdaLifecycle

/// A mark in the columns of a picture.
private struct MarkBar {
  var columns: Range<Int>
  var span: MarkSpan
  var text: String
}

extension BarPainter {
  /// Draws what a function has marked, in the colour of the phase it lies in: thin bars with name and length in or
  /// behind them, as far as there is room.
  func paintMarks(
    _ depth: Int, of track: borrowing EnvironmentTrack, _ catalog: Catalog, into frame: inout Frame, row: Int,
    column first: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    // One that began left of the picture is among the last before it.
    let from = max(0, track.markCount(upTo: viewport.left) - 64)
    let end = track.markCount(upTo: min(viewport.right &- 1, limit))
    guard end - from <= 8 * viewport.columns else {
      return paintDense(track, into: &frame, row: row, column: first, viewport, limit: limit)
    }
    let bars = (from..<max(from, end)).compactMap { index in
      bar(track.markSpan(index), in: depth, catalog, viewport, limit: limit)
    }
    for bar in bars {
      let style = Style(bar.span.phase.map(\.look.role) ?? .text)
      for column in bar.columns {
        frame[first + column, row] = Cell(bar.span.isMoment ? glyphs.moment : glyphs.markBar, style)
      }
    }
    for (index, bar) in bars.enumerated() {
      let next = bars.dropFirst(index + 1).first?.columns.lowerBound ?? viewport.columns
      write(bar, before: next, into: &frame, row: row, column: first, viewport)
    }
  }

  private func bar(
    _ span: MarkSpan, in depth: Int, _ catalog: Catalog, _ viewport: Viewport, limit: Timestamp
  ) -> MarkBar? {
    guard min(span.depth, EnvironmentRow.markRows - 1) == depth else { return nil }
    let end = min(span.end ?? .never, limit)
    let columns =
      viewport.column(of: span.start)..<max(
        viewport.column(of: span.start), viewport.column(of: max(span.start, end &- 1))) + 1
    let shown = columns.clamped(to: 0..<viewport.columns)
    guard !shown.isEmpty else { return nil }
    return MarkBar(columns: shown, span: span, text: catalog.text(of: span, at: limit))
  }

  private func write(
    _ bar: MarkBar, before next: Int, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport
  ) {
    let width = bar.text.columnCount
    let style = Style(.strong)
    if bar.columns.count >= width + 4 {
      let column = bar.columns.lowerBound + (bar.columns.count - width - 2) / 2
      frame.write(" \(bar.text) ", column: first + column, row: row, style: style)
    } else if bar.columns.upperBound + 1 + width < min(next, viewport.columns) {
      frame.write(bar.text, column: first + bar.columns.upperBound + 1, row: row, style: style)
    }
  }

  /// More marks than there is room for: a sign where any began.
  private func paintDense(
    _ track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    var seen = track.markCount(upTo: viewport.left &- 1)
    for column in 0..<viewport.columns {
      let count = track.markCount(upTo: min(viewport.time(of: column + 1) &- 1, limit))
      if count > seen { frame[first + column, row] = Cell(glyphs.mark, Style(.text)) }
      seen = count
    }
  }
}

extension GlyphSet {
  fileprivate var markBar: Unicode.Scalar { isASCII ? "=" : "▬" }
  fileprivate var moment: Unicode.Scalar { isASCII ? "*" : "◆" }
}

extension Catalog {
  /// The words for a mark at a moment: its name and, where it has one, its length until then.
  func text(of span: MarkSpan, at time: Timestamp) -> String {
    let name = text(span.name)
    if span.isMoment { return name }
    guard let end = span.end, end <= time else {
      return "\(name) \(SwimlaneUI.text(ofLength: max(0, time &- span.start))), goes on"
    }
    let length = SwimlaneUI.text(ofLength: end &- span.start)
    return span.isObserved ? "\(name) \(length)" : "\(name) \(length), end not told"
  }
}
