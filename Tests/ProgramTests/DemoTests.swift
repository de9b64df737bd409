import Testing

extension TerminalTests {
  /// The demo in real time.
  @Suite struct Demo {
    @Test func itsClockIsOurs() async throws {
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
  }
}
