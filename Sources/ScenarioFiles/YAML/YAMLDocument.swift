internal import Yams

/// Reads YAML text into nodes.
///
/// Yams is used for the syntax alone, without resolving what scalars mean: `2026-11` and `0.10` stay what they are.
enum YAMLDocument {
  /// What is wrong with the text as YAML; the parser stops at the first such thing.
  struct Problem: Error {
    var text: String
    var line = 0
    var column = 0
  }

  /// A scenario with more than this is none that somebody wrote; requests by the million are for a trace.
  static let mostBytes = 1 << 20

  /// The only document of the text; nil if there is none.
  static func node(_ text: String, place: (Int, Int) -> Place) throws(Problem) -> YAMLNode? {
    guard text.utf8.count <= mostBytes else {
      throw Problem(
        text: "found \(text.utf8.count) bytes; expected at most \(mostBytes): put many requests into a trace")
    }
    if let anchor = firstAnchor(text) { throw anchor }
    do {
      // Without this the parser would look into the environment for its encoding.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else { return nil }
      return try node(root, place)
    } catch let problem as Problem {
      throw problem
    } catch let error as YamlError {
      throw Problem(error)
    } catch {
      throw Problem(text: "not valid YAML: \(error)")
    }
  }

  private static func node(_ node: Node, _ place: (Int, Int) -> Place) throws(Problem) -> YAMLNode {
    guard let mark = node.mark else { throw Problem(text: "not valid YAML: found a value without a place") }
    let tag = node.tag.description
    guard ["str", "seq", "map"].contains(where: { tag == "tag:yaml.org,2002:\($0)" }) else {
      throw Problem(
        text: "found the tag \(Printable.quoted(tag)); expected none: the format has no tags", mark)
    }
    let content: YAMLNode.Content
    switch node {
    case .scalar(let scalar):
      let isNothing = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      content = isNothing ? .nothing : .scalar(scalar.string)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try self.node(item, place)) }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [YAMLEntry] = []
      for (key, value) in mapping {
        let keyMark = key.mark ?? mark
        guard case .scalar(let scalar) = key else {
          throw Problem(text: "found a list or a mapping as a key; expected a word", keyMark)
        }
        entries.append(
          YAMLEntry(
            key: scalar.string, place: place(keyMark.line, keyMark.column), value: try self.node(value, place)
          ))
      }
      content = .mapping(entries)
    case .alias: throw Problem(text: "found an alias; expected the value itself", mark)
    }
    return YAMLNode(content: content, place: place(mark.line, mark.column))
  }

  /// Where a value has an anchor (`&name`).
  ///
  /// The format has none, and they must be found before parsing: nested aliases in a key take the parser longer than
  /// the universe lasts.
  private static func firstAnchor(_ text: String) -> Problem? {
    var line = 1
    var begin = text.utf8.startIndex
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if byte == UInt8(ascii: "\n") { line += 1 }
        begin = text.utf8.index(after: index)
      } else if byte == UInt8(ascii: "&"), isName(text.utf8[index...].dropFirst().first),
        canBegin(after: text.utf8[begin..<index])
      {
        return Problem(
          text: "found an anchor or text that begins with &; expected the value itself: the format has no"
            + " anchors and aliases",
          line: line, column: text.unicodeScalars.distance(from: begin, to: index) + 1)
      }
    }
    return nil
  }

  private static func isName(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte > UInt8(ascii: " ")
  }

  /// Whether a value may begin after this part of a line. A character that is not ASCII may be a line break in YAML.
  private static func canBegin(after part: Substring.UTF8View) -> Bool {
    guard let last = part.last(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
      return true
    }
    if last >= 0x80 || "[{,:?-".utf8.contains(last) { return true }
    let word = part.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.last
    return word?.contains(UInt8(ascii: "!")) == true
  }
}

extension YAMLDocument.Problem {
  init(text: String, _ mark: Mark) { self.init(text: text, line: mark.line, column: mark.column) }

  init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      let isTooDeep = problem.hasPrefix("Maximum nesting level")
      self.init(text: isTooDeep ? "found more than 1,000 nested values" : "not valid YAML: \(problem)", mark)
    case .composer(let context, let problem, let mark, _):
      // A context is there for a second document only.
      self.init(
        text: context == nil ? "not valid YAML: \(problem)" : "found a second document; expected one", mark)
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0).unicodeScalars
      let line = before.count { $0 == "\n" }
      let column = before.reversed().prefix { $0 != "\n" }.count
      self.init(text: "not valid YAML: \(problem)", line: line + 1, column: column + 1)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map(Printable.quoted).joined(separator: ", ")
      self.init(text: "found more than once: \(keys); expected each key once", context.mark)
    default: self.init(text: "not valid YAML: \(error)")
    }
  }
}
