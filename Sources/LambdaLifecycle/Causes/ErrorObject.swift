/// An error as an object in JSON states it: a runtime client's (`errorType`, `errorMessage`), or a logger's
/// record.
///
/// It reads the strings of a few keys and no more: a line that is cut, or is no JSON, says what can be found in it.
struct ErrorObject {
  /// `TYPE: MESSAGE`, or what the record says.
  let text: String
  /// A runtime client reports what ended the function.
  let isThrown: Bool
  let isError: Bool

  /// - Returns: nil for a line that has no such object.
  init?(in line: String) {
    guard let brace = line.firstIndex(of: "{") else { return nil }
    let object = String(line[brace...])
    let type = Self.string("errorType", in: object) ?? ""
    let message = Self.string("errorMessage", in: object) ?? ""
    if !type.isEmpty || !message.isEmpty {
      isThrown = true
      isError = true
      text = [type, message].filter { !$0.isEmpty }.joined(separator: ": ")
      return
    }
    guard brace == line.startIndex,
      let said = Self.string("message", in: object) ?? Self.string("msg", in: object), !said.isEmpty
    else { return nil }
    isThrown = false
    isError =
      (Self.string("level", in: object) ?? Self.string("severity", in: object)).map(TellingLine.isBad)
      ?? false
    text = said
  }

  /// The string that stands behind a key, on one line.
  private static func string(_ key: String, in object: String) -> String? {
    guard let place = object.firstRange(of: "\"\(key)\"") else { return nil }
    var rest = object.unicodeScalars[place.upperBound...].drop { $0 == " " }
    guard rest.popFirst() == ":" else { return nil }
    rest = rest.drop { $0 == " " }
    guard rest.popFirst() == "\"" else { return nil }
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst(), scalar != "\"" {
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n", "r", "t": text.append(" ")
      case "u":
        let code = UInt32(String(String.UnicodeScalarView(rest.prefix(4))), radix: 16)
        rest = rest.dropFirst(4)
        text.append(code.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
      case let other?: text.append(other)
      case nil: break
      }
    }
    return String(text).trimmed
  }
}
