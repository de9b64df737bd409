import LambdaLifecycle
@testable import SwimlaneUI
import TestSupport
import Testing

@Suite("What passes the filter")
struct FilteredFiguresTests {
  private func filtered(_ text: String, _ session: Session = FleetStream.retries.session) -> Show {
    var show = Show(session)
    show.session.history = session.history
    show.press(.end)
    show.type("/" + text)
    show.press(.enter)
    _ = show.frame(120, 40)
    return show
  }

  /// All figures that are on a screen.
  private func figures(_ statistics: Statistics) -> [Double] {
    let counts = [
      statistics.requests, statistics.coldStarts, statistics.reinits, statistics.initializedAhead,
      statistics.throttles, statistics.refused, statistics.retries, statistics.dropped,
      statistics.successes, statistics.errors, statistics.timeouts, statistics.concurrency,
      statistics.peakConcurrency, statistics.coldWaits.count, statistics.warmWaits.count,
      statistics.durations.count, statistics.initLengths.count,
    ]
    let lengths = [statistics.coldWaits, statistics.warmWaits, statistics.durations].map {
      Double($0.median ?? 0)
    }
    return counts.map(Double.init) + lengths + [PriceTable().cost(of: statistics)]
  }

  @Test(
    "figures are those of a session in which nothing else had happened, at every moment",
    arguments: ["orders", "mailer"])
  func alone(function: String) {
    let session = FleetStream.retries.session
    let catalog = session.log.catalog
    var alone = Timeline(.native)
    for event in session.history.events where catalog.text(event.function) == function { alone.fold(event) }
    alone.settle()
    var show = filtered("fn:\(function)", session)
    var seen: Set<[Double]> = []
    for moment in stride(from: Int64(0), through: 10_000, by: 100) {
      let time = Show.start + .milliseconds(moment)
      show.session.seek(to: time)
      var cursor = StatisticsCursor()
      var expected = cursor.statistics(of: alone, at: time)
      alone.billProvisioned(until: time, in: &expected)
      let found = figures(show.screen.stage().statistics)
      #expect(found == figures(expected), "\(moment) ms")
      seen.insert(found)
    }
    #expect(seen.count > 3)
  }

  @Test("the environments' figures add up to the session's, while it goes on")
  func addUp() {
    var show = Show()
    show.perform(.request(.normal))
    for (step, kind) in [RequestKind.handlerError, .normal, .crash, .normal, .normal].enumerated() {
      for _ in 0...step { show.perform(.request(kind)) }
      show.go(to: Int64(step + 1) * 700)
      show.press(.escape)
      let whole = figures(show.screen.stage().statistics).prefix(12)
      var sum = [Double](repeating: 0, count: whole.count)
      for track in show.session.timeline.tracks {
        let name = show.session.log.catalog.text(track.id)
        show.type("/env:\(name)")
        show.press(.enter)
        for (place, figure) in figures(show.screen.stage().statistics).prefix(12).enumerated() {
          sum[place] += figure
        }
        show.press(.escape)
      }
      #expect(sum == Array(whole))
    }
  }

  @Test("titles, statistics, the request row and the overview say that they are of what passes")
  func titles() throws {
    var show = filtered("fn:mailer")
    for _ in 0..<12 where show.viewer.pane != .requests { show.press(.tab) }
    let text = show.frame(120, 40).text
    for title in ["requests · filtered", " filtered   ", "requests 5", "%  filtered"] {
      #expect(text.contains(title), "\(title)")
    }
    try expectScreen("filtered-120x40", show.frame(120, 40))
    try expectScreen("filtered-80x24", show.frame(80, 24))
    show.press(.escape)
    #expect(!show.frame(120, 40).text.contains("filtered"))
  }

  @Test("requests that no environment took pass by their function, where nothing but functions is named")
  func throttled() {
    var (byFunction, byName) = (filtered("fn:mailer"), filtered("fn:mailer env:env-1"))
    #expect(byFunction.screen.stage().statistics.throttles == 1)
    #expect(byName.screen.stage().statistics.throttles == 0)
    #expect(byName.screen.stage().statistics.requests == byFunction.screen.stage().statistics.requests - 1)
  }

  @Test("the log has the events of what passes; bound to an environment it has that one's")
  func log() {
    var show = filtered("fn:orders")
    show.press(.character("K"))
    let text = show.frame(120, 40).text
    #expect(text.contains("log · filtered"))
    let part = EventHistory.Part.places(show.screen.stage().passing?.logPlaces ?? [])
    let history = show.session.history
    let count = history.count(of: part, upTo: .max - 1)
    let catalog = show.session.log.catalog
    let lines = (0..<count).compactMap { history.line($0, of: part)?.entry.event }
    #expect(lines.count == count && count > 5)
    #expect(lines.allSatisfy { catalog.text($0.function) == "orders" })
  }

  @Test("findings are those of what passes; how many belong to no environment is said")
  func findings() {
    var show = filtered("fn:orders")
    show.screen.surroundings.findings = show.session.timeline.findings()
    for _ in 0..<12 where show.viewer.pane != .findings { show.press(.tab) }
    #expect(show.viewer.pane == .findings)
    let text = show.frame(120, 40).text
    #expect(text.contains("findings · filtered, 2 of no environment left out"))
    #expect(!text.contains("throttled"))
    show.press(.escape)
    #expect(show.frame(120, 40).text.contains("throttled"))
  }

  @Test("a request step goes to the next one that passes")
  func steps() {
    var show = filtered("fn:orders")
    show.press(.home, .character("i"))
    #expect(show.session.playhead.time == Show.start + .milliseconds(700))
    show.press(.character("i"))
    #expect(show.said == "no later request that passes the filter")
  }

  @Test("a jump under a filter by state goes to where its environment has that state")
  func state() {
    var show = filtered("state:failed")
    show.press(.home, .character("}"))
    #expect(show.said.hasPrefix("error 1 of 3 · filtered: "))
    show.type("/state:creating")
    show.press(.enter, .home, .character("}"))
    #expect(show.said == "there is no error so far that passes the filter")
  }
}
