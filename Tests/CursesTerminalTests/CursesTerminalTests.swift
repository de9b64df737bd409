import CNcurses
import Glibc
import SwimlaneUI
import Testing

@testable import CursesTerminal

/// ncurses has one state for the whole process: every test of it belongs in here, one after another.
@Suite(.serialized)
struct CursesTests {
  init() {
    setenv("LC_ALL", "C.UTF-8", 1)
    unsetenv("NO_COLOR")
    unsetenv("LINES")
    unsetenv("COLUMNS")
  }

  private func bar(_ glyph: Unicode.Scalar, role: Role = .invoke) -> Frame {
    var frame = Frame(columns: 40, rows: 10)
    frame.fill(row: 3, from: 5, to: 20, with: Cell(glyph, Style(role)))
    return frame
  }

  @Test func drawsOnlyWhatChanges() throws {
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    #expect(terminal.size == (40, 10))
    #expect(terminal.colorDepth == .many)
    #expect(terminal.usesASCII == false)

    var frame = bar("█")
    terminal.show(frame)
    let first = pty.output()
    #expect(first.contains("███"))
    #expect(first.contains("38;5;36m"))
    #expect(first.contains("\u{1B}[?1049h"))

    terminal.show(frame)
    #expect(pty.output().isEmpty)

    frame.write("x", column: 0, row: 0)
    terminal.show(frame)
    let second = pty.output()
    #expect(second.contains("x"))
    #expect(!second.contains("█"))
  }

  @Test func drawsWideCharactersWhole() throws {
    let pty = try Pty(columns: 10, rows: 4)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    var frame = Frame(columns: 10, rows: 4)
    frame.write("a注文b", column: 0, row: 0)
    frame.write("処理処理処理", column: 0, row: 1)
    terminal.show(frame)
    #expect(pty.output().contains("a注文b"))
    #expect(terminal.shownText(row: 0) == "a注文b")
    #expect(terminal.shownText(row: 1) == "処理処理処")
    // Each half is overwritten, one character takes the place of another, a wide one that of two narrow ones.
    for (text, column, expected) in [
      ("x", 1, "ax 文b"), ("注", 1, "a注文b"), ("x", 2, "a x文b"), ("日", 3, "a x日b"), ("本", 2, "a 本 b"),
      ("xyz", 2, "a xyzb"), ("字", 3, "a x字b"),
    ] {
      frame.write(text, column: column, row: 0)
      terminal.show(frame)
      #expect(terminal.shownText(row: 0) == expected)
      #expect(frame.text.hasPrefix(expected))
    }
    // A frame that is wider than the screen loses no column and shows no half.
    var wider = Frame(columns: 12, rows: 4)
    wider.write("123456789注", column: 0, row: 0)
    terminal.show(wider)
    #expect(terminal.shownText(row: 0) == "123456789?")
  }

  @Test func inASCIIWideCharactersKeepTheirColumns() throws {
    let pty = try Pty(columns: 10, rows: 4)
    var terminal = try CursesTerminal(
      TerminalOptions(ascii: true), device: pty.device, type: "xterm-256color")
    var frame = Frame(columns: 10, rows: 4)
    frame.write("a注文b", column: 0, row: 0)
    terminal.show(frame)
    #expect(pty.output().contains("a????b"))
  }

  @Test func givesTheTerminalBackOnce() throws {
    let pty = try Pty(columns: 40, rows: 10)
    let before = pty.modes
    do {
      var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
      terminal.show(bar("█"))
      #expect(pty.modes != before)
      _ = pty.output()
      terminal.restore()
      let last = pty.output()
      #expect(last.contains("\u{1B}[?1049l"))
      #expect(last.contains("\u{1B}[?12l\u{1B}[?25h"))
      #expect(pty.modes == before)
      terminal.restore()
      terminal.show(bar("x"))
      #expect(terminal.readKeys().isEmpty)
    }
    #expect(pty.output().isEmpty)
  }

  @Test func isRestoredWhenItGoesOutOfScope() throws {
    let pty = try Pty(columns: 40, rows: 10)
    let before = pty.modes
    do {
      var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
      terminal.show(bar("█"))
    }
    #expect(pty.output().contains("\u{1B}[?1049l"))
    #expect(pty.modes == before)
  }

  @Test(arguments: [
    ("q", [Key.character("q")]), ("é", [.character("é")]), ("\u{3}", [.interrupt]), ("\u{1A}", [.suspend]),
    ("\u{1B}", [.escape]), ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{1B}[Z", [.backTab]),
    ("\u{7F}", [.backspace]), ("\u{1B}OA\u{1B}OB", [.up, .down]), ("\u{1B}OC\u{1B}OD", [.right, .left]),
    ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]), ("\u{1B}OH\u{1B}OF", [.home, .end]),
    ("+-", [.character("+"), .character("-")]),
  ])
  func decodesKeys(typed: String, expected: [Key]) throws {
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    terminal.show(bar("█"))
    #expect(terminal.readKeys().isEmpty)
    pty.type(typed)
    waitForInput(terminal.inputDescriptor)
    #expect(terminal.readKeys() == expected)
    #expect(terminal.isGone == false)
  }

  @Test func readingKeysPaintsNothing() throws {
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    terminal.show(bar("█"))
    _ = pty.output()
    pty.type("a")
    waitForInput(terminal.inputDescriptor)
    #expect(terminal.readKeys() == [.character("a")])
    #expect(pty.output().isEmpty)
  }

  @Test func takesOverANewSize() throws {
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    terminal.show(bar("█"))
    for (columns, rows) in [(100, 30), (20, 5), (60, 12)] {
      pty.resize(columns: UInt16(columns), rows: UInt16(rows))
      terminal.resized()
      #expect(terminal.size == (columns, rows))
      #expect(terminal.readKeys().isEmpty)
      _ = pty.output()
      var frame = Frame(columns: columns, rows: rows)
      frame.write("end", column: columns - 6, row: rows - 1)
      terminal.show(frame)
      #expect(pty.output().contains("end"))
    }
  }

  @Test func givesTheTerminalBackWhileSuspended() throws {
    let pty = try Pty(columns: 40, rows: 10)
    let before = pty.modes
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    terminal.show(bar("█"))
    _ = pty.output()
    var whileStopped = (modes: [UInt32](), bytes: [UInt8]())
    terminal.suspend(stopping: { whileStopped = (pty.modes, pty.output()) })
    #expect(whileStopped.modes == before)
    #expect(whileStopped.bytes.contains("\u{1B}[?1049l"))
    #expect(pty.modes != before)
    let after = pty.output()
    #expect(after.contains("\u{1B}[?1049h"))
    #expect(after.contains("███"))
    #expect(after.contains("\u{1B}[?25l"))
  }

  @Test func noticesThatTheTerminalIsGone() throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    try #require(openpty(&master, &slave, &name, nil, nil) == 0)
    // A child that another suite starts meanwhile would keep the terminal open.
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let device = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var terminal = try CursesTerminal(TerminalOptions(), device: device, type: "xterm-256color")
    #expect(terminal.readKeys().isEmpty)
    #expect(terminal.isGone == false)
    close(slave)
    close(master)
    #expect(terminal.readKeys().isEmpty)
    #expect(terminal.isGone == true)
  }

  @Test(arguments: [
    ("xterm-256color", ColorDepth.many), ("xterm", .eight), ("vt100", .none),
  ])
  func hasTheTerminalsColors(type: String, depth: ColorDepth) throws {
    let terminal = try CursesTerminal(TerminalOptions(), device: "/dev/null", type: type)
    #expect(terminal.colorDepth == depth)
  }

  @Test func obeysNoColor() throws {
    setenv("NO_COLOR", "1", 1)
    defer { unsetenv("NO_COLOR") }
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    #expect(terminal.colorDepth == .none)
    var frame = bar("█", role: .strong)
    frame.fill(row: 0, from: 0, to: 40, with: Cell(" ", Style(.text, on: .bar)))
    terminal.show(frame)
    terminal.restore()
    let output = pty.output()
    #expect(!output.contains("38;5") && !output.contains("48;5") && !output.contains("[3"))
    #expect(output.contains("[0;7m") && output.contains("[0;1m"))
  }

  @Test func anEmptyNoColorMeansNothingAndTheOptionWins() throws {
    setenv("NO_COLOR", "", 1)
    defer { unsetenv("NO_COLOR") }
    let open = { (color: Bool?) throws -> ColorDepth in
      let terminal = try CursesTerminal(
        TerminalOptions(color: color), device: "/dev/null", type: "xterm-256color")
      return terminal.colorDepth
    }
    #expect(try open(nil) == .many)
    #expect(try open(false) == .none)
    setenv("NO_COLOR", "1", 1)
    #expect(try open(true) == .many)
  }

  @Test func writesOnlyASCIIInTheCLocale() throws {
    setenv("LC_ALL", "C", 1)
    defer { setenv("LC_ALL", "C.UTF-8", 1) }
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(
      TerminalOptions(ascii: false), device: pty.device, type: "xterm-256color")
    #expect(terminal.usesASCII == true)
    var frame = bar("█")
    frame.write("a·b", column: 0, row: 0)
    terminal.show(frame)
    let output = pty.output()
    #expect(output.allSatisfy { $0 < 0x80 })
    #expect(output.contains("a.b") && output.contains("?"))
  }

  @Test func neverWritesAControlCharacterOfACell() throws {
    let pty = try Pty(columns: 40, rows: 10)
    var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
    var frame = Frame(columns: 40, rows: 10)
    for (column, scalar) in "a\u{1B}]0;x\u{7}\u{9B}".unicodeScalars.enumerated() {
      frame[column, 0] = Cell(scalar)
    }
    terminal.show(frame)
    #expect(pty.output().contains("a?]0;x??"))
  }

  @Test func saysWhatIsWrongWithTheTerminal() {
    func failure(_ type: String?, device: String = "/dev/null") -> TerminalError? {
      do {
        _ = try CursesTerminal(TerminalOptions(), device: device, type: type)
        return nil
      } catch { return error }
    }
    #expect(failure(nil) == .termUnset)
    #expect(failure("") == .termUnset)
    #expect(failure("bogus-x") == .termUnknown("bogus-x"))
    #expect(failure("dumb") == .noCursorAddressing("dumb"))
    #expect(
      failure("xterm", device: "/nowhere/tty")
        == .noTerminal(device: "/nowhere/tty", reason: "No such file or directory"))
    #expect("\(TerminalError.termUnset)".contains("TERM=xterm-256color"))
  }
}

extension CursesTerminal {
  /// The text that ncurses holds of a row of the screen, without trailing blanks.
  fileprivate func shownText(row: Int) -> String {
    var characters = [wchar_t](repeating: 0, count: 200)
    guard mvwinnwstr(window, Int32(row), 0, &characters, 199) != ERR else { return "" }
    var text = String.UnicodeScalarView()
    for character in characters.prefix(while: { $0 != 0 }) {
      text.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "!")
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
