import Glibc
import SwimlaneUI
import Testing

@testable import CursesTerminal

extension CursesTests {
  struct OfTheMouse {
    /// Descriptions with ncurses' own way to the mouse (xterm) and without (tmux, screen).
    static let types = ["xterm-256color", "tmux-256color", "screen"]

    private func keys(_ typed: [String], type: String = "xterm-256color", mouse: Bool = true) throws -> [Key]
    {
      try CursesTerminalTests.keys(typing: typed, type: type, mouse: mouse)
    }

    private func mouse(_ kind: Mouse.Kind, _ column: Int, _ row: Int) -> Key {
      .mouse(Mouse(kind, column: column, row: row))
    }

    @Test(arguments: types)
    func reportsAreKeys(type: String) throws {
      let typed = "\u{1B}[<0;10;5M\u{1B}[<32;12;6M\u{1B}[<0;12;6m\u{1B}[<64;1;1M\u{1B}[<65;300;100Mq"
      #expect(
        try keys([typed], type: type) == [
          mouse(.press, 9, 4), mouse(.drag, 11, 5), mouse(.release, 11, 5), mouse(.wheelUp, 0, 0),
          mouse(.wheelDown, 299, 99), .character("q"),
        ])
    }

    @Test(arguments: types)
    func oldReportsAreUnderstood(type: String) throws {
      #expect(
        try keys(["\u{1B}[M *%\u{1B}[M#*%\u{1B}[M`*%q"], type: type) == [
          mouse(.press, 9, 4), mouse(.release, 9, 4), mouse(.wheelUp, 9, 4), .character("q"),
        ])
    }

    @Test func aReportMayComeInParts() throws {
      #expect(
        try keys(["\u{1B}[<0;1", "0;5", "M", "q"]) == [mouse(.press, 9, 4), .character("q")])
    }

    @Test func modifiersDoNotCountAndOtherButtonsMeanNothing() throws {
      #expect(
        try keys(["\u{1B}[<16;2;2M\u{1B}[<1;2;2M\u{1B}[<2;2;2M\u{1B}[<35;2;2M\u{1B}[<66;2;2Mq"]) == [
          mouse(.press, 1, 1), .character("q"),
        ])
    }

    @Test func nonsenseIsDropped() throws {
      #expect(
        try keys(["\u{1B}[<99999999999999999999;1;1Mq", "\u{1B}[<0;1Mq", "\u{1B}[<0;1;1;1Mq"]).last
          == .character("q"))
      #expect(try keys(["\u{1B}[<M", "i"]) == [.character("i")])
    }

    @Test func itIsSwitchedOnAndOffAgain() throws {
      let pty = try Pty(columns: 40, rows: 10)
      var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "tmux-256color")
      terminal.show(Frame(columns: 40, rows: 10))
      #expect(pty.output().contains(MouseReports.on))
      var whileStopped: [UInt8] = []
      terminal.suspend(stopping: { whileStopped = pty.output() })
      #expect(whileStopped.contains(MouseReports.off))
      #expect(pty.output().contains(MouseReports.on))
      terminal.restore()
      #expect(pty.output().contains(MouseReports.off))
    }

    @Test func itIsLeftAloneWhereNobodyWantsItOrThereIsNone() throws {
      for (type, mouse) in [("xterm-256color", false), ("vt100", true)] {
        let pty = try Pty(columns: 40, rows: 10)
        do {
          var terminal = try CursesTerminal(TerminalOptions(mouse: mouse), device: pty.device, type: type)
          terminal.show(Frame(columns: 40, rows: 10))
        }
        let output = pty.output()
        for mode in ["1000", "1002", "1003", "1006"] { #expect(!output.contains("\u{1B}[?\(mode)")) }
      }
    }
  }
}
