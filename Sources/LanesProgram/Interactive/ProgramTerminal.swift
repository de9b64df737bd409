package import CursesTerminal
package import SwimlaneUI

/// The needs of the program from a terminal. Tests have one of their own, which keeps the frames it is shown.
package protocol ProgramTerminal: ~Copyable {
  /// The size in character cells, as of the start or the last resize.
  var size: (columns: Int, rows: Int) { get }
  /// Only ASCII can be shown.
  var usesASCII: Bool { get }
  /// The colours that can be shown.
  var colorDepth: ColorDepth { get }
  /// The terminal went away: there will be no more keys.
  var isGone: Bool { get }
  /// Shows a frame.
  mutating func show(_ frame: borrowing Frame)
  /// Takes over the window's new size.
  mutating func resized()
  /// Forgets the cells on the screen, so that the next frame is drawn anew.
  mutating func clear()
  /// Gives the terminal back to the shell until the job is continued.
  mutating func suspend()
  /// Gives the terminal back for good.
  mutating func restore()
}

extension CursesTerminal: ProgramTerminal {}
