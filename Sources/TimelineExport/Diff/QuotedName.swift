/// `line("boto3.client").ms`: a text of somebody else's that is asked about, and the figure that is asked
/// for.
struct QuotedName {
  /// `line`.
  let kind: String
  /// The text between the quotation marks, single or double ones; the others may be in it.
  let text: String
  /// All up to the parenthesis.
  let head: String
  /// The rest behind it, with its dot.
  let rest: String

  /// - Returns: nil for anything else, and where nothing is between the marks.
  init?(_ name: String) {
    guard let parenthesis = name.firstIndex(of: "("),
      let quote = name[parenthesis...].dropFirst().first, quote == "\"" || quote == "'"
    else { return nil }
    let begin = name.index(parenthesis, offsetBy: 2)
    guard let end = name[begin...].lastIndex(of: quote), begin < end else { return nil }
    let behind = name.index(after: end)
    guard name[behind...].first == ")" else { return nil }
    kind = String(name[..<parenthesis])
    text = String(name[begin..<end])
    head = String(name[...behind])
    rest = String(name[behind...].dropFirst())
  }
}
