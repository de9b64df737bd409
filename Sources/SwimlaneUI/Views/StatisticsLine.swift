internal import LambdaLifecycle

/// A figure with its name, as a few words in two styles.
private struct Piece {
  var parts: [(text: String, role: Role)] = []
  /// The part that is left out where there is no room for it.
  var detail = ""

  /// The piece with its detail, or without it, or nothing, as it fits into so many columns.
  func fitting(_ room: Int) -> Piece? {
    let whole = detail.isEmpty ? self : self + (detail, .quiet)
    return whole.width < room ? whole : width < room ? self : nil
  }

  var width: Int { parts.reduce(0) { $0 + $1.text.columnCount } }

  static func + (piece: Piece, part: (String, Role)) -> Piece {
    Piece(parts: piece.parts + [(text: part.0, role: part.1)])
  }

  init(parts: [(text: String, role: Role)]) { self.parts = parts }

  init(_ name: String, _ value: String, _ role: Role = .strong) {
    parts = [(name + " ", .quiet), (value, role)]
  }
}

extension Viewer {
  /// One line of figures: what callers waited first, then the others as far as they fit.
  func drawStatistics(
    _ scene: borrowing Scene, into frame: inout Frame, row: Int
  ) {
    var column = 1
    let compared = compared(scene.stage, columns: frame.columns - 2)
    if let compared { column = frame.write(compared, column: column, row: row) + 3 }
    var reminders = scene.stage.reminders.map { Piece($0.name, $0.value) }
    if isFiltered { reminders.insert(Piece(parts: [("filtered", .strong)]), at: 0) }
    let refusal = refusals(scene)
    for piece in reminders
      + figures(
        scene.stage, waits: compared == nil ? waits(scene) : [], missed: missed(scene), refusal: refusal
      )
    {
      guard let piece = piece.fitting(frame.columns - column) else { continue }
      for part in piece.parts {
        let style = Style(part.role, on: .screen, part.role == .quiet ? [] : .bold)
        column = frame.write(part.text, column: column, row: row, style: style)
      }
      column += 3
    }
  }

  /// The events that the picture does not show, because they were lost, came late or could not be understood.
  private func missed(_ scene: borrowing Scene) -> [Piece] {
    var pieces: [Piece] = []
    if scene.timeline.undecodable > 0 {
      pieces.append(Piece("not understood", "\(scene.timeline.undecodable)", .bad))
    }
    if scene.timeline.dropped > 0 { pieces.append(Piece("dropped", "\(scene.timeline.dropped)", .bad)) }
    if scene.timeline.late > 0 { pieces.append(Piece("late", "\(scene.timeline.late)", .bad)) }
    if let from = scene.timeline.keptFrom {
      pieces.append(Piece("let go before", text(ofClock: from &- scene.stage.origin)))
    }
    return pieces
  }

  /// The number of requests that each limit has refused, the most first; empty where nobody reported it.
  private func refusals(_ scene: borrowing Scene) -> String {
    let told = scene.stage.statistics.throttlesByReason.compactMap { reason, count in
      ThrottleReason(named: scene.catalog.text(reason)).map { (title: $0.title, count: count) }
    }.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
    if told.count == 1, told[0].count == scene.stage.statistics.throttles { return " by \(told[0].title)" }
    let parts = told.map { "\($0.count) by \($0.title)" }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  private func figures(_ stage: Stage, waits: [Piece], missed: [Piece], refusal: String) -> [Piece] {
    let figures = stage.statistics
    let glyphs = painter.glyphs
    // The one figure of the topic is always in sight.
    var pieces = waits + [Piece("requests", "\(figures.requests)")] + missed
    if figures.throttles > 0 {
      var throttled = Piece("throttled", "\(figures.throttles)", .bad)
      throttled.detail = refusal
      pieces.append(throttled)
    }
    pieces.append(
      Piece(
        "\(glyphs.coldRequest) cold",
        "\(figures.coldStarts) \(glyphs.dot) \(text(ofShare: figures.coldShare))"))
    let failed = figures.errors + figures.timeouts
    if failed > 0 { pieces.append(Piece("failed", "\(failed)", .bad)) }
    if figures.reinits > 0 { pieces.append(Piece("\(glyphs.reinitRequest) re-init", "\(figures.reinits)")) }
    if figures.dropped > 0 { pieces.append(Piece("given up", "\(figures.dropped)", .bad)) }
    if figures.retries > 0 { pieces.append(Piece("tried again", "\(figures.retries)")) }
    pieces.append(
      Piece("now", "\(figures.concurrency)") + (" peak ", .quiet) + ("\(figures.peakConcurrency)", .strong))
    if let p50 = figures.durations.median, let p99 = figures.durations.value(atPercent: 99) {
      pieces.append(
        Piece("duration p50", text(ofLength: p50)) + (" p99 ", .quiet) + (text(ofLength: p99), .strong))
    }
    if figures.billedGBSeconds > 0 {
      let billed = decimal(Int64((figures.billedGBSeconds * 100).rounded()), unit: 100, places: 2)
      pieces.append(Piece(parts: [("\(billed) GB-s", .strong)]))
    }
    return pieces
  }

  /// The one figure of the topic: the waits of callers, cold and warm. Those of several functions are not
  /// mixed.
  private func waits(_ scene: borrowing Scene) -> [Piece] {
    let figures = scene.stage.statistics
    var (cold, warm) = (figures.coldWaits.median, figures.warmWaits.median)
    var words = "the caller waited"
    if let function = selected.map({ scene.catalog.function(of: $0) }),
      let waits = scene.stage.accounts[function]?.waits, waits.cold.count + waits.warm.count > 0
    {
      (cold, warm) = (waits.cold.median, waits.warm.median)
      words = "the caller of \(scene.catalog.text(function)) waited"
    }
    guard cold != nil || warm != nil else { return [] }
    var piece = Piece(parts: [(words, .quiet)])
    if let cold {
      piece = piece + (" \(painter.glyphs.coldRequest) ", .quiet) + (text(ofLength: cold), .strong)
    }
    if let warm {
      let gap = cold == nil ? " " : "  "
      piece = piece + ("\(gap)\(painter.glyphs.warmRequest) ", .quiet) + (text(ofLength: warm), .strong)
    }
    // Beside a handler that does next to nothing, a ratio says nothing of what init costs.
    guard let cold, let warm, warm > 0, cold > warm, cold / warm < 100 else { return [piece] }
    let times = painter.glyphs.isASCII ? "x" : "×"
    let ratio = decimal(cold, unit: warm, places: cold / warm < 10 ? 1 : 0)
    return [piece, Piece("warm is", "\(ratio)\(times) faster")]
  }
}
