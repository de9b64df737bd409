internal import LambdaLifecycle

extension Viewer {
  /// The latest requests up to the moment looked at, a line each, newest last, and below them what the newest one's caller
  /// sent and got. Only those in sight are looked at.
  func drawRequestList(
    into frame: inout Frame, _ rows: Range<Int>, _ payloads: PayloadText?, _ scene: borrowing Scene
  ) {
    let hasHeading = rows.count > 3
    var room = rows.count - (hasHeading ? 1 : 0)
    guard scene.timeline.lastRequest(upTo: scene.stage.time) != nil else {
      let words = isFiltered ? "No request yet that passes the filter." : "No request yet."
      frame.write(words, column: 1, row: rows.lowerBound, style: Style(.quiet))
      return
    }
    if room > 2 {
      let payloads = payloads?.lines(
        most: max(2, room - Self.leastRequests), end: painter.glyphs.isASCII ? ".." : "…")
      if let payloads, !payloads.isEmpty {
        room -= payloads.count
        draw(payloads[...], into: &frame, row: rows.upperBound - payloads.count)
      }
    }
    let places = scene.timeline.latestRequests(room, upTo: scene.stage.time)
    let parts = places.map { RequestParts($0, scene.timeline, at: scene.stage.time) }
    let longest = max(1, parts.map(\.length).max() ?? 1)
    let names = places.map { place in
      environmentName(scene.timeline.requests[place].environment, scene, width: 20)
    }
    let moments = places.map { text(ofMoment: scene.timeline.requests[$0].arrival &- scene.stage.origin) }
    let columns = RequestColumns(
      frame.columns, moment: moments.map(\.columnCount).max() ?? 0,
      name: max(11, names.map(\.columnCount).max() ?? 0), hasID: frame.columns >= 100)
    if hasHeading { columns.drawHeading(into: &frame, row: rows.lowerBound) }
    var row = rows.lowerBound + (hasHeading ? 1 : 0)
    for ((place, parts), name) in zip(zip(places, parts), names) {
      let request = scene.timeline.requests[place]
      write(request, parts.errorType, name, columns, into: &frame, row: row, scene)
      painter.paint(parts, longest: longest, columns.bar, into: &frame, row: row)
      row += 1
    }
  }

  /// Requests that are listed however long the newest one's event and answer are.
  private static let leastRequests = 3

  /// The event and the answer of the newest request; nil where there is no request.
  func payloadText(_ scene: borrowing Scene, columns: Int) -> PayloadText? {
    scene.timeline.lastRequest(upTo: scene.stage.time).map {
      PayloadText($0, scene.timeline, scene.stage.texts, at: scene.stage.time, columns: columns)
    }
  }

  /// The rows that the list of requests would take, with its rule and heading.
  static func rowsOfRequestList(with payloads: PayloadText?) -> Int {
    2 + leastRequests + (payloads?.count ?? 0)
  }

  private func write(
    _ request: RequestRow, _ errorType: Name, _ name: String, _ columns: RequestColumns,
    into frame: inout Frame, row: Int, _ scene: borrowing Scene
  ) {
    frame.write(text(ofMoment: request.arrival &- scene.stage.origin), column: columns.time, row: row)
    if let id = columns.id {
      frame.write(scene.catalog.text(request.id), column: id, row: row, style: Style(.quiet), limit: id + 8)
    }
    if let environment = columns.environment {
      frame.write(name, column: environment, row: row, limit: columns.start - 1)
    }
    let isCold = request.start == .cold
    let hasStart = !request.isThrottled && request.environment != .none
    if hasStart {
      frame.write(
        columns.environment == nil ? String(glyph(of: request.start)) : words(of: request.start),
        column: columns.start, row: row,
        style: Style(isCold ? .strong : .text, on: .screen, isCold ? .bold : []))
    }
    let isAnswered = request.answered <= scene.stage.time
    if isAnswered, let wait = request.wait {
      let words = text(ofLength: wait)
      frame.write(
        words, column: columns.waitEnd - words.columnCount, row: row,
        style: Style(.strong, on: .screen, .bold))
    }
    let words = outcome(of: request, errorType, isAnswered: isAnswered, scene.catalog)
    // A request without an environment has no time line that would need its room.
    let column = request.isThrottled ? columns.bar.lowerBound : columns.outcome
    let room = frame.columns - column
    frame.write(
      words.first { $0.columnCount <= room } ?? words[words.count - 1], column: column, row: row,
      style: Style(isAnswered && request.isBad ? .bad : .text))
  }

  private func words(of start: StartKind) -> String {
    "\(glyph(of: start)) \(start.word)"
  }

  private func glyph(of start: StartKind) -> Character {
    Character(painter.glyphs.request(start))
  }

  /// How it went, in fewer and fewer words.
  private func outcome(of request: RequestRow, _ errorType: Name, isAnswered: Bool, _ catalog: Catalog)
    -> [String]
  {
    guard isAnswered else { return ["waits"] }
    if request.isThrottled {
      let reason = catalog.text(request.throttleReason)
      let known = ThrottleReason(named: reason)
      return [reason, known?.title ?? ""].filter { !$0.isEmpty }.map { "throttled: \($0)" } + ["throttled"]
    }
    guard request.outcome.isBad else { return ["success"] }
    if request.environment == .none { return ["refused: \(request.outcome.wireName)", "refused"] }
    return request.failureWords(errorType, catalog)
  }
}

extension StartKind {
  /// The start that a request had, in a word.
  var word: String {
    switch self {
    case .cold: "cold"
    case .warm, .ahead: "warm"
    case .reinit: "re-init"
    }
  }
}

extension RequestRow {
  /// How it failed, in fewer and fewer words: a timeout says all, of others the error's type says more.
  func failureWords(_ errorType: Name, _ catalog: Catalog) -> [String] {
    let error = catalog.text(errorType)
    let isTimeout = outcome == .timeout || error.isEmpty
    return isTimeout ? [outcome.wireName] : [error, outcome.wireName]
  }
}

extension ThrottleReason {
  /// The one that Lambda calls so; nil for none of them.
  init?(named name: String) {
    guard let reason = Self.allCases.first(where: { $0.text == name }) else { return nil }
    self = reason
  }

  /// The limit that was reached.
  var title: String {
    switch self {
    case .concurrentInvocationLimitExceeded: "account concurrency"
    case .reservedFunctionConcurrentInvocationLimitExceeded: "reserved concurrency"
    case .callerRateLimitExceeded, .reservedFunctionInvocationRateLimitExceeded: "request rate"
    case .functionInvocationRateLimitExceeded: "scaling rate"
    }
  }
}

/// Where the columns of the requests are. A narrow screen has no room for ids, a very narrow one for environments.
private struct RequestColumns {
  var time = 1
  var id: Int?
  var environment: Int?
  var start: Int
  var waitEnd: Int
  var bar: Range<Int>
  var outcome: Int

  /// - Parameters:
  ///   - moment: columns of the longest moment.
  ///   - name: columns of the longest name.
  init(_ columns: Int, moment: Int, name: Int, hasID: Bool) {
    var column = 3 + max(9, moment)
    if hasID {
      id = column
      column += 10
    }
    if columns >= 70 {
      environment = column
      column += name + 1
    }
    start = column
    waitEnd = column + (columns >= 70 ? 10 : 1) + 8
    outcome = columns - (columns >= 100 ? 22 : columns >= 70 ? 12 : 8)
    bar = waitEnd + 2..<max(waitEnd + 3, outcome - 1)
  }

  func drawHeading(into frame: inout Frame, row: Int) {
    let style = Style(.quiet)
    frame.write("arrived", column: time, row: row, style: style)
    if let id { frame.write("id", column: id, row: row, style: style) }
    if let environment { frame.write("environment", column: environment, row: row, style: style) }
    if environment != nil { frame.write("start", column: start, row: row, style: style) }
    frame.write("waited", column: waitEnd - 6, row: row, style: style)
    frame.write("what its time went into", column: bar.lowerBound, row: row, style: style, limit: outcome - 1)
    frame.write("outcome", column: outcome, row: row, style: style)
  }
}
