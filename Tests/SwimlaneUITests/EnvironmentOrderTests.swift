import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("Order of environments")
struct EnvironmentOrderTests {
  /// Four environments: the first gone, the second invoking, the third and fourth frozen, the fourth used last.
  private func four() -> Show {
    var show = Show()
    for _ in 0..<4 { show.perform(.request(.normal)) }
    show.go(to: 4_000)
    show.perform(.shutDown(environment: 1))
    show.go(to: 7_000)
    _ = show.frame(120, 40)
    return show
  }

  private func names(_ show: inout Show) -> [String] {
    show.frame(120, 40).text.split(separator: "\n").filter { $0.hasPrefix("▸ ") || $0.hasPrefix("▾ ") }
      .map { String($0.dropFirst(2).prefix { $0 != " " }) }
  }

  @Test("s goes through the orders and names each but the first")
  func orders() {
    var show = four()
    show.press(.character("C"))
    #expect(names(&show) == ["env-1", "env-2", "env-3", "env-4"])
    for (title, order) in [
      ("by state", EnvironmentOrder.state), ("by activity", .activity), ("by function", .function),
    ] {
      show.press(.character("s"))
      #expect(show.viewer.order == order)
      #expect(show.frame(120, 40).text.contains("\n \(title)"))
    }
    show.press(.character("s"))
    #expect(show.viewer.order == .age)
    #expect(!show.frame(120, 40).text.contains("\n by "))
  }

  @Test("by state: those that work first, the gone last")
  func state() {
    var show = four()
    show.press(.character("s"))
    #expect(names(&show).last == "env-1")
    show.perform(.request(.normal))
    show.go(to: 7_030)
    let busy = show.session.timeline.tracks.first { $0.state(at: show.session.newest) == .invoking }
    let name = busy.map { show.session.log.catalog.text($0.id) }
    #expect(name != nil && names(&show).first == name)
  }

  @Test("by activity: the latest invocation first, and the past has its own order")
  func activity() {
    var show = four()
    show.perform(.request(.normal))
    show.go(to: 7_500)
    show.press(.character("s"), .character("s"))
    let latest = show.session.timeline.requests.last?.environment
    #expect(latest.map { show.session.log.catalog.text($0) } == names(&show).first)
  }

  @Test("two functions: a head of counts above each group")
  func groups() throws {
    for (columns, rows) in [(120, 40), (80, 24)] {
      var show = Show(FleetStream.retries.session, fitsAll: true)
      show.session.seek(to: Show.start + .milliseconds(9_500))
      _ = show.frame(columns, rows)
      show.press(.character("s"), .character("s"), .character("s"))
      try expectScreen("grouped-\(columns)x\(rows)", show.frame(columns, rows))
    }
  }

  @Test("C makes all one bar and back; one can still be opened")
  func collapse() throws {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 6_000)
    let before = show.frame(120, 40)
    show.press(.character("C"))
    try expectScreen("all-collapsed-120x40", show.frame(120, 40))
    show.press(.enter)
    #expect(show.frame(120, 40).text.contains("▾ env-1"))
    show.press(.character("C"))
    #expect(show.frame(120, 40) == before)
  }

  @Test("a filter finds what has failed")
  func failed() {
    var show = Show()
    show.perform(.request(.normal))
    show.perform(.request(.handlerError))
    show.go(to: 4_000)
    _ = show.frame(120, 40)
    show.type("/failed")
    show.press(.enter)
    #expect(names(&show) == ["env-2"])
  }
}
