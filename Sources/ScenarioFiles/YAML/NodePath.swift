/// A way into a scenario: `functions.hello.extensions[0].work`.
enum NodePath {
  enum Step: Equatable, Sendable {
    case key(String)
    case item(Int)
  }

  /// The steps of a path, from the root. Where there is one function, a path that does not begin with a key of the
  /// scenario begins at it.
  static func steps(_ path: String, in root: YAMLNode) throws(YAMLDocument.Problem) -> [Step] {
    let steps = try steps(path)
    let top = ScenarioDraft.keys.map(\.name)
    guard case .key(let first)? = steps.first, !top.contains(first) else { return steps }
    let functions = root["functions"]?.keys ?? []
    if functions.count == 1 { return [.key("functions"), .key(functions[0])] + steps }
    let near = NearestWord.question(first, among: top)
    let hint = functions.first.map {
      "; with several functions name one: functions.\(Printable.line($0)).\(path)"
    }
    throw YAMLDocument.Problem(
      text: "found \(Printable.quoted(first))\(near) expected \(Words.listed(top, last: "or"))\(hint ?? "")")
  }

  private static func steps(_ path: String) throws(YAMLDocument.Problem) -> [Step] {
    var steps: [Step] = []
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let key = part.prefix { $0 != "[" }
      var rest = part.dropFirst(key.count)
      if !key.isEmpty { steps.append(.key(String(key))) }
      while rest.first == "[", let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end].dropFirst()),
        index >= 0
      {
        steps.append(.item(index))
        rest = rest[end...].dropFirst()
      }
      guard rest.isEmpty, !key.isEmpty else {
        throw YAMLDocument.Problem(
          text:
            "found the path \(Printable.quoted(path)); expected one such as functions.hello.extensions[0].work"
        )
      }
    }
    return steps
  }

  /// Sets the value that the steps lead to. Keys that are not there are added, except for a function: that would
  /// be a slip.
  static func set(
    _ steps: ArraySlice<Step>, of node: inout YAMLNode, to value: YAMLNode, at place: Place,
    under parent: [String] = []
  ) throws(YAMLDocument.Problem) {
    guard let step = steps.first else {
      node = value
      return
    }
    let shown = parent.isEmpty ? "" : parent.joined(separator: ".") + ": "
    switch (step, node.content) {
    case (.key(let key), .mapping(var entries)):
      if let index = entries.firstIndex(where: { $0.key == key }) {
        try set(steps.dropFirst(), of: &entries[index].value, to: value, at: place, under: parent + [key])
      } else if parent == ["functions"] {
        let near = NearestWord.question(key, among: entries.map(\.key))
        let known = Words.listed(entries.map { Printable.line($0.key) }, last: "or")
        throw YAMLDocument.Problem(
          text: "\(shown)found no function \(Printable.quoted(key))\(near) expected \(known)")
      } else {
        var new = YAMLNode(content: .nothing, place: place)
        try set(steps.dropFirst(), of: &new, to: value, at: place, under: parent + [key])
        entries.append(YAMLEntry(key: key, place: place, value: new))
      }
      node.content = .mapping(entries)
    case (.key, .nothing):
      node.content = .mapping([])
      try set(steps, of: &node, to: value, at: place, under: parent)
    case (.item(let index), .list(var items)):
      guard items.indices.contains(index) else {
        throw YAMLDocument.Problem(
          text: "\(shown)found no item [\(index)]; expected \(Self.indices(of: items))")
      }
      try set(steps.dropFirst(), of: &items[index], to: value, at: place, under: parent + ["[\(index)]"])
      node.content = .list(items)
    case (.key, .list(let items)):
      throw YAMLDocument.Problem(text: "\(shown)found a list; expected \(Self.indices(of: items)) after it")
    case (.item, _), (.key, .scalar):
      throw YAMLDocument.Problem(
        text: "\(shown)found \(node.found), which has no parts; expected a value for the whole of it")
    }
  }

  private static func indices(of items: [YAMLNode]) -> String {
    switch items.count {
    case 0: "another path: the list is empty"
    case 1: "[0]"
    default: "[0] to [\(items.count - 1)]"
    }
  }
}
