import SwimlaneUI
import TestSupport
import Testing

/// Keys that change how one looks, and nothing else.
@Suite struct LookingTests {
  /// A burst on a large screen, all frozen.
  private func withFiveEnvironments() throws -> ProgramShow {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("b")
    show.go(until: "all are frozen") { $0.showsFive("frozen") }
    // The selection has followed the requests to the last one.
    show.press("k", times: 4)
    show.expect("env-1 is frozen.")
    return show
  }

  @Test func barsAndLanes() throws {
    let show = try withFiveEnvironments()
    show.expect("▾ env-1", "▸ env-2")
    show.press(.enter)
    show.expect("▸ env-1")
    // The selected one is open as long as nobody closes it.
    show.press("j")
    show.expect("▸ env-1", "▾ env-2", "function init")
    show.press(.enter)
    show.expectNo("▾")
    try show.quit()
  }

  @Test func panes() throws {
    let show = try withFiveEnvironments()
    let why = show.screen
    // The details stand beside it; each tab puts another pane in their place.
    show.expect("env-1 is frozen.", "─ details of env-1 ─")
    for pane in ["cold start of env-1: ", "requests ─", "statistics ─", "log · a only env-1 · / search ─"] {
      show.press(.tab)
      show.expect("env-1 is frozen.", "─ \(pane)")
      show.expectNo("─ details")
    }
    show.expect("runtime done: success")
    #expect(show.press(.tab) == why)
    try show.quit()
  }

  @Test func filter() throws {
    let show = try withFiveEnvironments()
    show.expect("env-5")
    show.press("/", "e", "n", "v", "-", "3")
    show.expect("filter: env-3_", "env-3 ❄ frozen")
    show.expectNo("env-2 ")
    show.press(.enter)
    show.expect("esc clear")
    show.press(.escape)
    #expect(show.screen.showsFive("frozen"), "\(show.screen)")
    // Keys are text while a filter is typed: q does not quit, and esc leaves it.
    show.press("/", "q")
    show.expect("filter: q_")
    show.press(.escape)
    show.expect("env-2 ❄ frozen", "q quit")
    try show.quit()
  }

  @Test func helpAndBack() throws {
    let show = try withFiveEnvironments()
    let before = show.screen
    show.expect("q quit")
    show.press("?")
    show.expect("send one request", "shorter idle timeout")
    #expect(show.press(.escape) == before)
    try show.quit()
  }

  @Test func zoom() throws {
    let show = try withFiveEnvironments()
    // A cell is 0.1 s, then 0.05 s, and back.
    show.expect("┊2s       ┊3s")
    show.press("+")
    show.expect("┊2.5s")
    show.press("-")
    show.expect("┊2s       ┊3s")
    show.press("-", times: 3)
    show.expect("┊10s", "┊20s")
    show.press("0")
    show.expect("┊0ms", "┊1.4s")
    try show.quit()
  }
}
