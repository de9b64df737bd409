internal import SwimlaneUI

/// Colours of the terminal's 256-colour palette as they are written in a style sheet.
enum Palette {
  /// `#rrggbb` of a theme's colour for a role; nil where that is the terminal's own colour.
  static func hex(_ role: Role, _ theme: Theme) -> String? {
    let index = Int(theme.color(role, .many))
    guard index >= 16 else { return nil }
    let levels = [0, 95, 135, 175, 215, 255]
    let parts =
      index < 232
      ? [levels[(index - 16) / 36], levels[(index - 16) / 6 % 6], levels[(index - 16) % 6]]
      : Array(repeating: 8 + (index - 232) * 10, count: 3)
    return "#"
      + parts.map { part in
        let digits = String(part, radix: 16)
        return digits.utf8.count < 2 ? "0" + digits : digits
      }.joined()
  }
}
