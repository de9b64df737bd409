import Testing

extension TerminalTests {
  @Suite struct Demo {
    /// The whole way of a user through the demo; each screen that is compared is a file in Golden.
    @Test(arguments: [(120, 40), (80, 24)])
    func aSessionFromTheFirstRequestToTheEnd(columns: Int, rows: Int) async throws {
      let size = "\(columns)x\(rows)"
      try await DemoSession.with(columns: columns, rows: rows) { demo in
        let tmux = demo.tmux
        try await tmux.expectScreen("demo-\(size)-waiting", landmark: "No environment exists.")

        // A cold start.
        try await demo.press("i")
        try await tmux.wait(for: "env-1 ○ creating", "requests 1", "cold 1 · 100 %")
        for lane in ["extension init", "runtime init", "function init", "invoke", "frozen", "shutdown"] {
          #expect(tmux.lastScreen.contains(lane))
        }
        try await demo.step(until: "env-1 ◔ initializing")
        try await demo.step(until: "env-1 ● invoking")
        try await demo.step(until: "env-1 ❄ frozen")
        try await tmux.expectScreen("demo-\(size)-frozen", landmark: "env-1 ❄ frozen")

        // A warm one needs no init.
        try await demo.press("i")
        try await tmux.wait(for: "env-1 ● invoking", "requests 2", "cold 1 · 50 %")
        try await demo.step(until: "env-1 ❄ frozen")
        try await tmux.wait(for: "the caller waited")

        // Five at once: one environment is there, four are made.
        try await demo.press("b")
        try await tmux.wait(for: "env-5 ○ creating", "requests 7")
        // Beside the caller's wait, cold and warm, a small screen has no room for the share of cold starts.
        if columns >= 100 { try await tmux.wait(for: "cold 5 · 71 %") }
        try await demo.step(until: "all are frozen") { $0.showsFive("frozen") }
        try await tmux.expectScreen("demo-\(size)-burst", landmark: "env-5 ❄ frozen")

        // A shorter idle timeout; the next one down is 5 s.
        try await demo.press("t")
        try await tmux.wait(for: "idle timeout: 5 s")
        if columns >= 100 { try await tmux.wait(for: "idle timeout 5 s") }
        try await demo.step(until: "shutting down")
        try await demo.step(until: "all are gone") { $0.showsFive("gone") }
        try await tmux.expectScreen("demo-\(size)-gone", landmark: "env-5 ∅ gone")

        // The past: what came later is not there.
        try await demo.press("g")
        try await tmux.wait(for: "00:00.0", "env-1 ○ creating", "requests 1")
        try await tmux.expectScreen("demo-\(size)-start", landmark: "00:00.0")
        #expect(!tmux.lastScreen.contains("env-2"))
        try await demo.press("f")
        try await tmux.wait(for: "env-5 ∅ gone", "requests 7")
        try await demo.quit()
      }
    }

    @Test func theSameWithoutPausing() async throws {
      try await DemoSession.with(columns: 120, rows: 40, options: "--seed 1") { demo in
        try await demo.press("i")
        try await demo.tmux.wait(for: "LIVE", "env-1", "requests 1")
        // To 100 times as fast: frozen turns to shutdown, shutdown to gone.
        try await demo.press(">", times: 6)
        try await demo.tmux.wait(for: "100×", "env-1 ∅ gone", "now 0 peak 1")
        try await demo.press("i")
        try await demo.tmux.wait(for: "env-2 ∅ gone", "requests 2")
        try await demo.press("<", times: 9)
        try await demo.tmux.wait(for: "0.1×")
        try await demo.press("Space")
        try await demo.tmux.wait(for: "PAUSED")
        try await demo.quit()
      }
    }

    @Test func aRequestInThePastForks() async throws {
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("i")
        try await demo.step(until: "env-1 ❄ frozen")
        try await demo.press("b")
        try await demo.step(until: "env-5 ❄ frozen")
        try await demo.press(",", times: 3)
        try await demo.tmux.wait(for: "env-1", "PAUSED")
        try await demo.press("g")
        try await demo.tmux.wait("only what there was then") { !$0.contains("env-2") }
        // One step on, and a second request while the first environment is being made.
        try await demo.press(".")
        try await demo.tmux.wait("a step") { !$0.contains("00:00.0 ") }
        try await demo.press("i")
        try await demo.tmux.wait(for: "FORKED", "forked: what came after this moment is gone", "requests 2")
        try await demo.tmux.wait("a second environment, and no more") {
          $0.contains("env-2 ○ creating") && !$0.contains("env-3")
        }
        try await demo.quit()
      }
    }

    @Test func oneAndAllAreShutDown() async throws {
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("x")
        try await demo.tmux.wait(for: "no environment is selected; i sends a request")
        try await demo.press("b")
        try await demo.step(until: "all are frozen") { $0.showsFive("frozen") }
        // The selection has followed the requests to the last one.
        for _ in 0..<4 { try await demo.press("k") }
        try await demo.press("Down", "x")
        try await demo.tmux.wait("env-2 alone is shut down") {
          $0.contains("env-2 ▚ shutting down") && $0.contains("env-1 ❄ frozen")
            && $0.contains("env-3 ❄ frozen")
        }
        try await demo.press("X")
        try await demo.tmux.wait("all are shut down") { $0.showsFive("shutting down") }
        try await demo.step(until: "all are gone") { $0.showsFive("gone") }
        try await demo.quit()
      }
    }
  }
}
