import Glibc
import SwimlaneUI
import Testing

@testable import CursesTerminal

extension CursesTests {
  struct OfPasting {
    private static let types = ["xterm-256color", "tmux-256color", "screen"]

    private func keys(_ typed: [String], type: String = "xterm-256color") throws -> [Key] {
      try CursesTerminalTests.keys(typing: typed, type: type)
    }

    @Test(arguments: types)
    func isOneKey(type: String) throws {
      #expect(
        try keys(["a\u{1B}[200~qqq\r\n注\t\u{3}\u{1B}[201~b"], type: type) == [
          .character("a"), .paste("qqq\r\n注\t\u{3}"), .character("b"),
        ])
    }

    @Test func mayComeInParts() throws {
      #expect(
        try keys(["\u{1B}[200~q", "\u{3}q", "\u{1B}[201~", "x"]) == [.paste("q\u{3}q"), .character("x")])
    }

    @Test func holdsNoSequences() throws {
      #expect(
        try keys(["\u{1B}[200~a\u{1B}OA\u{1B}[200~b\u{1B}[201~c"]) == [.paste("ab"), .character("c")])
    }

    @Test func whatIsLongIsCut() throws {
      let text = String(repeating: "0123456789abcdef", count: 100)
      let parts = ["\u{1B}[200~"] + Array(repeating: text, count: 4) + ["\u{1B}[201~", "x"]
      let whole = String(String(repeating: text, count: 4).prefix(BracketedPaste.mostCharacters))
      #expect(try keys(parts) == [.paste(whole), .character("x")])
    }

    @Test func whereTheEndIsLostThereIsAWayOut() {
      var paste = BracketedPaste()
      let begins = paste.begins(with: 1_003, at: 0)
      #expect(begins)
      let moments = [900, 1_000, 1_999, 1_999 + BracketedPaste.patience]
      let keys = moments.map { paste.take(0x03, at: $0) }
      #expect(keys == [nil, nil, nil, .interrupt])
      #expect(!paste.isReading)
    }

    @Test func isAskedForAndNoLonger() throws {
      let pty = try Pty(columns: 40, rows: 10)
      var terminal = try CursesTerminal(
        TerminalOptions(mouse: false), device: pty.device, type: "tmux-256color")
      terminal.show(Frame(columns: 40, rows: 10))
      #expect(pty.output().contains(BracketedPaste.on))
      var whileStopped: [UInt8] = []
      terminal.suspend(stopping: { whileStopped = pty.output() })
      #expect(whileStopped.contains(BracketedPaste.off) && !whileStopped.contains(BracketedPaste.on))
      #expect(pty.output().contains(BracketedPaste.on))
      terminal.restore()
      #expect(pty.output().contains(BracketedPaste.off))
    }

    @Test func isNotAskedForWhereTheTerminalIsOfIron() throws {
      let pty = try Pty(columns: 40, rows: 10)
      do {
        var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "vt100")
        terminal.show(Frame(columns: 40, rows: 10))
      }
      #expect(!pty.output().contains("2004"))
    }
  }
}
