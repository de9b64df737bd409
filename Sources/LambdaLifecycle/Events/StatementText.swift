/// The text of a statement of somebody's code, which may have a secret in it.
package enum StatementText {
  /// The part of it that others may see: words between quotation marks, in regular expressions, numbers of
  /// five digits and more, and comments are left out.
  /// - Parameters:
  ///   - file: says by its name what language it is.
  ///   - keepsShortNumbers: numbers of up to four digits stay.
  package static func withoutLiterals(
    _ text: String, of file: String, keepsShortNumbers: Bool = true
  ) -> String {
    let isPython = file.hasSuffix(".py")
    var shown = ""
    var rest = text[...]
    while let first = rest.first {
      if isPython ? first == "#" : rest.hasPrefix("//") || rest.hasPrefix("/*") {
        break
      } else if first == "\"" || first == "'" || first == "`" && !isPython {
        // A name that is loaded is a module's, and no secret.
        let isModule = !isPython && loads.contains { shown.hasSuffix($0) }
        let whole = rest
        let hidden = literal(takenFrom: &rest, quotedBy: first)
        shown += isModule ? String(whole[..<rest.startIndex]) : hidden
      } else if first == "/", !isPython, mayBeginExpression(behind: shown) {
        shown += expression(takenFrom: &rest)
      } else if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "_" || $0 == ".") }
        rest = rest.dropFirst(digits.count)
        let isName = shown.last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
        shown += keepsShortNumbers && digits.count < 5 || isName ? digits : "…"
      } else {
        shown.append(first)
        rest = rest.dropFirst()
      }
    }
    while shown.last == " " { shown.removeLast() }
    return shown
  }

  private static let loads = ["require(", "import(", "from ", "import "]

  private static func literal(takenFrom rest: inout Substring, quotedBy quote: Character) -> String {
    let mark = rest.hasPrefix(String(repeating: quote, count: 3)) ? 3 : 1
    let quotes = String(repeating: quote, count: mark)
    rest = rest.dropFirst(mark)
    var isEmpty = true
    while let first = rest.first {
      if rest.hasPrefix(quotes) {
        rest = rest.dropFirst(mark)
        return quotes + (isEmpty ? "" : "…") + quotes
      }
      isEmpty = false
      rest = rest.dropFirst(first == "\\" ? 2 : 1)
    }
    // It goes on on the next line.
    return quotes + "…"
  }

  /// JavaScript's slash divides behind a value, and begins a regular expression elsewhere: its quotes are no ends of anything.
  private static func mayBeginExpression(behind shown: String) -> Bool {
    guard let last = shown.last(where: { $0 != " " }) else { return true }
    if shown.hasSuffix("return ") || shown.hasSuffix("typeof ") { return true }
    return !(last.isLetter || last.isNumber || "_$)]}\"'`…".contains(last))
  }

  private static func expression(takenFrom rest: inout Substring) -> String {
    rest = rest.dropFirst()
    var isInClass = false
    while let first = rest.first {
      if first == "/", !isInClass {
        rest = rest.dropFirst()
        return "/…/"
      }
      isInClass = first == "[" || isInClass && first != "]"
      rest = rest.dropFirst(first == "\\" ? 2 : 1)
    }
    return "/…"
  }
}

extension Catalog {
  /// The text of a statement as it may leave this screen: without the literals, where it was read from a file here.
  package func textForOthers(of line: LineTime) -> String {
    let text = text(line.text)
    return line.textIsRead ? StatementText.withoutLiterals(text, of: self.text(line.file)) : text
  }
}
