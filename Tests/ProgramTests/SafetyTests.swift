import TestSupport
import Testing

extension TerminalTests {
  /// Text of a stream never reaches the terminal raw.
  @Suite struct Safety {
    @Test(arguments: ["watch - < hostile.log", "play hostile.log"])
    func escapesOfAStreamAreShown(command: String) async throws {
      let scratch = try Scratch()
      try scratch.write(Hostile.stream, to: "hostile.log")
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        let title = try await tmux.value("#{pane_title}")
        try await tmux.type("$LANES \(command); echo \"status=$?\"")
        try await tmux.wait(for: "rie-1", "requests 1")
        // The pane of events shows the lines themselves.
        try await tmux.send("f")
        try await tmux.send("J")
        // A colour is no part of the text, and is taken off.
        let screen = try await tmux.wait(for: "title ·]0;STOLEN· clear ·[2J·[H colour  bell ·")
        #expect(screen.hasPrefix(" lanes  "))
        #expect(screen.contains("q quit"))
        #expect(screen.contains("▾ rie-1"))
        #expect(try await tmux.value("#{pane_title}") == title)
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
        #expect(try await tmux.value("#{pane_title}") == title)
      }
    }

    @Test func aCommandThatEndsAtOnce() async throws {
      try await TmuxSession.with(columns: 120, rows: 40) { tmux in
        try await tmux.type("$LANES watch -- sh -c 'exit 3'; echo \"status=$?\"")
        try await tmux.wait(for: "the emulator has ended: exited with status 3")
        try await tmux.send("i")
        try await tmux.wait(for: "lanes knows no address to send a request to", " lanes  watch: sh")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    @Test func aCommandThatIsNotThere() async throws {
      try await TmuxSession.with(columns: 120, rows: 40) { tmux in
        try await tmux.type("$LANES watch -- no-such-program-at-all; echo \"status=$?\"")
        let screen = try await tmux.wait(for: "status=1")
        #expect(screen.contains("cannot start no-such-program-at-all: no such program in PATH."))
      }
    }
  }
}
