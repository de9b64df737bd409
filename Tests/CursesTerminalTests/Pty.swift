internal import Glibc
internal import SwimlaneUI

@testable internal import CursesTerminal

/// A pseudo-terminal: the test is the terminal, the program under test opens `device`.
struct Pty: ~Copyable {
  let master: Int32
  private let slave: Int32
  let device: String

  init(columns: UInt16, rows: UInt16) throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw PtyError() }
    self.master = master
    self.slave = slave
    device = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if master >= 0 { close(master) }
    close(slave)
  }

  /// The bytes written to the terminal and not yet read; they are there as soon as the writer returned.
  func output() -> [UInt8] {
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, 0) > 0, Int32(request.revents) & POLLIN != 0 {
      let count = read(master, &block, block.count)
      guard count > 0 else { break }
      result += block[..<count]
    }
    return result
  }

  /// Types bytes on the terminal's keyboard.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// The terminal's modes, to compare.
  var modes: [UInt32] {
    var modes = termios()
    tcgetattr(slave, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }
}

struct PtyError: Error {}

/// Waits until there is something to read.
func waitForInput(_ descriptor: Int32) {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  while poll(&request, 1, -1) < 0 && errno == EINTR {}
}

extension [UInt8] {
  func contains(_ text: String) -> Bool { contains(Array(text.utf8)) }

  private func contains(_ pattern: [UInt8]) -> Bool {
    guard pattern.count <= count else { return false }
    return (0...count - pattern.count).contains { self[$0..<$0 + pattern.count].elementsEqual(pattern) }
  }
}

/// The keys that a terminal of that kind reads from the bytes typed into it, part after part.
func keys(typing parts: [String], type: String, mouse: Bool = true) throws -> [Key] {
  let pty = try Pty(columns: 40, rows: 10)
  var terminal = try CursesTerminal(TerminalOptions(mouse: mouse), device: pty.device, type: type)
  terminal.show(Frame(columns: 40, rows: 10))
  var keys: [Key] = []
  for part in parts {
    pty.type(part)
    waitForInput(terminal.inputDescriptor)
    keys += terminal.readKeys()
  }
  return keys
}
