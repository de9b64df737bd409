import Foundation
import TestSupport
import Testing

extension TerminalTests {
  /// The real emulator, the real Python runtime client, a function that waits for the test.
  @Suite(.needs(.emulator, .python)) struct Emulator {
    @Test func threeRequestsAndTheEnd() async throws {
      try await EmulatorSession.with { session in
        let tmux = session.tmux
        // The first request, by key: init runs until the function may go on.
        try await tmux.send("i")
        try await tmux.wait(for: "rie-1 ◔ initializing", "requests 1", "cold 1")
        #expect(tmux.lastScreen.contains("idle here; Lambda would freeze"))
        let processes = try await session.processes()
        try session.allow("init.go")
        try await tmux.wait(
          for: "rie-1 ❄ frozen", "the caller has its answer: HTTP 200 {\"answer\": \"none\"}")

        // The second, by HTTP: seen while it runs.
        let port = session.port
        async let second = Loopback.invoke(port: port, #"{"wait": "second.go", "question": "second"}"#)
        try await tmux.wait(for: "rie-1 ● invoking", "requests 2")
        try session.allow("second.go")
        #expect(try await second.hasSuffix(#"{"answer": "second"}"#))
        try await tmux.wait(for: "rie-1 ❄ frozen")

        let third = try await Loopback.invoke(port: port, #"{"question": "third"}"#)
        #expect(third.hasSuffix(#"{"answer": "third"}"#))
        try await tmux.wait(for: "rie-1 ❄ frozen", "requests 3", "cold 1 · 33 %")

        // x ends the emulator, so that its shutdown is seen.
        try await tmux.send("x")
        try await tmux.wait(for: "rie-1 ∅ gone", "the emulator has ended: exited with status 0")
        try await tmux.send("i")
        try await tmux.wait(for: "the emulator has ended: it takes no requests")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        try await session.expectEnd(of: processes)
        try await expectRecording(of: session)
      }
    }

    /// The recording has the whole session, and plays back to the same.
    private func expectRecording(of session: EmulatorSession) async throws {
      let file = session.scratch.file("session.jsonl")
      let summary = try await SummaryDocument(of: file)
      #expect(summary.environments.map(\.state) == ["gone"])
      let spans = summary.environments.first?.spans ?? []
      #expect(
        spans.map { "\($0.phase) \($0.observed ? $0.outcome ?? "-" : "inferred")" } == [
          "init success", "invoke success", "frozen inferred", "invoke success", "frozen inferred",
          "invoke success", "frozen inferred", "shutdown success",
        ])
      // In order, and each frozen gap from the end of one to the beginning of the next.
      for (span, next) in zip(spans, spans.dropFirst()) {
        let end = try #require(span.end)
        #expect(span.start <= end)
        let touches = !span.observed || !next.observed
        #expect(touches ? abs(end - next.start) < 0.000_001 : end <= next.start + 0.002)
      }
      let requests = spans.filter { $0.phase == "invoke" }.compactMap(\.requestId)
      #expect(Set(requests).count == 3)
      #expect(summary.statistics.requests == 3)
      #expect(summary.statistics.coldStarts == 1)
      #expect(summary.statistics.errors + summary.statistics.timeouts + summary.statistics.throttles == 0)
      #expect(summary.input.undecodable == 0)

      // The live events are in the recording, one by one, and play back to the same recording.
      let lines = try session.scratch.text("session.jsonl").split(separator: "\n")
      try await expectSame(lines, afterPlaying: file, in: session.scratch, summary)
      if Peer.checkJSONSchema.path != nil || Peer.areRequired {
        try await expectValid(lines, in: session.scratch)
      }
    }

    private func expectSame(
      _ lines: [Substring], afterPlaying file: String, in scratch: Scratch, _ summary: SummaryDocument
    ) async throws {
      let again = scratch.file("again.jsonl")
      let ending = try await lanes("watch", "-", "--record", again, input: file)
      #expect(ending.status == 0)
      let seen = try scratch.text("again.jsonl").split(separator: "\n")
      #expect(seen.map(withoutArrival) == lines.map(withoutArrival))
      #expect(try await SummaryDocument(of: again) == summary)
      let played = try await lanes("play", "--plain", file)
      #expect(played.lines.count { $0.contains("invoke began") } == 3)
      #expect(played.lines.last?.contains("environment gone: terminated") == true)
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES play session.jsonl")
        try await tmux.wait(for: "PAUSED", "1 cold start")
        try await tmux.wait(for: "rie-1 ∅ gone", "requests 3", "cold 1 · 33 %")
      }
    }

    /// An event arrives a second time when its recording is watched.
    private func withoutArrival(_ line: Substring) -> String {
      String(line.replacing(/"arrival":-?[0-9.]+,/, with: ""))
    }

    @Test func quittingEndsWhatWasStarted() async throws {
      try await EmulatorSession.with { session in
        try session.allow("init.go")
        try await session.tmux.send("i")
        try await session.tmux.wait(for: "rie-1 ❄ frozen")
        let processes = try await session.processes()
        try await session.tmux.send("q")
        try await session.tmux.wait(for: "status=0")
        try await session.expectEnd(of: processes)
        // The emulator was asked to end: its last lines are in the recording.
        let summary = try await SummaryDocument(of: session.scratch.file("session.jsonl"))
        #expect(summary.environments.map(\.state) == ["gone"])
      }
    }

    /// In the middle of an init, at which the emulator waits for the function.
    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalEndsWhatWasStarted(signal: Int32) async throws {
      try await EmulatorSession.with { session in
        try await session.tmux.send("i")
        try await session.tmux.wait(for: "rie-1 ◔ initializing")
        let processes = try await session.processes()
        let lanes = try #require(processes.first)
        kill(lanes.number, signal)
        let screen = try await session.tmux.wait(for: "status=\(128 + signal)")
        #expect(screen.hasPrefix("shell> "))
        try await session.expectEnd(of: processes)
      }
    }
  }
}
