/// Elements of an SVG file, one after another.
struct SVGText {
  private(set) var text = ""

  /// - Parameters:
  ///   - attributes: in the order in which they are written; values are escaped.
  ///   - content: markup within the element; nil for an empty element.
  mutating func add(_ element: String, _ attributes: [(String, String)], content: String? = nil) {
    text += "<\(element)"
    for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    text += content.map { ">\($0)</\(element)>\n" } ?? "/>\n"
  }

  mutating func add(raw markup: String) { text += markup }

  /// Text as XML 1.0 can hold it.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": out += "·"
      case _ where scalar.actsOnReader: out += "·"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A length in pixels with one decimal.
  static func pixels(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
