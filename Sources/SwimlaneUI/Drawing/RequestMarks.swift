package import LambdaLifecycle

/// The requests of one cell of the request row, by what became of them.
private struct CellRequests {
  var cold = 0
  var reinit = 0
  var warm = 0
  /// Bad answers, throttled requests among them.
  var bad = 0

  var count: Int { cold + reinit + warm + bad }
}

extension BarPainter {
  /// When requests arrived, those that had to wait for an init or a re-init set apart, and when answers were bad. Several
  /// of one cell are counted where there is room; of many, rare ones are painted as rarely as they are.
  package func paintRequests(
    of timeline: borrowing Timeline, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport,
    limit: Timestamp
  ) {
    let cells = requests(of: timeline, viewport.edges, limit: limit)
    var (bad, cold) = (Dither(), Dither())
    for (column, cell) in cells.enumerated() where cell.count > 0 {
      let all = Double(cell.count)
      let isBad = bad.paints(Double(cell.bad) / all, at: column)
      let isCold = cold.paints(Double(cell.cold) / all, at: column)
      let (glyph, role): (Unicode.Scalar, Role) =
        isBad
        ? (glyphs.failedRequest, .bad)
        : isCold
          ? (glyphs.coldRequest, .strong)
          : cell.reinit > 0 ? (glyphs.reinitRequest, .strong) : (glyphs.warmRequest, .text)
      frame[first + column, row] = Cell(glyph, Style(role, on: .screen, .bold))
    }
    for (column, cell) in cells.enumerated() where cell.count > 1 {
      let room = cells[(column + 1)...].prefix { $0.count == 0 }.count
      count(cell, into: &frame, row: row, column: first + column, room: room)
    }
  }

  /// How many of each kind, where there is room for it and a blank: `▼2 ✖3`.
  private func count(_ cell: CellRequests, into frame: inout Frame, row: Int, column: Int, room: Int) {
    let kinds: [(Int, Unicode.Scalar, Role)] = [
      (cell.cold, glyphs.coldRequest, .strong), (cell.reinit, glyphs.reinitRequest, .strong),
      (cell.warm, glyphs.warmRequest, .text), (cell.bad, glyphs.failedRequest, .bad),
    ]
    let words = kinds.filter { $0.0 > 0 }.map { count, glyph, role in
      (text: "\(glyph)" + (count > 1 ? grouped(count) : ""), role: role)
    }
    let width = words.reduce(words.count - 1) { $0 + $1.text.columnCount }
    guard width <= room else { return }
    var column = column
    for word in words {
      column =
        frame.write(word.text, column: column, row: row, style: Style(word.role, on: .screen, .bold)) + 1
    }
  }

  private func requests(
    of timeline: borrowing Timeline, _ edges: [Timestamp], limit: Timestamp
  ) -> [CellRequests] {
    func cells(_ count: (Timestamp, Int) -> Int) -> [Int] { counts(in: edges, limit: limit, upTo: count) }
    let arrivals = cells { timeline.arrivals.count(upTo: $0, from: $1) }
    let cold = cells { timeline.coldArrivals.count(upTo: $0, from: $1) }
    let reinit = cells { timeline.reinitArrivals.count(upTo: $0, from: $1) }
    let bad = cells { timeline.badAnswers.count(upTo: $0, from: $1) }
    let throttles = timeline.landmarks[.throttle]
    let throttled = cells { time, _ in throttles.partitionPoint { $0.time <= time } }
    return arrivals.indices.map { column in
      CellRequests(
        cold: cold[column], reinit: reinit[column],
        warm: max(0, arrivals[column] - cold[column] - reinit[column] - throttled[column]), bad: bad[column])
    }
  }
}
