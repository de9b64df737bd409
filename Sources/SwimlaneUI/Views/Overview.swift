internal import LambdaLifecycle

// A recording at a glance, in one row below the lanes: when requests arrived, cold starts and errors, where the picture
// is and which moment is looked at. A click or a drag looks at another one.

extension GlyphSet {
  /// A moment that somebody has named.
  var bookmark: Unicode.Scalar { isASCII ? "*" : "◆" }
}

extension Viewer {
  func drawOverview(into frame: inout Frame, _ layout: Layout, _ scene: borrowing Scene) {
    guard let row = layout.overviewRow, let whole = arrangement.whole?.viewport else { return }
    let begin = place(of: scene.timeline.first, whole)
    let part =
      (place(of: scene.stage.time, whole) - begin) / max(0.001, place(of: scene.stage.newest, whole) - begin)
    let percent = Int((min(1, max(0, part)) * 100).rounded())
    let label =
      scene.stage.surroundings.isReading
      ? "reading \(scene.stage.surroundings.readPercent.map { "\($0) %" } ?? "…")"
      : "whole  \(percent) %" + (isFiltered ? "  filtered" : "")
    frame.write(" \(label)", column: 0, row: row, style: Style(.quiet), limit: layout.labelWidth)
    let edges = whole.edges
    let arrivals = counts(in: edges) { scene.timeline.arrivals.count(upTo: $0, from: $1) }
    let cold = counts(in: edges) { scene.timeline.coldArrivals.count(upTo: $0, from: $1) }
    let bad = counts(in: edges) { scene.timeline.badAnswers.count(upTo: $0, from: $1) }
    let most = arrivals.max() ?? 0
    let marked = Set(
      scene.timeline.landmarks[.marker].map { whole.column(of: $0.time) })
    var (shownBad, shownCold) = (Dither(), Dither())
    for column in 0..<whole.columns {
      let all = Double(max(1, arrivals[column], bad[column]))
      let isBad = shownBad.paints(Double(bad[column]) / all, at: column)
      let isCold = shownCold.paints(Double(cold[column]) / all, at: column)
      let ground: Role = isInPicture(whole, column) ? .bar : .screen
      var cell = Cell(" ", Style(.text, on: ground))
      if isBad {
        cell = Cell(painter.glyphs.failedRequest, Style(.bad, on: ground, .bold))
      } else if isCold {
        cell = Cell(painter.glyphs.coldRequest, Style(.strong, on: ground))
      } else if let glyph = painter.glyphs.level(arrivals[column], of: most) {
        cell = Cell(glyph, Style(.text, on: ground))
      }
      if marked.contains(column) { cell = Cell(painter.glyphs.bookmark, Style(.strong, on: ground, .bold)) }
      frame[layout.labelWidth + column, row] = cell
    }
    for gap in whole.breaks {
      for column in [gap.columns.lowerBound, gap.columns.upperBound - 1]
      where (0..<whole.columns).contains(column)
        && frame[layout.labelWidth + column, row].glyph == Cell.blank.glyph
      {
        frame[layout.labelWidth + column, row].glyph = painter.glyphs.axisBreak.value
      }
    }
    for moment in [scene.stage.loop?.lowerBound, scene.stage.loop?.upperBound].compactMap({ $0 }) {
      mark(moment, painter.glyphs.measure, whole, into: &frame, layout, row: row)
    }
    mark(scene.stage.time, painter.glyphs.now, whole, into: &frame, layout, row: row)
  }

  /// Columns from the session's beginning to a moment.
  func place(of time: Timestamp, _ whole: Viewport) -> Double {
    let column = min(max(0, whole.column(of: time)), whole.columns - 1)
    return Double(column) + Double(time &- whole.time(of: column)) / Double(max(1, whole.width(of: column)))
  }

  private func mark(
    _ time: Timestamp, _ glyph: Unicode.Scalar, _ whole: Viewport, into frame: inout Frame, _ layout: Layout,
    row: Int
  ) {
    let column = min(max(0, whole.column(of: time)), whole.columns - 1)
    frame[layout.labelWidth + column, row] = Cell(glyph, Style(.strong, on: .screen, [.bold, .reverse]))
  }

  /// The picture shows a part of the whole, and this column lies in it.
  private func isInPicture(_ whole: Viewport, _ column: Int) -> Bool {
    whole.edges[column + 1] > viewport.left && whole.edges[column] < viewport.right
  }
}

/// The whole session in a number of columns, squeezed as the picture is.
struct WholeScale: Sendable {
  /// The values that it depends on.
  private struct Key: Equatable, Sendable {
    var first: Timestamp
    var newest: Timestamp
    var columns: Int
    var events: Int
    var squeezes: Bool
  }

  private let key: Key
  let viewport: Viewport

  /// - Parameter before: the scale before, which is taken over as long as nothing changes it: to squeeze takes a search.
  init(of scene: borrowing Scene, columns: Int, _ squeeze: Squeeze, before: WholeScale? = nil) {
    let first = scene.timeline.first
    key = Key(
      first: first, newest: scene.stage.newest, columns: columns, events: scene.timeline.receivedCount,
      squeezes: !squeeze.isOff)
    if let before, before.key == key {
      viewport = before.viewport
    } else {
      var whole = Viewport(left: first, perCell: 1, columns: columns)
      whole.fit(first, max(scene.stage.newest, first &+ 1), squeeze)
      viewport = whole
    }
  }
}
