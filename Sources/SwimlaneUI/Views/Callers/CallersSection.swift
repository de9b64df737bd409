internal import LambdaLifecycle

// The waits of the latest callers, as bars from one common beginning: a cold start above a warm one, however
// far apart they came.

extension Viewer {
  /// The strip of callers below the lanes; nil where there is no room, nobody has called, or the pane of requests says
  /// the same.
  func callersSection(
    _ scene: borrowing Scene, rows: Int, besides other: Int,
    lanes: Int
  ) -> Section? {
    let free = Layout.freeRows(rows)
    let least = 3
    guard pane != .requests || scene.stage.lesson != nil, !showsOptions, !arrangement.lanesGiveWay,
      free - other - leastRows(lanes, scene.stage) >= least
    else { return nil }
    if let preview = scene.stage.preview {
      // A question is not to be answered beside it.
      return scene.stage.lesson?.openQuestion == nil ? futureCallers(preview) : nil
    }
    let most = max(least, free / 5)
    let callers = Callers(most: most, scene.timeline, at: scene.stage.time) { _, request in
      passes(request, scene.stage)
    }
    guard !callers.rows.isEmpty else { return nil }
    // From the third caller on it keeps its height, so that the lanes do not jump with each request.
    let height = 1 + (callers.rows.count > 2 ? most : callers.rows.count)
    return Section(
      title: "callers", height: SectionHeight(minimum: min(least, height), wanted: height),
      content: .callers(callers))
  }

  /// The first two callers that will be.
  private func futureCallers(_ preview: Preview) -> Section? {
    let callers = Callers(preview.callers, preview.session.timeline, at: .never &- 1)
    guard !callers.rows.isEmpty else { return nil }
    let height = callers.rows.count + 1
    return Section(
      title: "callers", height: SectionHeight(minimum: height, wanted: height),
      content: .futureCallers(callers, preview))
  }

  /// Draws callers that will be, faintly.
  func drawFuture(
    _ callers: Callers, _ preview: Preview, into frame: inout Frame, _ rows: Range<Int>, _ layout: Layout,
    _ stage: Stage
  ) {
    let scene = Scene(preview.session.timeline, preview.session.log.catalog, stage.whenAllIsOver())
    drawCallers(callers, into: &frame, rows, layout, scene)
    for row in rows.dropFirst() {
      fade(into: &frame, row: row, columns: layout.labelWidth..<layout.columns)
      for column in 0..<layout.labelWidth where frame[column, row].glyph != Cell.blank.glyph {
        frame[column, row].style = Style(.text)
      }
    }
  }

  /// Rows that the environments need: the lanes of one of them, for a projector of three rows each, and on a narrow screen
  /// the line that runs and what is in memory. More than twelve are scrolled to rather than waited for.
  private func leastRows(_ lanes: Int, _ stage: Stage) -> Int {
    isBig ? Self.thickEnvironment + 6 : min(12, max(8, lanes)) + rowsOfCode(stage)
  }

  /// A request is not filtered away.
  private func passes(_ request: RequestRow, _ stage: Stage) -> Bool {
    stage.passing?.selection.holds(request) ?? true
  }

  /// Draws them below their rule, the latest ones if there is no room for all.
  func drawCallers(
    _ callers: Callers, into frame: inout Frame, _ rows: Range<Int>, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    let isFuture = scene.stage.preview != nil
    drawCallersTitle(into: &frame, row: rows.lowerBound, scene.stage)
    let shown = callers.latest(rows.count - 1, in: scene.timeline)
    let longest = scale(of: shown, scene.timeline, at: scene.stage.time)
    // Behind the longest bar there is room for a word.
    let room = layout.columns - layout.labelWidth - 2
    let bar = layout.labelWidth..<layout.labelWidth + max(8, room - (room >= 40 ? 16 : 0))
    for (caller, row) in zip(shown, rows.dropFirst()) {
      let request = scene.timeline.requests[caller.place]
      let isAnswered = request.answered <= scene.stage.time
      let isKnown = !isAnswered || request.wait != nil || request.isThrottled
      drawLabel(
        of: caller, request, isKnown ? text(ofWait: caller.length, beside: longest) : "not told",
        at: scene.stage.time, into: &frame, row: row, layout.labelWidth)
      // Lengths that nothing real has are no reason to fail.
      let share = min(1, Double(caller.length) / Double(longest))
      let width = Int((share * Double(bar.count)).rounded(.up))
      for column in bar.prefix(width) { frame[column, row] = Cell(painter.glyphs.dot, Style(.quiet)) }
      painter.paint(
        caller.parts, longest: longest, bar, into: &frame, row: row,
        names: scene.timeline.source(of: request.environment))
      if isFuture { continue }
      let words = words(behind: caller, request, isAnswered: isAnswered, scene)
      let column = bar.lowerBound + max(width, 1) + 1
      let limit = layout.columns - 1
      guard let fitting = words.text.first(where: { column + $0.columnCount <= limit }) else { continue }
      frame.write(fitting, column: column, row: row, style: Style(words.isBad ? .bad : .quiet), limit: limit)
    }
  }

  /// The length that takes all columns: the longest. While that one still waits it is a round one above it, so that the bar
  /// grows and the others stand still.
  private func scale(of callers: [Caller], _ timeline: borrowing Timeline, at time: Timestamp) -> Nanoseconds
  {
    let longest = callers.max { $0.length < $1.length }
    guard let longest, longest.length > 0 else { return 1 }
    guard timeline.requests[longest.place].answered > time else { return longest.length }
    return Self.scales.first { $0 >= longest.length } ?? longest.length
  }

  private static let scales: [Nanoseconds] = [10, 100, 1_000, 10_000, 100_000].flatMap { unit in
    [1, 2, 3, 5].map { .milliseconds($0 * unit) }
  }

  private func drawCallersTitle(into frame: inout Frame, row: Int, _ stage: Stage) {
    frame.fill(row: row, from: 0, to: frame.columns, with: Cell(painter.glyphs.rule, Style(.rule)))
    let isPointedAt = stage.pointsAt(.requests)
    let column = frame.write(
      " callers ", column: 1, row: row,
      style: Style(.strong, on: .screen, isPointedAt ? [.bold, .reverse] : .bold))
    let about =
      !filter.isEmpty
      ? "filtered: \(filter)"
      : stage.preview != nil
        ? "as they will be, each from its arrival to its answer" : "each from its arrival to its answer"
    guard column + about.columnCount + 4 < frame.columns else { return }
    frame.write(" \(about) ", column: column, row: row, style: Style(.quiet))
  }

  /// Draws what it had to wait for, in a word, and how long.
  private func drawLabel(
    of caller: Caller, _ request: RequestRow, _ length: String, at time: Timestamp, into frame: inout Frame,
    row: Int, _ width: Int
  ) {
    let isCold = request.start == .cold
    if request.isRefused(at: time) {
      let word = request.isThrottled ? "429" : "refused"
      let count = caller.count > 1 ? "\(grouped(caller.count))\(painter.glyphs.isASCII ? "x" : "×") " : ""
      frame.write(
        " \(painter.glyphs.failedRequest) \(count)\(word)", column: 0, row: row,
        style: Style(.bad, on: .screen, .bold), limit: width - 1)
      return
    }
    frame.write(
      " \(painter.glyphs.request(request.start)) \(request.start.word.uppercased())", column: 0, row: row,
      style: Style(isCold || request.start == .reinit ? .strong : .text, on: .screen, .bold), limit: width - 1
    )
    frame.write(
      length, column: width - 2 - length.columnCount, row: row, style: Style(.strong, on: .screen, .bold),
      limit: width - 1)
  }

  /// More and more briefly: how it went where it did not go well, else where.
  private func words(
    behind caller: Caller, _ request: RequestRow, isAnswered: Bool, _ scene: borrowing Scene
  ) -> (text: [String], isBad: Bool) {
    if !isAnswered { return (["waits"], false) }
    if request.isThrottled {
      let reason = scene.catalog.text(request.throttleReason)
      let title = ThrottleReason(named: reason)?.title ?? reason
      return ([title.isEmpty ? "throttled" : "throttled: \(title)", "throttled"], true)
    }
    if request.outcome.isBad {
      return (request.failureWords(caller.parts.errorType, scene.catalog), true)
    }
    let name = environmentName(request.environment, scene, width: 14)
    return ([caller.isEarlier ? "\(name), earlier" : name, name], false)
  }
}

/// A wait in the unit of the longest beside it, so that figures compare at a glance: `0.12 s` below `1.31 s`.
func text(ofWait length: Nanoseconds, beside longest: Nanoseconds) -> String {
  guard longest >= .seconds(1), longest < .seconds(60), length >= .milliseconds(5) else {
    return text(ofLength: length)
  }
  return decimal(length, unit: .seconds(1), places: longest < .seconds(10) ? 2 : 1) + " s"
}
