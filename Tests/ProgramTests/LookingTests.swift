import Testing

extension TerminalTests {
  /// Sizes and character sets of terminals.
  @Suite struct Looking {
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
