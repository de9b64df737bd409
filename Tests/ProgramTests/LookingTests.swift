import Testing

extension TerminalTests {
  /// Keys that change how one looks, and nothing else; sizes and character sets.
  @Suite struct Looking {
    /// A burst on a large screen, all frozen.
    private func withFiveEnvironments(_ body: (DemoSession) async throws -> Void) async throws {
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("b")
        try await demo.step(until: "all are frozen") { $0.showsFive("frozen") }
        // The selection has followed the requests to the last one.
        for _ in 0..<4 { try await demo.press("k") }
        try await demo.tmux.wait(for: "env-1 is frozen.")
        try await body(demo)
      }
    }

    @Test func barsAndLanes() async throws {
      try await withFiveEnvironments { demo in
        try await demo.tmux.wait(for: "▾ env-1", "▸ env-2")
        try await demo.press("Enter")
        try await demo.tmux.wait(for: "▸ env-1")
        // The selected one is open as long as nobody closes it.
        try await demo.press("j")
        try await demo.tmux.wait(for: "▸ env-1", "▾ env-2", "function init")
        try await demo.press("Enter")
        try await demo.tmux.wait("one bar each") { !$0.contains("▾") }
        try await demo.quit()
      }
    }

    @Test func panes() async throws {
      try await withFiveEnvironments { demo in
        let why = try await demo.tmux.wait(for: "env-1 is frozen.")
        // The details stand beside it; each tab puts another pane in their place.
        #expect(why.contains("─ details of env-1 ─"))
        for pane in ["requests ─", "statistics ─", "log · a only env-1 · / search ─"] {
          try await demo.press("Tab")
          let other = try await demo.tmux.wait(for: "env-1 is frozen.", "─ \(pane)")
          #expect(!other.contains("─ details"))
        }
        try await demo.tmux.wait(for: "runtime done: success")
        try await demo.press("Tab")
        try await demo.tmux.wait("the first pane again") { $0 == why }
        try await demo.quit()
      }
    }

    @Test func filter() async throws {
      try await withFiveEnvironments { demo in
        let before = try await demo.tmux.screen()
        try await demo.press("/", "e", "n", "v", "-", "3")
        try await demo.tmux.wait(for: "filter: env-3_")
        try await demo.tmux.wait("only env-3") { $0.contains("env-3 ❄ frozen") && !$0.contains("env-2 ") }
        try await demo.press("Enter")
        try await demo.tmux.wait(for: "esc clear")
        try await demo.press("Escape")
        try await demo.tmux.wait("all again") { $0.showsFive("frozen") }
        #expect(before.contains("env-5"))
        // Keys are text while a filter is typed: q does not quit, and esc leaves it.
        try await demo.press("/", "q")
        try await demo.tmux.wait(for: "filter: q_")
        try await demo.press("Escape")
        try await demo.tmux.wait(for: "env-2 ❄ frozen", "q quit")
        try await demo.quit()
      }
    }

    @Test func helpAndBack() async throws {
      try await withFiveEnvironments { demo in
        let before = try await demo.tmux.wait("no message") { $0.contains("q quit") }
        try await demo.press("?")
        let help = try await demo.tmux.wait(for: "send one request", "shorter idle timeout")
        #expect(help != before)
        try await demo.press("Escape")
        try await demo.tmux.wait("the screen before") { $0 == before }
        try await demo.quit()
      }
    }

    @Test func zoom() async throws {
      try await withFiveEnvironments { demo in
        // A cell is 0.1 s, then 0.05 s, and back.
        try await demo.tmux.wait(for: "┊2s       ┊3s")
        try await demo.press("+")
        try await demo.tmux.wait(for: "┊2.5s")
        try await demo.press("-")
        try await demo.tmux.wait(for: "┊2s       ┊3s")
        try await demo.press("-", times: 3)
        try await demo.tmux.wait(for: "┊10s", "┊20s")
        try await demo.press("0")
        try await demo.tmux.wait(for: "┊0ms", "┊1.4s")
        try await demo.quit()
      }
    }

    @Test func theSmallestScreen() async throws {
      try await DemoSession.with(columns: 40, rows: 10, landmark: "lanes") { demo in
        try await demo.press("i")
        try await demo.step(until: "frozen")
        try await demo.tmux.expectScreen("demo-40x10-frozen", landmark: "frozen")
        try await demo.tmux.resize(columns: 39, rows: 9)
        try await demo.tmux.wait(for: "40×10", "39×9")
        try await demo.tmux.resize(columns: 40, rows: 10)
        try await demo.tmux.expectScreen("demo-40x10-frozen", landmark: "frozen")
        try await demo.quit()
      }
    }

    @Test func withoutUTF8() async throws {
      let locale = ["LANG": "C", "LC_ALL": "C"]
      try await DemoSession.with(columns: 80, rows: 24, environment: locale) { demo in
        try await demo.press("i")
        try await demo.step(until: "env-1 * frozen")
        try await demo.tmux.expectScreen("demo-80x24-ascii", landmark: "env-1 * frozen")
        #expect(demo.tmux.lastScreen.utf8.allSatisfy { $0 < 0x80 })
        try await demo.quit()
      }
    }

    @Test func resizing() async throws {
      try await DemoSession.with(columns: 80, rows: 24) { demo in
        try await demo.tmux.expectScreen("demo-80x24-waiting", landmark: "No environment exists.")
        try await demo.tmux.resize(columns: 120, rows: 40)
        try await demo.tmux.expectScreen("demo-120x40-waiting", landmark: "No environment exists.")
        try await demo.tmux.resize(columns: 80, rows: 24)
        try await demo.tmux.expectScreen("demo-80x24-waiting", landmark: "No environment exists.")
        try await demo.quit()
      }
    }
  }
}
