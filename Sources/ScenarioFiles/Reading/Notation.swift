/// The way in which a kind of value is written.
struct Notation<Value>: Sendable {
  /// Completes "expected …".
  var expected: String
  /// Reads the value; nil if it is not one, and then the mistake has been reported.
  var read: @Sendable (inout ScenarioReader, YAMLNode) -> Value?

  init(expected: String, read: @escaping @Sendable (inout ScenarioReader, YAMLNode) -> Value?) {
    self.expected = expected
    self.read = read
  }

  /// A notation that is one text.
  /// - Parameter unit: true where a number alone says too little.
  init(_ expected: String, unit: Bool = false, _ value: @escaping @Sendable (String) -> Value?) {
    self.init(expected: expected) { reader, node in
      guard case .scalar(let text) = node.content else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      if let value = value(text) { return value }
      let isBare = unit && DecimalNumber(text) != nil
      reader.mistake(
        "found \(node.found)\(isBare ? " without a unit" : ""); expected \(expected)", at: node.place)
      return nil
    }
  }

  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Notation<Other> {
    compactMap(transform)
  }

  /// Where `transform` has no result, the mistake has been reported already.
  func compactMap<Other>(_ transform: @escaping @Sendable (Value) -> Other?) -> Notation<Other> {
    let read = read
    return Notation<Other>(expected: expected) { reader, node in read(&reader, node).flatMap(transform) }
  }
}

extension Notation {
  /// A notation that is one of some words.
  static func word(_ words: [(String, Value)]) -> Notation where Value: Sendable {
    let expected = Words.listed(words.map(\.0), last: "or")
    return Notation(expected: expected) { reader, node in
      guard case .scalar(let text) = node.content else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      if let word = words.first(where: { $0.0 == text }) { return word.1 }
      let near = NearestWord.question(text, among: words.lazy.map(\.0))
      reader.mistake("found \(node.found)\(near) expected \(expected)", at: node.place)
      return nil
    }
  }

  /// A list of values that are each written in this way.
  func list(_ counts: ClosedRange<Int>) -> Notation<[Value]> {
    let item = self
    let expected = "a list of \(counts.lowerBound) to \(Digits.grouped(Int64(counts.upperBound)))"
    return Notation<[Value]>(expected: expected) { reader, node in
      guard case .list(let items) = node.content, counts.contains(items.count) else {
        if case .list(let items) = node.content {
          reader.mistake("found \(items.count) in the list; expected \(expected)", at: node.place)
        } else {
          reader.mistake(found: node, expected: expected)
        }
        return nil
      }
      var values: [Value] = []
      for (index, node) in items.enumerated() {
        if let value = reader.descend("[\(index)]", { item.read(&$0, node) }) { values.append(value) }
      }
      return values.count == items.count ? values : nil
    }
  }

  /// Mappings are written in one way, everything else in another.
  static func either(_ other: Notation, mapping: Notation) -> Notation {
    Notation(expected: "\(other.expected), or \(mapping.expected)") { reader, node in
      switch node.content {
      case .mapping: return mapping.read(&reader, node)
      case .scalar: return other.read(&reader, node)
      case .list, .nothing:
        reader.mistake(found: node, expected: "\(other.expected), or \(mapping.expected)")
        return nil
      }
    }
  }
}
