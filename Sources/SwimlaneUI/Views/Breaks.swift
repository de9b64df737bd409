package import LambdaLifecycle

// Quiet stretches that are squeezed, and how that is seen: a break in the axis that says how long it is, and its two
// edges through the lanes.

extension GlyphSet {
  var axisBreak: Unicode.Scalar { isASCII ? "/" : "╱" }
}

extension Viewer {
  /// The stretches squeezed here: none in a simulation, where frozen time is what is to be seen, unless it is
  /// asked for.
  func squeeze(_ scene: borrowing Scene) -> Squeeze {
    guard squeezes(scene.stage) else { return .off }
    // A recording's axis is that of the whole, wherever one looks; else the time after the moment looked at
    // does not move the picture.
    return Squeeze(
      scene.timeline.activity,
      until: scene.timeline.quietEnd(upTo: scene.stage.lead.hasEnd ? scene.stage.newest : scene.stage.time))
  }

  func squeezes(_ stage: Stage) -> Bool { camera.squeezes(stage.lead) }

  mutating func toggleSqueeze(_ stage: Stage) -> Answer {
    let squeezes = !squeezes(stage)
    camera.squeeze(squeezes)
    return .tell(
      squeezes
        ? "idle time is squeezed: the axis shows where, and how long it was"
        : "idle time is as long as it was; the same key squeezes it")
  }

  /// The time by which a playing recording goes on while `elapsed` passes: so long that the line at the
  /// moment looked at moves evenly, through squeezed stretches too. It stops at the end of a break, not
  /// somewhere behind it.
  /// - Parameter speed: nanoseconds of the recording in one nanosecond.
  package func passing(_ elapsed: Nanoseconds, from time: Timestamp, speed: Double) -> Nanoseconds {
    guard let gap = viewport.breaks.first(where: { $0.time.contains(time) }) else { return elapsed }
    let column = viewport.column(of: time)
    guard column >= 0, column < viewport.columns else { return elapsed }
    let faster = Double(viewport.width(of: column)) / Double(viewport.perCell)
    let rest = Double(gap.time.upperBound &- time) / speed + 1
    return max(elapsed, Nanoseconds(min(Double(elapsed) * faster, rest)))
  }

  /// Where they are on the screen.
  func breakColumns(_ layout: Layout) -> [Range<Int>] {
    viewport.breaks.map {
      layout.labelWidth + $0.columns.lowerBound..<layout.labelWidth + $0.columns.upperBound
    }
  }

  /// The breaks of the axis, each with its length where no other label covers it.
  func drawBreaks(into frame: inout Frame, _ layout: Layout, beside labels: [Range<Int>]) {
    for next in viewport.breaks {
      let length = next.time.upperBound &- next.time.lowerBound &+ 2 &* viewport.perCell
      let sight = next.columns.clamped(to: 0..<viewport.columns)
      for column in sight {
        let isEdge = column == next.columns.lowerBound || column == next.columns.upperBound - 1
        frame[layout.labelWidth + column, 2] =
          isEdge ? Cell(painter.glyphs.axisBreak, Style(.strong)) : .blank
      }
      let label = text(ofBreak: length)
      // Of one that is cut, its length stands in the part in sight, or nowhere.
      let inner = sight.clamped(to: next.columns.lowerBound + 1..<next.columns.upperBound - 1)
      let place = layout.labelWidth + sight.lowerBound..<layout.labelWidth + sight.upperBound
      guard !labels.contains(where: { $0.overlaps(place) }), label.columnCount <= inner.count else {
        continue
      }
      frame.write(
        label,
        column: layout.labelWidth + inner.lowerBound + (inner.count - label.columnCount) / 2, row: 2,
        style: Style(.strong))
    }
  }

  /// Where the picture is broken, through everything that is no bar.
  func drawBreakEdges(into frame: inout Frame, _ layout: Layout) {
    for next in viewport.breaks {
      for column in [next.columns.lowerBound, next.columns.upperBound - 1]
      where (0..<viewport.columns).contains(column) {
        for row in layout.environments.prefix(arrangement.listedRows) {
          let glyph = frame[layout.labelWidth + column, row].glyph
          if [Cell.blank.glyph, painter.glyphs.frozen.value, painter.inferred.glyph.value].contains(glyph) {
            frame[layout.labelWidth + column, row] = Cell(painter.glyphs.axisBreak, Style(.quiet))
          }
        }
      }
    }
  }
}

/// A length in at most six columns: `12.5 s`, `12m30s`, `3 h`, `14 d`, `30 y`.
func text(ofBreak length: Nanoseconds) -> String {
  let exact = text(ofLength: max(0, length))
  let hours = length / .seconds(3_600)
  let texts = [exact, exact.filter { $0 != " " }, "\(hours) h", "\(hours / 24) d"]
  return texts.first { $0.columnCount <= 6 } ?? "\(hours / 24 / 365) y"
}
