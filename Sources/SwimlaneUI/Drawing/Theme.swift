internal import LambdaLifecycle

/// The meaning of a colour. Phase roles belong to phases alone.
package enum Role: UInt8, CaseIterable, Sendable {
  case screen, text, quiet, strong, bar
  /// Lines between panes.
  case rule
  case create, extensionInit, runtimeInit, functionInit, initialization, restore, invoke, frozen, shutdown
  case bad
  /// Text on a phase's colour.
  case ink
}

/// The colours that the terminal has.
package enum ColorDepth: Sendable { case none, eight, many }

/// Colours by meaning. Indexes are of the 256-colour palette; -1 is the terminal's own default.
package struct Theme: Sendable {
  package var name: String
  private let many: [Int16]
  private let eight: [Int16]

  private init(name: String, many: [Int16], eight: [Int16]) {
    self.name = name
    self.many = many
    self.eight = eight
  }

  /// The palette index of a role, or -1 for the terminal's default.
  package func color(_ role: Role, _ depth: ColorDepth) -> Int16 {
    switch depth {
    case .none: -1
    case .eight: eight[Int(role.rawValue)]
    case .many: many[Int(role.rawValue)]
    }
  }

  // In the order of `Role`. Phases are near Okabe and Ito's set, which colour-blind eyes can distinguish;
  // every text has a contrast of 4.5 to 1 at least and every bar one of 3 to 1, on backgrounds near black and
  // near white.

  package static let dark = Theme(
    name: "dark",
    many: [-1, 252, 247, 255, 236, 243, 243, 175, 32, 214, 214, 117, 36, 67, 185, 202, 16],
    eight: [-1, -1, -1, -1, -1, -1, 7, 5, 4, 3, 3, 6, 2, 6, 3, 1, 0])

  package static let light = Theme(
    name: "light",
    many: [-1, 236, 240, 232, 253, 244, 239, 126, 26, 130, 130, 54, 29, 61, 94, 160, 231],
    eight: [-1, -1, -1, -1, -1, -1, 7, 5, 4, 3, 3, 6, 2, 6, 3, 1, 0])
}

/// Characters for bars and marks; a Unicode and an ASCII set.
package struct GlyphSet: Sendable {
  package var isASCII: Bool
  package var full: Unicode.Scalar
  package var frozen: Unicode.Scalar
  /// Extensions that still work while the runtime does not.
  package var extensionWork: Unicode.Scalar
  package var mark: Unicode.Scalar
  package var coldRequest: Unicode.Scalar
  package var warmRequest: Unicode.Scalar
  package var reinitRequest: Unicode.Scalar
  package var failedRequest: Unicode.Scalar
  package var expanded: Unicode.Scalar
  package var collapsed: Unicode.Scalar
  package var now: Unicode.Scalar
  package var tick: Unicode.Scalar
  package var rule: Unicode.Scalar
  package var divider: Unicode.Scalar
  package var dot: Unicode.Scalar
  /// An outline for what was concluded and not observed: its edges, its ends, and the sign in it.
  package var hollow: Unicode.Scalar
  package var hollowStart: Unicode.Scalar
  package var hollowEnd: Unicode.Scalar
  /// Stands before the line of a function's source that runs.
  package var running: Unicode.Scalar
  package var play: Unicode.Scalar
  package var playBack: Unicode.Scalar
  package var pause: Unicode.Scalar

  package static let unicode = GlyphSet(
    isASCII: false, full: "█", frozen: "┄", extensionWork: "▤", mark: "▏",
    coldRequest: "▼",
    warmRequest: "▽", reinitRequest: "↻", failedRequest: "✖", expanded: "▾", collapsed: "▸", now: "┃",
    tick: "┊", rule: "─",
    divider: "│",
    dot: "·", hollow: "═", hollowStart: "╞", hollowEnd: "╡", running: "→", play: "▶",
    playBack: "◀", pause: "▮")

  package static let ascii = GlyphSet(
    isASCII: true, full: "#", frozen: "-", extensionWork: "w", mark: "!",
    coldRequest: "V",
    warmRequest: "v", reinitRequest: "r", failedRequest: "X", expanded: "-", collapsed: "+", now: "|",
    tick: ":", rule: "-",
    divider: "|",
    dot: ".", hollow: "~", hollowStart: "[", hollowEnd: "]", running: ">", play: ">", playBack: "<",
    pause: "=")
}

extension GlyphSet {
  /// The mark of a request, by what it had to wait for.
  func request(_ start: StartKind) -> Unicode.Scalar {
    switch start {
    case .cold: coldRequest
    case .warm, .ahead: warmRequest
    case .reinit: reinitRequest
    }
  }
}
