/// The first line of a statement, as far as hints need to understand it; nil or nothing where it is not whole.
struct Statement {
  /// The names that an import binds, where it is one of a package or a module.
  var imported: [String] = []
  /// The package that it imports.
  var package: String?
  /// It imports one name of a package.
  var soleName: String?
  /// The call that makes a client, resource, session or connection, with all that it is given.
  var clientCall: String?

  init(_ text: String) {
    let text = text.prefix { $0 != "#" }.trimmed
    if text.hasPrefix("from "), let (package, names) = text.dropFirst(5).divided(by: " import ") {
      readNames(names, from: package)
    } else if text.hasPrefix("import "), !text.contains("{"), !text.contains(" from ") {
      readModules(text.dropFirst(7))
    } else if let (left, right) = text.divided(by: " = ") {
      readAssignment(left, right)
    }
    imported = imported.filter { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
  }

  private mutating func readNames(_ names: String, from package: String) {
    guard !names.contains("("), !names.hasSuffix("\\"), names != "*" else { return }
    let parts = names.split(separator: ",").map { $0.split(separator: " ").map(String.init) }
    imported = parts.compactMap(\.last)
    let top = String(package.prefix { $0 != "." })
    guard !top.isEmpty else { return }
    self.package = top
    if parts.count == 1 { soleName = parts[0].first }
  }

  private mutating func readModules(_ modules: Substring) {
    let parts = modules.split(separator: ",").map { $0.split(separator: " ").map(String.init) }
    imported = parts.map {
      $0.count == 3 && $0[1] == "as" ? $0[2] : String(($0.first ?? "").prefix { $0 != "." })
    }
    if parts.count == 1 { package = parts[0].first.map { String($0.prefix { $0 != "." }) } }
  }

  private mutating func readAssignment(_ left: String, _ right: String) {
    let words = left.split(separator: " ").map(String.init)
    if right.hasPrefix("require("), words.count == 2, let name = words.last {
      imported = [name]
      package = right.split(whereSeparator: { "\"'`".contains($0) }).dropFirst().first.map(String.init)
    }
    // Where literals were left out, two calls may look alike and be different ones.
    guard right.hasSuffix(")") || right.hasSuffix(");"), !right.contains("…") else { return }
    let makers = [".client(", ".resource(", "Session(", ".connect(", "Client("]
    if makers.contains(where: { right.contains($0) }) {
      clientCall = right.hasSuffix(";") ? String(right.dropLast()) : right
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// The text before and behind the first of some words.
  fileprivate func divided(by words: String) -> (String, String)? {
    guard let found = firstRange(of: words) else { return nil }
    return (self[..<found.lowerBound].trimmed, self[found.upperBound...].trimmed)
  }
}
