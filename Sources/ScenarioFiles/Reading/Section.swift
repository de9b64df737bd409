/// A key of a section, with the way to read its value into the target.
struct Key<Target>: Sendable {
  let name: String
  let read: @Sendable (inout ScenarioReader, YAMLNode, inout Target) -> Void

  init(
    _ name: String, read: @escaping @Sendable (inout ScenarioReader, YAMLNode, inout Target) -> Void
  ) {
    self.name = name
    self.read = read
  }

  /// The key sets a property.
  init<Value>(
    _ name: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ notation: Notation<Value>
  ) {
    self.init(name) { reader, node, target in
      if let value = notation.read(&reader, node) { target[keyPath: property] = value }
    }
  }

  /// The key sets a property that may be absent.
  init<Value>(
    _ name: String, optional property: any WritableKeyPath<Target, Value?> & Sendable,
    _ notation: Notation<Value>
  ) {
    self.init(name, property, notation.map(Optional.some))
  }
}

extension Notation where Value: Sendable {
  /// A mapping with these keys.
  /// - Parameters:
  ///   - start: the values that hold where a key is absent.
  ///   - required: keys that must be there.
  ///   - finish: reads the meaning of several keys together; it is left out if one of them is wrong.
  static func section(
    _ keys: [Key<Value>], from start: Value, required: [String] = [],
    finish: @escaping @Sendable (inout ScenarioReader, YAMLNode, inout Value) -> Void = { _, _, _ in }
  ) -> Notation {
    let names = keys.map(\.name)
    let expected =
      names.count == 1
      ? "a mapping with the key \(names[0])" : "a mapping with keys of " + names.joined(separator: ", ")
    return Notation(expected: expected) { reader, node in
      guard case .mapping(let entries) = node.content else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      let before = reader.mistakes.count
      var value = start
      for entry in entries {
        guard let key = keys.first(where: { $0.name == entry.key }) else {
          reader.mistake(
            "found the unknown key \(Printable.quoted(entry.key))\(NearestWord.question(entry.key, among: names)) expected \(names.joined(separator: ", "))",
            at: entry.place)
          continue
        }
        reader.descend(entry.key) { key.read(&$0, entry.value, &value) }
      }
      for name in required where node[name] == nil {
        reader.mistake("found no \(name); expected this key", at: node.place)
      }
      guard reader.mistakes.count == before else { return nil }
      finish(&reader, node, &value)
      return reader.mistakes.count == before ? value : nil
    }
  }
}
