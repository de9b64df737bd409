import Testing

extension TerminalTests {
  /// Settings that are changed and a session that is saved, from the keyboard.
  @Suite struct Saving {
    @Test func settingsAreEventsOfTheSession() async throws {
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("o")
        try await demo.tmux.wait(for: "▸ next requests", "provisioned concurrency")
        try await demo.press("Down", times: 3)
        try await demo.tmux.wait(for: "▸ idle timeout")
        try await demo.press("Left")
        try await demo.tmux.wait(for: "hello · 512 MB · python3.13 · idle timeout 5 s")
        try await demo.press("Escape")
        try await demo.tmux.wait("no options") { !$0.contains("reserved concurrency") }
        try await demo.quit()
      }
    }

    /// Saved as a scenario and as a recording, both show the same session again.
    @Test func bothFilesReplayTheSession() async throws {
      let scratch = try Scratch()
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("i")
        try await demo.step(until: "env-1 ❄ frozen")
        try await demo.press("t", "b")
        try await demo.step(until: "all are frozen") { $0.showsFive("frozen") }
        try await save(scratch.file("saved.yaml"), demo, "saved as a scenario")
        try await save(scratch.file("saved.jsonl"), demo, "the session so far is in")
        try await demo.quit()
      }
      let again = scratch.file("again.jsonl")
      let ending = try await lanes("simulate", scratch.file("saved.yaml"), "--record", again)
      #expect(ending.status == 0, "\(ending.errors)")
      let first = try await SummaryDocument(of: scratch.file("saved.jsonl"))
      let second = try await SummaryDocument(of: again)
      #expect(first.statistics.requests == 6)
      #expect(first.statistics == second.statistics)
      #expect(first.environments == second.environments)
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES play saved.jsonl; echo \"status=$?\"")
        try await tmux.wait(for: "play: saved.jsonl")
        try await tmux.send("G")
        try await tmux.wait(for: "requests 6", "cold 5", "env-5")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES demo saved.yaml; echo \"status=$?\"")
        try await tmux.wait("all again") { $0.contains("requests 6") && $0.contains("env-5 ❄ frozen") }
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    private func save(_ path: String, _ demo: DemoSession, _ message: String) async throws {
      try await demo.press("w")
      try await demo.tmux.wait(for: "save to:")
      for character in path { try await demo.press(String(character)) }
      try await demo.press("Enter")
      try await demo.tmux.wait(for: message)
    }
  }
}
