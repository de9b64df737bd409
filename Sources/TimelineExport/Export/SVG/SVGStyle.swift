internal import LambdaLifecycle
internal import SwimlaneUI

/// The style sheet of a picture: the colours of the terminal's themes, light and dark as the reader prefers.
enum SVGStyle {
  /// Phases in the order of the legend; the three of a shutdown look alike.
  static let phases: [(name: String, title: String, role: Role)] = [
    ("create", "create", .create), ("restore", "restore", .restore),
    ("extension-init", "extension init", .extensionInit),
    ("initialization", "init, not divided", .initialization),
    ("runtime-init", "runtime init", .runtimeInit), ("function-init", "function init", .functionInit),
    ("invoke", "invoke", .invoke), ("frozen", "frozen", .frozen), ("shutdown", "shutdown", .shutdown),
  ]

  static func name(_ phase: Phase) -> String {
    switch phase {
    case .create: "create"
    case .restore: "restore"
    case .extensionInit: "extension-init"
    case .initialization: "initialization"
    case .runtimeInit: "runtime-init"
    case .functionInit: "function-init"
    case .invoke: "invoke"
    case .frozen: "frozen"
    case .shutdown, .runtimeShutdown, .extensionShutdown: "shutdown"
    }
  }

  /// True if bars of the phase are filled with one colour, on which a length can be read.
  static func isSolid(_ phase: Phase) -> Bool { name(phase) != "shutdown" && phase != .initialization }

  static var text: String {
    """
    text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    .title { font-size: 16px; font-weight: bold; }
    .strong { font-weight: bold; }
    .middle { text-anchor: middle; }
    .length, .ink { font-size: 11px; }
    .inferred { stroke-dasharray: 3 2; }
    .warm { fill: none; }
    \(colours(.light, ground: "#ffffff", text: "#1c1c1c", quiet: "#585858", rule: "#d0d0d0", ink: "#ffffff"))\
    @media (prefers-color-scheme: dark) {
    \(colours(.dark, ground: "#16181d", text: "#e4e4e4", quiet: "#9e9e9e", rule: "#3a3d44", ink: "#101010"))}

    """
  }

  private static func colours(
    _ theme: Theme, ground: String, text: String, quiet: String, rule: String, ink: String
  ) -> String {
    var lines = [
      ".ground { fill: \(ground); }", "text { fill: \(text); }", ".quiet { fill: \(quiet); }",
      ".tick { stroke: \(rule); }", ".cold { fill: \(text); stroke: \(text); }", ".warm { stroke: \(text); }",
      ".ink { fill: \(ink); }",
      ".length { fill: \(text); stroke: \(ground); stroke-width: 3px; paint-order: stroke; }",
    ]
    for phase in phases {
      let colour = Palette.hex(phase.role, theme) ?? text
      switch phase.name {
      case "initialization":
        lines.append("rect.initialization { fill: \(colour); }")
        lines.append("svg > rect.initialization { fill: url(#lanes-hatch); stroke: \(colour); }")
      case "shutdown":
        lines.append(".shutdown-ink { fill: \(colour); }")
        lines.append(".shutdown { fill: url(#lanes-checker); stroke: \(colour); }")
      default: lines.append(".\(phase.name) { fill: \(colour); }")
      }
      lines.append(".\(phase.name).inferred { fill: none; stroke: \(colour); }")
    }
    let bad = Palette.hex(.bad, theme) ?? text
    lines.append(".bad { fill: \(bad); stroke: none; }")
    return lines.map { $0 + "\n" }.joined()
  }
}
