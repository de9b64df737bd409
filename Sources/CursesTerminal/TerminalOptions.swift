package import SwimlaneUI

/// The user's wishes for the terminal; the environment decides the rest.
package struct TerminalOptions: Sendable {
  package var theme: Theme
  /// nil: colours unless `NO_COLOR` is set and not empty (no-color.org), as many as the terminal has.
  package var color: Bool?
  /// nil: ASCII unless the locale's character set is UTF-8. In such a locale only ASCII is ever written.
  package var ascii: Bool?
  /// Mouse reports are asked for, where the terminal has a mouse.
  package var mouse: Bool

  package init(theme: Theme = .dark, color: Bool? = nil, ascii: Bool? = nil, mouse: Bool = true) {
    self.theme = theme
    self.color = color
    self.ascii = ascii
    self.mouse = mouse
  }
}

/// The reason why there is no screen. The text says what was expected, what was found and what to do.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// The terminal's device could not be opened or is none; the reason in the system's words.
  case noTerminal(device: String, reason: String)
  case termUnset
  case termUnknown(String)
  /// The terminal cannot place its cursor, such as `TERM=dumb`.
  case noCursorAddressing(String)

  package var description: String {
    switch self {
    case .noTerminal(let device, let reason):
      "lanes draws on a terminal, but \(device) cannot be used (\(reason)). "
        + "Run it in a terminal, or use --plain for one line an event."
    case .termUnset:
      "lanes expects TERM to name your terminal, but it is not set. "
        + "Set it, for example TERM=xterm-256color, or use --plain."
    case .termUnknown(let name):
      "lanes found no description of the terminal TERM=\(name). "
        + "Set TERM, for example TERM=xterm-256color, install your terminal's terminfo entry, or use --plain."
    case .noCursorAddressing(let name):
      "lanes needs a terminal that can place its cursor, but TERM=\(name) cannot. "
        + "Set TERM, for example TERM=xterm-256color, or use --plain."
    }
  }
}
