internal import CNcurses
internal import SwimlaneUI

/// A pasted text, which a terminal puts between `ESC [ 200 ~` and `ESC [ 201 ~` where that is asked for: one event,
/// however many keys its characters are.
struct BracketedPaste {
  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"

  /// Beyond ncurses' own codes, as those of `MouseReports`.
  private static let begin: Int32 = 1_003
  private static let end: Int32 = 1_004
  /// No line that is typed is longer; the rest is dropped.
  static let mostCharacters = 4_096
  /// Milliseconds without a character after which the end may have got lost: Ctrl-C is a key again, so that there is
  /// always a way out. A paste comes without a pause, and may hold that character.
  static let patience = 1_000

  /// Makes ncurses hand over both ends as keys of their own.
  static func define() {
    define_key("\u{1B}[200~", begin)
    define_key("\u{1B}[201~", end)
  }

  /// The text so far: it may come in parts.
  private var text: String.UnicodeScalarView?
  private var count = 0
  private var latest = 0

  var isReading: Bool { text != nil }

  /// - Parameter now: in milliseconds.
  /// - Returns: true where this key begins a paste.
  mutating func begins(with code: Int32, at now: Int) -> Bool {
    guard code == Self.begin else { return false }
    if text == nil { (text, count) = (String.UnicodeScalarView(), 0) }
    latest = now
    return true
  }

  /// - Returns: the key that a code means within a paste: all of the paste at its end, nil for sequences that were pasted.
  mutating func key(for code: Int32) -> Key? {
    guard code == Self.end, let whole = text else { return code == KEY_RESIZE ? .resize : nil }
    text = nil
    return .paste(String(whole))
  }

  /// Takes the next character of a paste.
  /// - Returns: the key that it is after all.
  mutating func take(_ character: UInt32, at now: Int) -> Key? {
    if character == 0x03, now - latest >= Self.patience {
      text = nil
      return .interrupt
    }
    latest = now
    if count < Self.mostCharacters, let scalar = Unicode.Scalar(character) {
      text?.append(scalar)
      count += 1
    }
    return nil
  }
}
