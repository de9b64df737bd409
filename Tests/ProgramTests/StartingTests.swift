import Testing

extension TerminalTests {
  /// The first screen, by the command typed.
  @Suite struct Starting {
    @Test func aLessonOrTheMenu() async throws {
      try await TmuxSession.with(columns: 120, rows: 40) { tmux in
        try await tmux.type("$LANES; echo \"status=$?\"")
        try await tmux.wait(for: "Lesson 1 of 13", "PAUSED · space goes on", "to send the first request")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        try await tmux.type("clear; $LANES demo; echo \"status=$?\"")
        try await tmux.wait(for: "Memory, CPU and cost")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        try await tmux.type("clear; $LANES demo failures; echo \"status=$?\"")
        try await tmux.wait(for: "Lesson 8 of 13", "PAUSED · space goes on")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }
  }
}
