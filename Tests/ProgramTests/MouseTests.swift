import TestSupport
import Testing

extension TerminalTests {
  @Suite struct Mouse {
    @Test(arguments: ["tmux-256color", "xterm-256color"])
    func aSessionByMouse(type: String) async throws {
      try await DemoSession.with(columns: 120, rows: 40, environment: ["TERM": type]) { demo in
        let tmux = demo.tmux
        #expect(try await tmux.value("#{mouse_button_flag} #{mouse_sgr_flag}") == "1 1")
        try await tmux.click(on: "b burst")
        try await tmux.wait(for: "requests 5", "env-5")
        try await demo.step(until: "all are frozen") { $0.showsFive("frozen") }

        // A name selects, its arrow opens and closes.
        try await tmux.click(on: "env-2")
        try await tmux.wait(for: "env-2 is frozen")
        try await tmux.click(on: "▸ env-4")
        try await tmux.wait(for: "▾ env-4", "env-4 is frozen")
        try await tmux.click(on: "▾ env-4")
        try await tmux.wait(for: "▸ env-4")

        // The axis seeks, the lanes are dragged, the wheel zooms.
        try await tmux.click(column: 31, row: 2)
        try await tmux.wait("the past") { !$0.contains("is frozen") && $0.contains("PAUSED") }
        let before = tmux.lastScreen.split(separator: "\n")[2]
        try await tmux.mouse("<0;60;6M", "<32;50;6M", "<0;50;6m")
        let panned = try await tmux.wait("another picture") { $0.split(separator: "\n")[2] != before }
        try await tmux.mouse("<64;60;6M")
        try await tmux.wait("a larger picture") { $0 != panned }
        try await tmux.click(on: "? help")
        try await tmux.wait(for: "Keys and signs")
        try await tmux.click(on: "back to now, and follow it")
        try await tmux.wait(for: "env-5", "requests 5")
        try await tmux.click(on: "q quit")
        try await tmux.wait(for: "status=0")
        #expect(try await tmux.value("#{mouse_any_flag} #{mouse_sgr_flag}") == "0 0")
      }
    }

    @Test func withoutIt() async throws {
      try await DemoSession.with(columns: 80, rows: 24, options: "--seed 1 --paused --no-mouse") { demo in
        #expect(try await demo.tmux.value("#{mouse_any_flag} #{mouse_sgr_flag}") == "0 0")
        try await demo.quit()
      }
    }
  }
}

extension TmuxSession {
  /// Reports of a mouse, as a terminal writes them after `ESC [`.
  func mouse(_ reports: String...) async throws {
    for report in reports {
      let bytes = ["1b", "5b"] + report.utf8.map { String($0, radix: 16) }
      try await send(hex: bytes)
    }
  }

  /// From 0.
  func click(column: Int, row: Int) async throws {
    try await mouse("<0;\(column + 1);\(row + 1)M", "<0;\(column + 1);\(row + 1)m")
  }

  /// Clicks on the first character of a text on the screen.
  func click(on text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let screen = try await wait(for: text, sourceLocation: sourceLocation)
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    for (row, line) in lines.enumerated() {
      if let range = line.firstRange(of: text) {
        return try await click(column: line.distance(from: line.startIndex, to: range.lowerBound), row: row)
      }
    }
  }
}
