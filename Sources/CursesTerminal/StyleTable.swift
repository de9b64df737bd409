internal import CNcurses
internal import SwimlaneUI

/// Styles in the form of ncurses. Colour pairs are made when first needed; a screen uses a few dozen.
struct StyleTable {
  let theme: Theme
  let depth: ColorDepth
  /// A blank cell of each style, by `index`; only its character changes from cell to cell.
  private var templates: [cchar_t?] = Array(repeating: nil, count: Role.allCases.count << 8 | 0xFF)
  /// The colours of pairs 1, 2, … An array, because the first use of a dictionary costs a millisecond at start.
  private var pairs: [(foreground: Int16, background: Int16)] = []

  init(theme: Theme, depth: ColorDepth) {
    self.theme = theme
    self.depth = depth
  }

  /// A blank cell that looks as `style` says.
  mutating func template(_ style: Style) -> cchar_t {
    let index = Self.index(style)
    if let template = templates[index] { return template }
    let template = makeTemplate(style)
    templates[index] = template
    return template
  }

  private static func index(_ style: Style) -> Int {
    Int(style.foreground.rawValue) << 8 | Int(style.background.rawValue) << 3
      | Int(style.attributes.rawValue & 7)
  }

  private mutating func makeTemplate(_ style: Style) -> cchar_t {
    let foreground = theme.color(style.foreground, depth)
    let background = theme.color(style.background, depth)
    var attributes: attr_t = 0
    if style.attributes.contains(.bold) { attributes |= lanes_bold() }
    if style.attributes.contains(.reverse) { attributes |= lanes_reverse() }
    if style.attributes.contains(.underline) { attributes |= lanes_underline() }
    // A style without a colour of its own shows by an attribute.
    if foreground < 0, style.foreground == .strong || style.foreground == .bad { attributes |= lanes_bold() }
    if background < 0, style.background == .bar { attributes ^= lanes_reverse() }
    var cell = cchar_t()
    let blank: [wchar_t] = [0x20, 0]
    setcchar(&cell, blank, attributes, pair(foreground, background), nil)
    return cell
  }

  private mutating func pair(_ foreground: Int16, _ background: Int16) -> Int16 {
    if foreground < 0 && background < 0 { return 0 }
    if let made = pairs.firstIndex(where: { $0 == (foreground, background) }) { return Int16(made + 1) }
    // Pair 0 is the terminal's default; where no pair is left, text is shown in that.
    let next = Int16(clamping: pairs.count + 1)
    guard Int32(next) < lanes_color_pairs(), init_pair(next, foreground, background) == OK else { return 0 }
    pairs.append((foreground, background))
    return next
  }
}
