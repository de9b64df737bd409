internal import SwimlaneUI

/// Frames as a terminal understands them: text, colours of the 256-colour palette, movements of the cursor.
struct ANSIText {
  private let theme: Theme
  private var shown: Frame?

  init(theme: Theme) { self.theme = theme }

  /// The sequences that turn the frame before into this one; empty if they are the same.
  mutating func changes(to frame: Frame) -> String {
    var text = shown == nil ? "\u{1B}[?25l\u{1B}[2J" : ""
    var style: Style?
    for row in 0..<frame.rows {
      var column = 0
      while column < frame.columns {
        guard shown?[column, row] != frame[column, row] else {
          column += 1
          continue
        }
        text += "\u{1B}[\(row + 1);\(column + 1)H"
        while column < frame.columns, shown?[column, row] != frame[column, row] {
          let cell = frame[column, row]
          if cell.style != style {
            text += sequence(of: cell.style)
            style = cell.style
          }
          // A terminal takes both columns for a wide character.
          if !cell.isContinuation { text.unicodeScalars.append(Unicode.Scalar(cell.glyph) ?? " ") }
          column += 1
        }
      }
    }
    if style != nil { text += "\u{1B}[0m" }
    shown = frame
    return text
  }

  private func sequence(of style: Style) -> String {
    var parts = ["0"]
    if style.attributes.contains(.bold) { parts.append("1") }
    if style.attributes.contains(.underline) { parts.append("4") }
    if style.attributes.contains(.reverse) { parts.append("7") }
    let foreground = theme.color(style.foreground, .many)
    let background = theme.color(style.background, .many)
    if foreground >= 0 { parts.append("38;5;\(foreground)") }
    if background >= 0 { parts.append("48;5;\(background)") }
    return "\u{1B}[" + parts.joined(separator: ";") + "m"
  }
}
