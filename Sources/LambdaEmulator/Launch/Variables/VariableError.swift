/// The reason why variables cannot be those of a function. The text says what was expected, what was found and
/// what to do.
package enum VariableError: Error, Equatable, CustomStringConvertible {
  /// `place` is its origin: `--env`, or a file and its line.
  case reserved(String, place: String)
  case badName(String, place: String)
  case noValue(String, place: String)
  case openQuote(String, place: String)
  case afterQuote(String, place: String)
  case noFile(String, reason: String)

  package var description: String {
    switch self {
    case .reserved(let name, let place):
      "\(place): \(name) is set by Lambda itself. \(ReservedVariables.advice(name))"
    case .badName(let name, let place):
      "\(place): \(name.isEmpty ? "a variable without a name" : "\(name) is not a name of a variable"): Lambda expects a "
        + "letter first, and at least two letters, digits or underscores."
    case .noValue(let text, let place): "\(place): expected NAME=value, found \(text)"
    case .openQuote(let name, let place):
      "\(place): the quotation mark of \(name)'s value has no other: close it, at this line or a later one."
    case .afterQuote(let name, let place):
      "\(place): more follows behind the quoted value of \(name). Put all of it into the quotation marks, or a comment behind "
        + "a #."
    case .noFile(let path, let reason):
      "cannot read the variables in \(path): \(reason). Give the path of a text file."
    }
  }
}
