import SwimlaneUI
import TestSupport
import Testing

/// The demo, driven by keys. Paused, with a seed, so that every screen is the same every time.
@Suite struct DemoTests {
  /// The whole way of a user through the demo; each screen that is compared is a file in Golden.
  @Test(arguments: [(120, 40), (80, 24)])
  func aSessionFromTheFirstRequestToTheEnd(columns: Int, rows: Int) throws {
    let size = "\(columns)x\(rows)"
    let show = try ProgramShow(demo: "playground", isPaused: true, columns: columns, rows: rows)
    show.expect("No environment exists.")
    try show.expectScreen("demo-\(size)-waiting")

    // A cold start.
    show.press("i")
    show.expect("env-1 ○ creating", "requests 1", "cold 1 · 100 %")
    show.expect("extension init", "runtime init", "function init", "invoke", "frozen", "shutdown")
    show.go(until: "env-1 ◔ initializing")
    show.go(until: "env-1 ● invoking")
    show.go(until: "env-1 ❄ frozen")
    try show.expectScreen("demo-\(size)-frozen")

    // A warm one needs no init.
    show.press("i")
    show.expect("env-1 ● invoking", "requests 2", "cold 1 · 50 %")
    show.go(until: "env-1 ❄ frozen")
    show.expect("the caller waited")

    // Five at once: one environment is there, four are made.
    show.press("b")
    show.expect("env-5 ○ creating", "requests 7")
    // Beside the caller's wait, cold and warm, a small screen has no room for the share of cold starts.
    if columns >= 100 { show.expect("cold 5 · 71 %") }
    show.go(until: "all are frozen") { $0.showsFive("frozen") }
    try show.expectScreen("demo-\(size)-burst")

    // A shorter idle timeout; the next one down is 5 s.
    show.press("t")
    show.expect("idle timeout: 5 s")
    if columns >= 100 { show.expect("idle timeout 5 s") }
    show.go(until: "shutting down")
    show.go(until: "all are gone") { $0.showsFive("gone") }
    try show.expectScreen("demo-\(size)-gone")

    // The past: later events are not there.
    show.press("g")
    show.expect("00:00.0", "env-1 ○ creating", "requests 1")
    show.expectNo("env-2")
    try show.expectScreen("demo-\(size)-start")
    show.press("f")
    show.expect("env-5 ∅ gone", "requests 7")
    try show.quit()
  }

  @Test func aRequestInThePastForks() throws {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("i")
    show.go(until: "env-1 ❄ frozen")
    show.press("b")
    show.go(until: "env-5 ❄ frozen")
    show.press(",", times: 3)
    show.expect("env-1", "PAUSED")
    show.press("g")
    // Only the events up to then.
    show.expectNo("env-2")
    // One step on, and a second request while the first environment is being made.
    show.press(".")
    show.expectNo("00:00.0 ")
    show.press("i")
    show.expect("FORKED", "forked: what came after this moment is gone", "requests 2", "env-2 ○ creating")
    show.expectNo("env-3")
    try show.quit()
  }

  @Test func oneAndAllAreShutDown() throws {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("x")
    show.expect("no environment is selected; i sends a request")
    show.press("b")
    show.go(until: "all are frozen") { $0.showsFive("frozen") }
    // The selection has followed the requests to the last one.
    show.press("k", times: 4)
    show.press(.down, "x")
    show.expect("env-2 ▚ shutting down", "env-1 ❄ frozen", "env-3 ❄ frozen")
    show.press("X")
    #expect(show.screen.showsFive("shutting down"), "\(show.screen)")
    show.go(until: "all are gone") { $0.showsFive("gone") }
    try show.quit()
  }
}

extension ProgramShow {
  /// Lets a paused simulation go on from one thing to the next until this is on the screen.
  func go(until text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    go(until: text, sourceLocation: sourceLocation) { $0.contains(text) }
  }

  /// The same until the screen is as it should be.
  func go(
    until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isThere: (String) -> Bool
  ) {
    for _ in 0..<200 {
      if isThere(press(".")) { return }
    }
    Issue.record("200 steps did not lead to \(what):\n\(screen)", sourceLocation: sourceLocation)
  }
}
