/// Reads YAML text into nodes.
enum YAMLDocument {
  /// A mistake in the text as YAML; reading stops at the first one.
  struct Problem: Error {
    var text: String
    var line = 0
    var column = 0
  }

  /// Nobody writes a longer scenario; requests by the million are for a trace.
  static let mostBytes = 1 << 20
  /// Far more than the format has, and few enough for the stack.
  private static let mostNested = 1_000

  static let anchorFound =
    "found an anchor or text that begins with &; expected the value itself: the format has no anchors and aliases"

  /// The only document of the text; nil if there is none.
  static func node(_ text: String, place: (Int, Int) -> Place) throws(Problem) -> YAMLNode? {
    guard text.utf8.count <= mostBytes else {
      throw Problem(
        text: "found \(text.utf8.count) bytes; expected at most \(mostBytes): put many requests into a trace")
    }
    return try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(Problem) in
      var events = YAMLEvents(bytes)
      var root: YAMLNode?
      while true {
        let event = try events.next()
        switch event.kind {
        case .streamEnd: return root
        case .other: continue
        case .documentBegin:
          if root != nil { throw Problem("found a second document; expected one", event) }
        default: root = try node(event, &events, place, depth: 1)
        }
      }
    }
  }

  /// The value that begins with an event.
  private static func node(
    _ event: YAMLEvents.Event, _ events: inout YAMLEvents, _ place: (Int, Int) -> Place, depth: Int
  ) throws(Problem) -> YAMLNode {
    try check(event, depth: depth)
    let content: YAMLNode.Content
    switch event.kind {
    case .scalar(let text, let isPlain):
      let isNothing = isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
      content = isNothing ? .nothing : .scalar(text)
    case .listBegin:
      var items: [YAMLNode] = []
      while let item = try next(in: &events) {
        items.append(try node(item, &events, place, depth: depth + 1))
      }
      content = .list(items)
    case .mappingBegin: content = .mapping(try entries(&events, place, depth: depth))
    default: throw Problem("not valid YAML: found no value", event)
    }
    return YAMLNode(content: content, place: place(event.line, event.column))
  }

  private static func entries(
    _ events: inout YAMLEvents, _ place: (Int, Int) -> Place, depth: Int
  ) throws(Problem) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var firsts: [String: YAMLEvents.Event] = [:]
    var duplicates: Set<String> = []
    while let key = try next(in: &events) {
      try check(key, depth: depth + 1)
      guard case .scalar(let text, _) = key.kind else {
        throw Problem("found a list or a mapping as a key; expected a word", key)
      }
      if firsts[text] == nil { firsts[text] = key } else { duplicates.insert(text) }
      guard let begin = try next(in: &events) else { break }
      let value = try node(begin, &events, place, depth: depth + 1)
      entries.append(YAMLEntry(key: text, place: place(key.line, key.column), value: value))
    }
    let sorted = duplicates.sorted()
    if let key = sorted.first.flatMap({ firsts[$0] }) {
      let keys = sorted.map(Printable.quoted).joined(separator: ", ")
      throw Problem("found more than once: \(keys); expected each key once", key)
    }
    return entries
  }

  /// The next value of a list or a mapping; nil at its end.
  private static func next(in events: inout YAMLEvents) throws(Problem) -> YAMLEvents.Event? {
    let event = try events.next()
    if case .end = event.kind { return nil }
    return event
  }

  /// Refuses parts of YAML that the format does not have.
  private static func check(_ event: YAMLEvents.Event, depth: Int) throws(Problem) {
    if event.hasAnchor { throw Problem(anchorFound, event) }
    if case .alias = event.kind { throw Problem("not valid YAML: found undefined alias", event) }
    let known = ["!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"]
    if let tag = event.tag, !known.contains(tag) {
      throw Problem("found the tag \(Printable.quoted(tag)); expected none: the format has no tags", event)
    }
    if depth > mostNested { throw Problem("found more than 1,000 nested values", event) }
  }
}

extension YAMLDocument.Problem {
  fileprivate init(_ text: String, _ event: YAMLEvents.Event) {
    self.init(text: text, line: event.line, column: event.column)
  }
}
