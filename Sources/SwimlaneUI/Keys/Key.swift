/// A key as the terminal reports it.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, tab, backTab, backspace
  /// The window has a new size.
  case resize
  /// Ctrl-C and Ctrl-Z, which arrive as characters because the terminal is in raw mode.
  case interrupt, suspend
  case mouse(Mouse)
  /// Text that was pasted: it may hold anything.
  case paste(String)
}

/// An event of the mouse, and the cell of the screen where it happened (from 0; it may lie outside).
package struct Mouse: Hashable, Sendable {
  /// Of the left button; `drag` is a motion while it is held.
  package enum Kind: Sendable { case press, release, drag, wheelUp, wheelDown }

  package var kind: Kind
  package var column: Int
  package var row: Int

  package init(_ kind: Kind, column: Int, row: Int) {
    self.kind = kind
    self.column = column
    self.row = row
  }
}
