/// Text of a file as a message can show it: a file must not talk to the terminal.
enum Printable {
  /// The text on one line: control and format characters are written as `\u{1B}`.
  static func line(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
        line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// The text in quotes, its begin if it is long.
  static func quoted(_ text: String) -> String {
    let begin = text.unicodeScalars.prefix(41)
    guard begin.count > 40 else { return "\"\(line(text))\"" }
    return "\"\(line(String(String.UnicodeScalarView(begin.prefix(40)))))…\""
  }
}
