internal import CNcurses
internal import SwimlaneUI

/// A terminal's reports of its mouse, read character by character: `ESC [ < button ; column ; row M` for a press or a
/// motion, `… m` for a release; from old terminals `ESC [ M` and three characters.
///
/// ncurses could read it too, but where the terminal's description has no `XM` (tmux, screen) it asks for the old form,
/// which ends at column 95 in UTF-8, and it never asks for motion while a button is held.
struct MouseReports {
  /// Asks for presses, releases, the wheel and motion while a button is held, in the new form.
  static let on = "\u{1B}[?1002h\u{1B}[?1006h"
  static let off = "\u{1B}[?1006l\u{1B}[?1002l"

  /// Beyond ncurses' own codes (`KEY_MAX`).
  private static let newForm: Int32 = 1_001
  private static let oldForm: Int32 = 1_002

  /// Makes ncurses hand over the beginning of a report as a key of its own.
  static func define() {
    define_key("\u{1B}[<", newForm)
    define_key("\u{1B}[M", oldForm)
  }

  /// The report that is being read: a report may come in parts.
  private var isOld = false
  private var numbers: [Int]?

  var isReading: Bool { numbers != nil }

  /// - Returns: true where this key begins a report.
  mutating func begins(with code: Int32) -> Bool {
    guard code == Self.newForm || code == Self.oldForm else { return false }
    isOld = code == Self.oldForm
    numbers = isOld ? [] : [0]
    return true
  }

  /// Takes the next character of a report.
  /// - Returns: the event once its report is complete, if it means anything here.
  mutating func take(_ character: UInt32) -> Mouse? {
    guard var numbers else { return nil }
    if isOld {
      numbers.append(Int(character) - 32)
      self.numbers = numbers.count < 3 ? numbers : nil
      return numbers.count < 3 ? nil : Self.mouse(numbers, isRelease: numbers[0] & 3 == 3)
    }
    switch character {
    case 0x30...0x39 where numbers[numbers.count - 1] < 10_000:
      numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(character - 0x30)
      self.numbers = numbers
    case 0x3B where numbers.count < 3: self.numbers = numbers + [0]
    case 0x4D, 0x6D:
      self.numbers = nil
      if numbers.count == 3 { return Self.mouse(numbers, isRelease: character == 0x6D) }
    default: self.numbers = nil
    }
    return nil
  }

  /// Modifiers (4, 8, 16) do not count; of the buttons only the left one and the wheel do.
  private static func mouse(_ numbers: [Int], isRelease: Bool) -> Mouse? {
    let kind: Mouse.Kind
    switch numbers[0] & ~28 {
    case 0: kind = isRelease ? .release : .press
    case 3 where isRelease: kind = .release
    case 32 where !isRelease: kind = .drag
    case 64 where !isRelease: kind = .wheelUp
    case 65 where !isRelease: kind = .wheelDown
    default: return nil
    }
    return Mouse(kind, column: numbers[1] - 1, row: numbers[2] - 1)
  }
}
