internal import SwimlaneUI

/// The style sheet of a picture: the colours of the terminal's themes, light and dark as the reader prefers.
enum SVGStyle {
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
    for lane in PictureLane.allCases {
      let colour = Palette.hex(lane.role, theme) ?? text
      switch lane {
      case .initialization:
        lines.append("rect.initialization { fill: \(colour); }")
        lines.append("svg > rect.initialization { fill: url(#lanes-hatch); stroke: \(colour); }")
      case .shutdown:
        lines.append(".shutdown-ink { fill: \(colour); }")
        lines.append(".shutdown { fill: url(#lanes-checker); stroke: \(colour); }")
      case .create, .restore, .extensionInit, .runtimeInit, .functionInit, .invoke, .frozen:
        lines.append(".\(lane.rawValue) { fill: \(colour); }")
      }
      lines.append(".\(lane.rawValue).inferred { fill: none; stroke: \(colour); }")
    }
    let bad = Palette.hex(.bad, theme) ?? text
    lines.append(".bad { fill: \(bad); stroke: none; }")
    return lines.map { $0 + "\n" }.joined()
  }
}
