import Foundation
import Testing

extension TerminalTests {
  /// Looking at a live stream: what is squeezed, paused, filtered, searched and jumped to.
  @Suite struct Watching {
    private static func line(_ time: String, _ type: String, _ record: String) -> String {
      #"{"time":"2026-01-01T\#(time)Z","type":"\#(type)","record":\#(record)}"# + "\n"
    }

    private static func request(_ number: Int, _ begin: String, _ end: String, _ status: String) -> String {
      let id = "\"requestId\":\"3f1c7a52-0000-4000-8000-00000000000\(number)\""
      return line(begin, "platform.start", "{\(id),\"version\":\"1\"}")
        + line(begin, "function", "\"order \(number) \\u001b[2Jcame\"")
        + line(
          end, "platform.runtimeDone", "{\(id),\"status\":\"\(status)\",\"metrics\":{\"durationMs\":200}}")
        + line(
          end, "platform.report",
          "{\(id),\"status\":\"\(status)\",\"metrics\":{\"durationMs\":200,\"billedDurationMs\":200,\"memorySizeMB\":128,\"maxMemoryUsedMB\":60}}"
        )
    }

    /// Of January: far from our clock. A cold start, twelve minutes of nothing, a failure.
    private static let old =
      line(
        "00:00:00.000", "platform.initStart",
        #"{"initializationType":"on-demand","phase":"init","functionName":"orders","functionVersion":"1"}"#)
      + line(
        "00:00:00.500", "platform.initRuntimeDone",
        #"{"initializationType":"on-demand","phase":"init","status":"success"}"#)
      + request(1, "00:00:00.500", "00:00:00.700", "success")
      + request(2, "00:12:30.700", "00:12:30.900", "error")

    private func watching(
      columns: Int = 120, rows: Int = 40, _ body: (TmuxSession, URL) async throws -> Void
    ) async throws {
      let scratch = try Scratch()
      try scratch.write(Data(Self.old.utf8), to: "old.jsonl")
      try await TmuxSession.with(columns: columns, rows: rows, directory: scratch.path) { tmux in
        try await tmux.type("$LANES watch old.jsonl")
        try await tmux.wait(for: "LIVE", "orders")
        try await body(tmux, URL(fileURLWithPath: scratch.path).appendingPathComponent("old.jsonl"))
        try await tmux.send("q")
        try await tmux.wait("the shell again") { !$0.contains("LIVE") && !$0.contains("PAUSED") }
      }
    }

    private func append(_ text: String, to file: URL) throws {
      let handle = try FileHandle(forWritingTo: file)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
    }

    @Test func squeezedAndInFull() async throws {
      try await watching { tmux, _ in
        // The old log's own time, not the wall clock's; what lies before the pause is in sight with what lies behind it.
        try await tmux.wait(for: "╱12m30s╱", "200 ms", "LIVE", "12:3")
        try await tmux.send("0")
        try await tmux.wait(for: "╱12m30s╱", "500 ms")
        try await tmux.send("z")
        try await tmux.wait(for: "idle time is as long as it was", "┊10:00")
        try await tmux.wait("no break") { !$0.contains("╱") }
        try await tmux.send("z")
        try await tmux.wait(for: "idle time is squeezed", "╱12m30s╱")
      }
    }

    @Test func pausedWhileEventsCome() async throws {
      try await watching(columns: 80, rows: 24) { tmux, file in
        try await tmux.send("Space")
        try await tmux.wait(for: "PAUSED")
        try append(Self.request(3, "00:13:00.000", "00:13:00.200", "success"), to: file)
        try await tmux.wait(for: "PAUSED, 5 new")
        #expect(tmux.lastScreen.contains("requests 2"))
        try await tmux.send("f")
        let live = try await tmux.wait(for: "LIVE", "requests 3")
        #expect(!live.contains(" new"))
        try await tmux.send("Space")
        try await tmux.wait(for: "PAUSED")
        try append(Self.request(4, "00:13:01.000", "00:13:01.200", "success"), to: file)
        try await tmux.wait(for: "PAUSED, 5 new")
        try await tmux.send("Space")
        try await tmux.wait(for: "LIVE", "requests 4")
      }
    }

    @Test func jumps() async throws {
      try await watching { tmux, _ in
        try await tmux.send("{")
        try await tmux.wait(for: "error 1 of 1", "12:30.9", "PAUSED")
        try await tmux.send("(")
        try await tmux.wait(for: "cold start 1 of 1", "00:00.0")
        try await tmux.send("(")
        try await tmux.wait(for: "no earlier cold start than here; there is one")
        try await tmux.send("}")
        try await tmux.wait(for: "error 1 of 1")
        try await tmux.send("y")
        try await tmux.wait(for: "there is no throttle so far")
        try await tmux.send("d")
        try await tmux.wait(for: "there is no shutdown so far")
      }
    }

    @Test func filter() async throws {
      try await watching { tmux, _ in
        try await tmux.send("/", "s", "t", "a", "t", "e", ":", "m", "e", "l", "t")
        try await tmux.wait(for: "filter: state:melt_", "no state is called melt; states: creating")
        try await tmux.send("Enter")
        try await tmux.send("BSpace", times: 4)
        try await tmux.send("g", "o", "n", "e")
        try await tmux.wait(for: "filter: state:gone_", "No environment matches \"state:gone\"")
        try await tmux.send("Escape")
        try await tmux.wait(for: "extension init", "q quit")
      }
    }

    @Test func log() async throws {
      try await watching(columns: 80, rows: 24) { tmux, _ in
        try await tmux.send("a")
        // What the function printed is shown, not obeyed.
        try await tmux.wait(for: "─ log of", "order 2 ·[2Jcame", "12:30.9")
        try await tmux.send("a")
        try await tmux.wait(for: "─ log · a only")
        try await tmux.send("/", "O", "R", "D", "E", "R", "Space", "1", "Enter")
        try await tmux.wait(for: "order 1 ·[2Jcame", "n \"ORDER 1\"")
        try await tmux.send("n")
        try await tmux.wait(for: "no earlier line of the log has")
        try await tmux.send("Escape")
        try await tmux.wait(for: "order 2 ·[2Jcame", "/ search")
        try await tmux.send("PageUp")
        try await tmux.wait(for: "line ")
        try await tmux.send("J", times: 20)
        try await tmux.wait("the newest line again") { !$0.contains("line 1") && $0.contains("order 2") }
      }
    }
  }
}
