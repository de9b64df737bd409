internal import CNcurses

/// The modes that are switched on while the screen is shown, past ncurses, and off in every way in which the terminal
/// is given back.
struct TerminalModes {
  let on: [UInt8]
  let off: [UInt8]

  /// Call it after the terminal has been set up.
  init(mouse: Bool, paste: Bool) {
    on = Array(((mouse ? MouseReports.on : "") + (paste ? BracketedPaste.on : "")).utf8)
    off = Array(((paste ? BracketedPaste.off : "") + (mouse ? MouseReports.off : "")).utf8)
  }
}

/// The bytes before and after a frame where the terminal can hold back the picture
/// until all of it has come (mode 2026).
///
/// Only its description (`Sync`) is asked. An answer to a question could come after we have ended, and be typed into
/// the shell.
struct SynchronizedOutput {
  let begin: [UInt8]
  let end: [UInt8]

  /// Takes both from the terminal's description: call it after the terminal has been set up. nil where it has none.
  init?() {
    guard let begin = Self.bytes(1), let end = Self.bytes(2) else { return nil }
    (self.begin, self.end) = (begin, end)
  }

  private static func bytes(_ parameter: Int32) -> [UInt8]? {
    guard let text = lanes_synchronization(parameter) else { return nil }
    let bytes = Array(String(cString: text).utf8)
    return bytes.isEmpty ? nil : bytes
  }
}
