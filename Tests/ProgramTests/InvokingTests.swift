import Foundation
import TestSupport
import Testing

extension TerminalTests {
  /// The requests sent to each emulator, and the part of them that is kept.
  @Suite(.needs(.emulator, .python)) struct Invoking {
    @Test func anEventIsReadWhenItIsSent() async throws {
      let files = ["event.json": #"{"question": "one"}"#]
      try await EmulatorSession.with(options: "--event event.json", files: files) { session in
        try session.allow("init.go")
        try await session.tmux.send("i")
        try await session.tmux.wait(for: #"HTTP 200 {"answer": "one"}"#)
        try session.scratch.write(Array(#"{"question": "two"}"#.utf8), to: "event.json")
        try await session.tmux.send("i")
        try await session.tmux.wait(for: #"HTTP 200 {"answer": "two"}"#)
        try FileManager.default.removeItem(atPath: session.scratch.file("event.json"))
        try await session.tmux.send("i")
        try await session.tmux.wait(for: "nothing sent: expected the event in event.json: No such file")
        try await session.tmux.send("q")
        try await session.tmux.wait(for: "status=0")
      }
    }

    /// Two emulators that a script starts: where they listen is found, each environment has its own, and w saves both.
    @Test func severalEmulators() async throws {
      let scratch = try Scratch()
      let app = "def handler(event, context): return {'from': __name__}\n"
      for name in ["one", "two"] { try scratch.write(Array(app.utf8), to: name + ".py") }
      let ports = try Loopback.freePorts(4)
      let script = """
        cd . && "$RIE" --runtime-interface-emulator-address 127.0.0.1:$2 --runtime-api-address 127.0.0.1:$3 \
          --log-level info "$PYTHON" -m awslambdaric $1.handler
        """
      try scratch.write(Array(script.utf8), to: "run.sh")
      let environment = ["RIE": try Peer.emulator.required(), "PYTHON": try Peer.python.required()]
      try await TmuxSession.with(columns: 120, rows: 40, environment: environment, directory: scratch.path) {
        tmux in
        try await tmux.type(
          "$LANES watch --also 'A=1 sh run.sh one \(ports[0]) \(ports[1])'"
            + " --also 'cd . && sh run.sh two \(ports[2]) \(ports[3])'; echo \"status=$?\"")
        try await tmux.wait(for: "to send a request", "LIVE")
        // Nothing can be chosen yet: the request goes to both.
        try await tmux.send("i")
        let screen = try await tmux.wait(for: "▾ one.handler/rie-", "▾ two.handler/rie-", "requests 2")
        // The environment above, then the one below, whichever was first.
        let one = try #require(screen.range(of: "▾ one.handler/rie-")).lowerBound
        let two = try #require(screen.range(of: "▾ two.handler/rie-")).lowerBound
        for (key, name) in [("k", one < two ? "one" : "two"), ("j", one < two ? "two" : "one")] {
          try await tmux.send(key, times: 2)
          try await tmux.wait(for: "details of \(name).handler/")
          try await tmux.send("i")
          try await tmux.wait(for: "HTTP 200 {\"from\": \"\(name)\"}")
        }
        try await tmux.send("w")
        try await tmux.wait(for: "save to: ", "NAME.jsonl a recording")
        try await tmux.type("kept.jsonl")
        try await tmux.wait(for: "events are in kept.jsonl")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        let summary = try await SummaryDocument(of: scratch.file("kept.jsonl"))
        #expect(summary.statistics.requests == 4, "\((try? scratch.text("kept.jsonl")) ?? "")")
        // Later events are there too.
        #expect(summary.environments.map(\.state) == ["gone", "gone"])
      }
    }
  }
}
