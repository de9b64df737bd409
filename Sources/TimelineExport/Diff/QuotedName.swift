/// `line("boto3.client").ms`: what is asked for by a text of somebody else's, and what of it.
struct QuotedName {
  /// `line`.
  let kind: String
  /// What stands between the quotation marks, single or double ones; the others may be in it.
  let text: String
  /// All up to the parenthesis.
  let head: String
  /// What follows it, with its dot.
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
