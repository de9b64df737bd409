internal import CNcurses
internal import SwimlaneUI

extension Key {
  /// A key that ncurses recognised from an escape sequence; nil for those that mean nothing here.
  init?(code: Int32) {
    switch code {
    case KEY_UP: self = .up
    case KEY_DOWN: self = .down
    case KEY_LEFT: self = .left
    case KEY_RIGHT: self = .right
    case KEY_PPAGE: self = .pageUp
    case KEY_NPAGE: self = .pageDown
    case KEY_HOME: self = .home
    case KEY_END: self = .end
    case KEY_ENTER: self = .enter
    case KEY_BTAB: self = .backTab
    case KEY_BACKSPACE: self = .backspace
    case KEY_RESIZE: self = .resize
    default: return nil
    }
  }

  /// A key that came as a character.
  init?(character: UInt32) {
    switch character {
    case 0x03: self = .interrupt
    case 0x1A: self = .suspend
    case 0x1B: self = .escape
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x08, 0x7F: self = .backspace
    default:
      guard let scalar = Unicode.Scalar(character) else { return nil }
      self = .character(scalar)
    }
  }
}
