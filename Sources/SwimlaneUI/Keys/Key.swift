/// A key as the terminal tells it.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, tab, backTab, backspace
  /// The window has a new size.
  case resize
  /// Ctrl-C and Ctrl-Z, which arrive as characters because the terminal is in raw mode.
  case interrupt, suspend
}
