internal import LambdaLifecycle

extension Viewer {
  /// Draws concurrency below the lanes, column by column of the same time; the waits of callers, cold and
  /// warm apart; and the cost.
  func drawStatisticsPane(
    into frame: inout Frame, _ rows: Range<Int>, _ layout: Layout, _ scene: borrowing Scene
  ) {
    let figures = scene.stage.statistics
    let waits: [(glyph: Unicode.Scalar, name: String, waits: Quantiles, role: Role)] = [
      (painter.glyphs.coldRequest, "cold", figures.coldWaits, .strong),
      (painter.glyphs.warmRequest, "warm", figures.warmWaits, .quiet),
    ]
    // Without room for all, the waits of callers stay.
    var row = rows.lowerBound
    if rows.count >= 4 {
      drawConcurrency(scene, into: &frame, row: row, layout)
      row += 1
    }
    let quantiles = quantileColumns(layout)
    let buckets = buckets(figures, columns: quantiles.first - layout.labelWidth - 2)
    if rows.count >= 3 {
      drawScale(buckets, quantiles, into: &frame, row: row, layout)
      row += 1
    }
    for (glyph, name, waits, role) in waits where row < rows.upperBound {
      let style = Style(role, on: .screen, .bold)
      // Waits are known of cold starts with a good answer alone: where there are more, their number is said
      // too.
      let all =
        name == "cold" && figures.coldStarts != waits.count ? " of \(grouped(figures.coldStarts))" : ""
      frame.write(
        " \(glyph) \(name) \(grouped(waits.count))\(all)", column: 0, row: row, style: style,
        limit: layout.labelWidth)
      let counts = waits.counts(between: buckets.edges)
      painter.paint(
        levels: counts, of: counts.max() ?? 0, Style(role), into: &frame, row: row, column: layout.labelWidth)
      for (column, percent) in quantiles.columns {
        let value = waits.value(atPercent: percent).map { text(ofLength: $0) } ?? "-"
        frame.write(value, column: column - value.columnCount, row: row, style: Style(.strong))
      }
      row += 1
    }
    if row < rows.upperBound {
      drawTotals(figures, scene, into: &frame, rows: row..<rows.upperBound)
    }
  }

  private func drawConcurrency(
    _ scene: borrowing Scene, into frame: inout Frame, row: Int, _ layout: Layout
  ) {
    let curve = scene.timeline.concurrency(edges: viewport.edges, limit: scene.stage.time)
    let sign = curve.isExact ? "" : painter.glyphs.isASCII ? ">=" : "≥"
    let label = "in flight here, peak \(sign)\(grouped(curve.peak))"
    frame.write(" \(label)", column: 0, row: row, style: Style(.quiet), limit: layout.labelWidth)
    painter.paint(
      levels: curve.cells, of: curve.peak, Style(.text), into: &frame, row: row, column: layout.labelWidth)
  }

  // MARK: What callers waited

  private func buckets(_ figures: Statistics, columns: Int) -> Buckets {
    let all = [figures.coldWaits, figures.warmWaits].filter { $0.count > 0 }
    let least = all.compactMap { $0.value(atPercent: 0) }.min() ?? .milliseconds(1)
    let most = all.map(\.max).max() ?? .seconds(1)
    return Buckets(from: least, to: most, columns: columns)
  }

  /// Where the figures begin, and where each ends.
  private func quantileColumns(_ layout: Layout) -> (first: Int, columns: [(column: Int, percent: Double)]) {
    let percents: [Double] = layout.columns >= 70 ? [50, 95, 99] : [50]
    let width = layout.columns >= 100 ? 10 : 8
    let first = layout.columns - 1 - width * percents.count
    return (first, percents.enumerated().map { (first + width * ($0.offset + 1), $0.element) })
  }

  private func drawScale(
    _ buckets: Buckets, _ quantiles: (first: Int, columns: [(column: Int, percent: Double)]),
    into frame: inout Frame, row: Int, _ layout: Layout
  ) {
    frame.write(" callers waited", column: 0, row: row, style: Style(.quiet), limit: layout.labelWidth)
    var free = layout.labelWidth
    for (column, begin) in buckets.decades {
      let label = text(ofSetting: begin)
      let at = layout.labelWidth + column
      guard at >= free, at + 1 + label.columnCount < quantiles.first else { continue }
      frame[at, row] = Cell(painter.glyphs.tick, Style(.quiet))
      free = frame.write(label, column: at + 1, row: row, style: Style(.quiet)) + 1
    }
    for (column, percent) in quantiles.columns {
      let label = "p\(Int(percent))"
      frame.write(label, column: column - label.columnCount, row: row, style: Style(.quiet))
    }
  }

  // MARK: Totals

  private func drawTotals(
    _ figures: Statistics, _ scene: borrowing Scene, into frame: inout Frame,
    rows: Range<Int>
  ) {
    let prices = PriceTable()
    let cost = prices.cost(of: figures)
    let gbSeconds = decimal(Int64((figures.billedGBSeconds * 1_000).rounded()), unit: 1_000, places: 3)
    var parts: [(name: String, value: String, role: Role)] = [
      ("requests", grouped(figures.requests), .strong)
    ]
    if figures.reinits > 0 {
      parts.append(("\(painter.glyphs.reinitRequest) re-init", grouped(figures.reinits), .strong))
    }
    parts += [
      ("throttled", grouped(figures.throttles), figures.throttles > 0 ? .bad : .strong),
      ("errors", grouped(figures.errors), figures.errors > 0 ? .bad : .strong),
      ("timeouts", grouped(figures.timeouts), figures.timeouts > 0 ? .bad : .strong),
      ("billed", "\(gbSeconds) GB-s", .strong),
      ("cost", "\(text(ofDollars: cost)) (\(prices.origin))", .strong),
    ]
    var (row, column) = (rows.lowerBound, 1)
    for part in parts {
      let width = part.name.columnCount + 1 + part.value.columnCount
      if column > 1, column + width >= frame.columns {
        row += 1
        column = 1
      }
      guard row < rows.upperBound else { return }
      column = frame.write(part.name + " ", column: column, row: row, style: Style(.quiet))
      column =
        frame.write(part.value, column: column, row: row, style: Style(part.role, on: .screen, .bold)) + 3
    }
  }
}
