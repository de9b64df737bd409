/// `NAME=value`, as it is typed behind `--env` or stands in a file.
package struct VariableSetting: Equatable, Sendable {
  package let name: String
  package let value: String

  /// - Throws: `VariableError` where it has no `=` or Lambda would not take the name.
  package init(_ text: String) throws(VariableError) {
    guard let equals = text.firstIndex(of: "=") else { throw .noValue(text, place: "--env") }
    try self.init(
      name: String(text[..<equals]), value: String(text[text.index(after: equals)...]), place: "--env")
  }

  init(name: String, value: String, place: String) throws(VariableError) {
    // The reserved `_HANDLER` is no name of a variable either; the error for reserved names says more.
    guard !ReservedVariables.names.contains(name) else { throw .reserved(name, place: place) }
    let letters = Array(name.utf8)
    let isLetter = { (letter: UInt8) in (65...90).contains(letter & 0xDF) }
    guard letters.count > 1, isLetter(letters[0]),
      letters.allSatisfy({ isLetter($0) || (48...57).contains($0) || $0 == 95 })
    else { throw .badName(name, place: place) }
    self.name = name
    self.value = value
  }
}
