internal import LambdaLifecycle
internal import SwimlaneUI

/// One frame of 200×60 of 1,000 environments and 10 million spans, at several zooms and moments.
func frameCost() throws -> [Figure] {
  let session = tenMillionSpans(environments: 1_000)
  let figures = frameCost(session, "", expanded: [0, 9]) + logCost(session)
  // One environment alone has pauses, millions of them, which are squeezed where that helps.
  return figures + frameCost(tenMillionSpans(environments: 1), "one environment, ", expanded: [0])
}

private func frameCost(_ session: Session, _ what: String, expanded: [Int]) -> [Figure] {
  var figures: [Figure] = []
  for expanded in expanded {
    for zoom in [Zoom.steps(-9), .steps(-6), .steps(0), .steps(3), .steps(6), .whole] {
      let timeline = session.timeline
      var screen = zoom.screen(of: session)
      _ = screen.frame(columns: 200, rows: 60)
      zoom.apply(to: &screen, expanded: expanded)
      // Figures are counted from moment to moment, apart from the frames: they would leave them a cold cache.
      let stages = moments(of: timeline).map { moment in
        screen.session.seek(to: moment)
        return screen.stage()
      }
      let times = Times(
        stages.map { stage in
          let begin = cpuSeconds()
          let frame = screen.draw(stage, columns: 200, rows: 60)
          let seconds = cpuSeconds() - begin
          precondition(frame.columns == 200)
          return seconds
        })
      let width = screen.viewer.viewport.perCell
      figures.append(
        Figure(
          what: "frame, \(what)\(expanded) expanded, a cell \(decimal(Double(width) / 1e6)) ms",
          measured: "worst \(decimal(times.worst * 1e3)) ms (median \(decimal(times.median * 1e3)))",
          budget: "worst 2.5 ms"))
    }
  }
  return figures
}

/// A frame with the log of 200,000 events below the lanes, and searches that look at as many as one key press does.
private func logCost(_ session: Session) -> [Figure] {
  var session = session
  var traffic = Traffic(environments: 1_000)
  session.history = EventHistory(limit: 200_000)
  session.history.add(Array(traffic.next(requests: 100_000).suffix(200_000)))
  var screen = Zoom.whole.screen(of: session)
  func press(_ keys: String) {
    for key in keys.unicodeScalars { _ = screen.handle(.character(key)) }
  }
  _ = screen.frame(columns: 200, rows: 60)
  press("KJ")
  let frames = moments(of: session.timeline).map { moment in
    screen.session.seek(to: moment)
    press("a")
    let stage = screen.stage()
    let begin = cpuSeconds()
    _ = screen.draw(stage, columns: 200, rows: 60)
    return cpuSeconds() - begin
  }
  press("/nowhere")
  let searches = ([.enter, .character("n"), .character("n")] as [Key]).map { key in
    let begin = cpuSeconds()
    _ = screen.handle(key)
    return cpuSeconds() - begin
  }
  return [(frames, "frame with a log of 200,000 events", 2.5), (searches, "search, 50,000 lines a key", 100)]
    .map {
      let times = Times($0)
      return Figure(
        what: $1, measured: "worst \(decimal(times.worst * 1e3)) ms (median \(decimal(times.median * 1e3)))",
        budget: "worst \(decimal($2)) ms")
    }
}

/// Forty moments, evenly through the whole.
private func moments(of timeline: Timeline) -> [Timestamp] {
  (1...40).map { timeline.first + (timeline.last - timeline.first) / 40 * Int64($0) }
}

private enum Zoom: Equatable {
  /// Keys pressed: out is positive.
  case steps(Int)
  /// The whole session in sight.
  case whole

  func screen(of session: Session) -> SessionScreen {
    let viewer = Viewer(
      glyphs: .unicode, hasColor: true, start: session.timeline.first, fitsAll: self == .whole)
    return SessionScreen(session, viewer, Surroundings(title: "benchmark"))
  }

  /// Presses the keys that open the first environments and zoom.
  func apply(to screen: inout SessionScreen, expanded: Int) {
    for _ in 0..<expanded { for key in [Key.enter, .down] { _ = screen.handle(key) } }
    guard case .steps(let steps) = self else { return }
    for _ in 0..<abs(steps) { _ = screen.handle(.character(steps < 0 ? "+" : "-")) }
  }
}

/// 5 million invocations, and as many frozen spans concluded between them.
private func tenMillionSpans(environments: Int) -> Session {
  var traffic = Traffic(environments: environments)
  var session = Session(reading: .telemetry, live: false, start: 0)
  session.log.catalog = traffic.catalog
  for _ in 0..<50 {
    session.log.events = traffic.next(requests: 100_000)
    _ = session.fold()
  }
  session.seek(to: session.timeline.last)
  return session
}
