import Foundation
import Testing

extension TerminalTests {
  /// A recording is played like a video.
  @Suite struct Player {
    private func playing(
      _ arguments: String, files: [String: String] = [:], _ body: (TmuxSession, Scratch) async throws -> Void
    ) async throws {
      let scratch = try Scratch()
      let demo = try Data(contentsOf: URL(fileURLWithPath: Repository.path("demos/first-session.jsonl")))
      try scratch.write([UInt8](demo), to: "session.jsonl")
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES play \(arguments); echo \"status=$?\"")
        try await body(tmux, scratch)
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    @Test func opensOnTheWholeWithItsFindings() async throws {
      try await playing("session.jsonl") { tmux, _ in
        try await tmux.wait(
          for: "PAUSED", "00:17.7 of 00:17.7", "findings", "2 cold starts, mean 1.45 s (the longest 1.55 s)",
          "whole  100 %"
        )
        // There it goes, and zooms.
        try await tmux.send("Enter")
        try await tmux.wait(for: "00:01.5 of 00:17.7", "env-1 ● invoking", "500ms")
        try await tmux.send("0")
        try await tmux.wait(for: "8.74 s", "00:01.5 of 00:17.7")
      }
    }

    @Test func playsForwardsAndBackwards() async throws {
      try await playing("--at 5s --speed 1000 --playing session.jsonl") { tmux, _ in
        // It stays at the end instead of leaving.
        try await tmux.wait(for: "PAUSED 1000×", "00:17.7 of 00:17.7")
        try await tmux.send("r")
        try await tmux.wait(for: "PAUSED 1000×", "00:00.0 of 00:17.7")
        try await tmux.send("<", times: 20)
        try await tmux.wait(for: "0.01×")
        try await tmux.send("5", "Space")
        try await tmux.wait(for: "REVERSE 0.01×")
        try await tmux.send("r")
        try await tmux.wait(for: "REPLAY 0.01×")
      }
    }

    @Test func goesByPartsTimesStepsPhasesAndRequests() async throws {
      try await playing("session.jsonl") { tmux, _ in
        try await tmux.wait(for: "2 cold starts")
        try await tmux.send("g")
        try await tmux.wait(for: "00:00.0 of 00:17.7", "whole  0 %")
        try await tmux.send("i")
        try await tmux.wait(for: "00:04.0 of", "request 2 of 4: env-1")
        try await tmux.send("I")
        try await tmux.wait(for: "00:00.0 of", "request 1 of 4")
        try await tmux.send("p")
        try await tmux.wait(for: "00:00.2 of", "env-1: extension init")
        try await tmux.send("p")
        try await tmux.wait(for: "00:00.5 of", "env-1: runtime init")
        try await tmux.send("P")
        try await tmux.wait(for: "env-1: extension init")
        try await tmux.send(":", "6", ".", "5", "s", "Enter")
        try await tmux.wait(for: "00:06.5 of 00:17.7")
        try await tmux.send(":", "-", "2", "s", "Enter")
        try await tmux.wait(for: "00:04.5 of 00:17.7")
        try await tmux.send(":", "x", "Enter")
        try await tmux.wait(for: "expected a time as 1m30s or 2:05, a part as 40%, or a step as +5s; found x")
        try await tmux.send("5")
        try await tmux.wait(for: "whole  50 %")
        // The row of the whole takes clicks.
        try await tmux.send(hex: Array("\u{1B}[<0;29;31M\u{1B}[<0;29;31m".utf8).map { String($0, radix: 16) })
        try await tmux.wait(for: "whole  0 %")
      }
    }

    @Test func repeatsAStretch() async throws {
      try await playing("--at 1s session.jsonl") { tmux, _ in
        try await tmux.wait(for: "00:01.0 of 00:17.7")
        try await tmux.send("o")
        try await tmux.wait(for: "M marks where it begins to repeat")
        try await tmux.send("M")
        try await tmux.send(":", "+", "2", "s", "Enter")
        try await tmux.wait(for: "00:03.0 of 00:17.7", "2.00 s")
        try await tmux.send("o")
        try await tmux.wait(for: "2.00 s again and again", "REPLAY")
        try await tmux.send("o")
        try await tmux.wait(for: "no longer repeated")
      }
    }

    @Test func keepsMarkersBesideTheRecording() async throws {
      try await playing("--at 4s session.jsonl") { tmux, scratch in
        try await tmux.wait(for: "00:04.0 of 00:17.7")
        try await tmux.send("m", "w", "a", "r", "m", "Enter")
        try await tmux.wait(for: "marker: warm, kept in session.jsonl.marks.jsonl")
        try await tmux.send("g")
        try await tmux.wait(for: "◆")
        #expect(
          try Data(contentsOf: URL(fileURLWithPath: scratch.file("session.jsonl")))
            == Data(contentsOf: URL(fileURLWithPath: Repository.path("demos/first-session.jsonl"))))
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        try await tmux.type("clear; $LANES play session.jsonl; echo \"status=$?\"")
        try await tmux.wait(for: "◆", "2 cold starts")
        try await tmux.send("g", "]")
        try await tmux.wait("the marker says its name") { $0.contains("marker: warm") }
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
          return screen.contains("cold starts, mean") ? screen : nil
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
