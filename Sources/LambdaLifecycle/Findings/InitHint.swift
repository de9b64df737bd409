/// What usually makes an init shorter, with what it costs here.
package struct InitHint: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// So many modules were compiled, because they have no compiled files.
    case compiling(files: Int32)
    /// A package is imported for one name.
    case oneName(package: String, name: String)
    /// A client is made that a statement before has made already.
    case madeTwice(text: String, before: LinePlace)
    /// What the statement names, nothing else in the function's own modules does.
    case unused(name: String)
  }

  /// A statement's file and line.
  package struct LinePlace: Equatable, Sendable {
    package var file: String
    package var line: Int32
  }

  package var kind: Kind
  /// nil for all of init.
  package var place: LinePlace?
  package var cost: Nanoseconds

  /// What is less is not worth a word.
  private static let least: Nanoseconds = .milliseconds(5)

  /// The hints on an init, the one that costs most first.
  /// - Parameter files: the lines of the function's own modules, by name, where they are at hand: without them nobody knows what
  ///   is used.
  package static func hints(
    on parts: InitParts, _ catalog: Catalog, files: [String: [String]] = [:], at time: Timestamp
  ) -> [InitHint] {
    var hints: [InitHint] = []
    if let module = parts.module, module.compiling >= least, module.compiling * 20 >= parts.length(at: time) {
      hints.append(InitHint(kind: .compiling(files: module.compiledFiles), cost: module.compiling))
    }
    var made: [String: LinePlace] = [:]
    for line in parts.lines {
      guard line.time.line > 0 else { continue }
      let statement = Statement(catalog.text(line.time.text))
      let place = LinePlace(file: catalog.text(line.time.file), line: line.time.line)
      if let call = statement.clientCall {
        if let before = made[call], line.time.length >= .milliseconds(1) {
          hints.append(
            InitHint(kind: .madeTwice(text: call, before: before), place: place, cost: line.time.length))
        } else {
          made[call] = made[call] ?? place
        }
      }
      guard line.time.length >= least else { continue }
      if let name = statement.names.first, statement.names.count == 1, isUnused(name, place, files) {
        hints.append(InitHint(kind: .unused(name: name), place: place, cost: line.time.length))
      } else if let (package, name) = statement.soleImport, line.time.length >= 4 * least,
        line.packages.contains(where: { catalog.text($0.name) == package })
      {
        hints.append(
          InitHint(kind: .oneName(package: package, name: name), place: place, cost: line.time.length))
      }
    }
    return hints.sorted { $0.cost > $1.cost }
  }

  /// No other line of the function's own modules has the word.
  private static func isUnused(_ name: String, _ place: LinePlace, _ files: [String: [String]]) -> Bool {
    guard let own = files[place.file] else { return false }
    let others = own.enumerated().filter { $0.offset != Int(place.line) - 1 }.map(\.element)
    return !(others + files.filter { $0.key != place.file }.flatMap(\.value)).contains { $0.hasWord(name) }
  }
}

/// The first line of a statement, as far as hints need to understand it; nil or nothing where it is not whole.
struct Statement {
  /// What it binds.
  var names: [String] = []
  /// The one name that it imports, and the package that it is from.
  var soleImport: (package: String, name: String)?
  /// The call that makes a client, resource, session or connection, with all that it is given.
  var clientCall: String?

  init(_ text: String) {
    let text = text.split(separator: "#", maxSplits: 1)[safe: 0].map { String($0).trimmedBlanks } ?? ""
    if text.hasPrefix("from "), let middle = text.dropFirst(5).range(of: " import ") {
      readImport(
        String(text.dropFirst(5)[middle.upperBound...]), from: String(text.dropFirst(5)[..<middle.lowerBound])
      )
    } else if text.hasPrefix("import "), !text.contains("{"), !text.contains(" from ") {
      names = text.dropFirst(7).split(separator: ",").map { part in
        let words = part.split(separator: " ")
        return words.count == 3 && words[1] == "as"
          ? String(words[2]) : String(part.prefix { $0 != "." }).trimmedBlanks
      }
    } else if let equals = text.range(of: " = ") {
      readAssignment(String(text[..<equals.lowerBound]), String(text[equals.upperBound...]))
    }
    names = names.filter { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
  }

  private mutating func readImport(_ imported: String, from package: String) {
    guard !imported.contains("("), !imported.hasSuffix("\\"), imported != "*" else { return }
    let parts = imported.split(separator: ",").map { $0.split(separator: " ").map(String.init) }
    names = parts.compactMap(\.last)
    let top = String(package.prefix { $0 != "." })
    if parts.count == 1, let name = parts[0].first, !top.isEmpty { soleImport = (top, name) }
  }

  private mutating func readAssignment(_ left: String, _ right: String) {
    let words = left.split(separator: " ").map(String.init)
    let isDeclared = words.count == 2 && ["const", "let", "var"].contains(words[0])
    if words.count == 1 || isDeclared, let name = words.last { names = [name] }
    // Where literals were left out, two calls may look alike and be different ones.
    guard right.hasSuffix(")") || right.hasSuffix(");"), !right.contains("…") else { return }
    let makers = [".client(", ".resource(", "Session(", ".connect(", "Client("]
    if makers.contains(where: right.contains) {
      clientCall = right.hasSuffix(";") ? String(right.dropLast()) : right
    }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension StringProtocol {
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }

  fileprivate func contains(_ text: String) -> Bool { range(of: text) != nil }

  /// `name` with nothing of a name around it.
  fileprivate func hasWord(_ name: String) -> Bool {
    var rest = self[...]
    while let found = rest.range(of: name) {
      let before = found.lowerBound == rest.startIndex ? nil : rest[rest.index(before: found.lowerBound)]
      let behind = found.upperBound == rest.endIndex ? nil : rest[found.upperBound]
      if !(before?.isOfName ?? false), !(behind?.isOfName ?? false) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

extension Character {
  fileprivate var isOfName: Bool { isLetter || isNumber || self == "_" }
}
