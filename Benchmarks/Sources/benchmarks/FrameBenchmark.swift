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
      var stage = Stage(session, title: "benchmark", statistics: session.timeline.statistics)
      let timeline = session.timeline
      var viewer = zoom.viewer(start: timeline.first)
      _ = viewer.draw(timeline, session.log.catalog, stage, columns: 200, rows: 60)
      zoom.apply(to: &viewer, timeline, session.log.catalog, stage, expanded: expanded)
      var seconds: [Double] = []
      for moment in 1...40 {
        stage.time = timeline.first + (timeline.last - timeline.first) / 40 * Int64(moment)
        let begin = cpuSeconds()
        let frame = viewer.draw(timeline, session.log.catalog, stage, columns: 200, rows: 60)
        seconds.append(cpuSeconds() - begin)
        precondition(frame.columns == 200)
      }
      let width = viewer.viewport.perCell
      let times = Times(seconds)
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
  var stage = Stage(session, title: "benchmark", statistics: session.timeline.statistics)
  var viewer = Zoom.whole.viewer(start: session.timeline.first)
  func press(_ keys: String) {
    for key in keys.unicodeScalars {
      _ = viewer.handle(.character(key), session.timeline, session.log.catalog, stage)
    }
  }
  func draw() { _ = viewer.draw(session.timeline, session.log.catalog, stage, columns: 200, rows: 60) }
  draw()
  press("KJ")
  var frames: [Double] = []
  for moment in 1...40 {
    stage.time =
      session.timeline.first + (session.timeline.last - session.timeline.first) / 40 * Int64(moment)
    press("a")
    let begin = cpuSeconds()
    draw()
    frames.append(cpuSeconds() - begin)
  }
  press("/nowhere")
  var searches: [Double] = []
  for key in [.enter, .character("n"), .character("n")] as [Key] {
    let begin = cpuSeconds()
    _ = viewer.handle(key, session.timeline, session.log.catalog, stage)
    searches.append(cpuSeconds() - begin)
  }
  return [(frames, "frame with a log of 200,000 events", 2.5), (searches, "search, 50,000 lines a key", 100)]
    .map {
      let times = Times($0)
      return Figure(
        what: $1, measured: "worst \(decimal(times.worst * 1e3)) ms (median \(decimal(times.median * 1e3)))",
        budget: "worst \(decimal($2)) ms")
    }
}

private enum Zoom: Equatable {
  /// Keys pressed: out is positive.
  case steps(Int)
  /// The whole session in sight.
  case whole

  func viewer(start: Timestamp) -> Viewer {
    Viewer(glyphs: .unicode, hasColor: true, start: start, fitsAll: self == .whole)
  }

  /// Presses the keys that open the first environments and zoom.
  func apply(
    to viewer: inout Viewer, _ timeline: Timeline, _ catalog: Catalog, _ stage: Stage, expanded: Int
  ) {
    for _ in 0..<expanded {
      _ = viewer.handle(.enter, timeline, catalog, stage)
      _ = viewer.handle(.down, timeline, catalog, stage)
    }
    guard case .steps(let steps) = self else { return }
    for _ in 0..<abs(steps) {
      _ = viewer.handle(.character(steps < 0 ? "+" : "-"), timeline, catalog, stage)
    }
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
