import TestSupport
import Testing

extension TerminalTests {
  /// Recordings in real time, from the shell.
  @Suite struct Player {
    @Test func beginsWhereItsOptionsSay() async throws {
      try await TmuxSession.with(columns: 120, rows: 40, directory: Repository.path("demos")) { tmux in
        try await tmux.type(
          "$LANES play --at 5s --speed 1000 --playing first-session.jsonl; echo \"status=$?\"")
        // It stays at the end instead of leaving.
        try await tmux.wait(for: "PAUSED · space plays 1000×", "00:17.7 of 00:17.7")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    /// A quarter of a million events: the first frame before all is read, and every key at once.
    @Test func aLongSession() async throws {
      let scratch = try Scratch()
      let made = try await lanes(
        "simulate", Repository.path("demos/steady.yaml"), "--set", "requests[0].poisson=80 per minute",
        "--until", "315min", "--record", scratch.file("long.jsonl"))
      try #require(made.status == 0, "\(made.errors)")
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES play long.jsonl; echo \"status=$?\"")
        // The first frame is there before all has been read, and says how far that is.
        try await tmux.wait(for: " reading ", "The recording is being read.")
        _ = try await eventually("all has been read", atMost: .seconds(120), found: { tmux.lastScreen }) {
          let screen = try await tmux.screen()
          return screen.contains("cold starts, mean wait") ? screen : nil
        }
        try await tmux.wait(for: "5:14:", "whole  100 %")
        try await tmux.send("5")
        try await tmux.wait(for: "whole  50 %", "2:37:")
        try await tmux.send("Enter")
        try await tmux.wait(for: "▾ env-", "function init")
        try await tmux.send("G")
        try await tmux.wait(for: "whole  100 %")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }
  }
}
