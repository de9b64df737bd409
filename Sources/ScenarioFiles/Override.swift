/// A value from the command line that replaces one of the file: `functions.hello.memory=1024 MB`.
///
/// Where the scenario has one function its keys may stand alone: `memory=1024 MB`.
package struct Override: Equatable, Sendable {
  /// `PATH=VALUE`, as it was written.
  package var text: String
  /// The option that it was written after, for messages.
  package var option: String

  package init(_ text: String, option: String = "--set") {
    self.text = text
    self.option = option
  }

  /// One override for each value of `PATH=a,b,c`. Commas inside brackets and quotes do not separate.
  package static func sweep(_ text: String, option: String = "--sweep") -> [Override] {
    guard let equals = text.firstIndex(of: "=") else { return [Override(text, option: option)] }
    let path = text[...equals]
    return values(text[equals...].dropFirst()).map { Override(path + $0, option: option) }
  }

  /// The keys that lead to the value's place.
  package var path: String { String(text.prefix { $0 != "=" }) }

  /// The value as it was written; empty if there is none.
  package var value: String { String(text.drop { $0 != "=" }.dropFirst()) }

  private static func values(_ text: Substring) -> [String] {
    var values: [String] = []
    var value = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "[" || character == "{" {
        depth += 1
      } else if character == "]" || character == "}" {
        depth -= 1
      } else if character == ",", depth == 0 {
        values.append(value)
        value = ""
        continue
      }
      value.append(character)
    }
    return (values + [value]).map(trimmed)
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).drop { $0.isEmpty }.reversed().drop {
      $0.isEmpty
    }
    .reversed().joined(separator: " ")
  }

  /// Puts the value into a scenario, or reports the mistake in the path.
  func apply(to root: inout YAMLNode, _ reader: inout ScenarioReader) {
    // `--until` is a key of its own.
    let place = Place.option(option == "--\(path)" ? "\(option) \(value)" : "\(option) \(text)")
    guard text.contains("=") else { return reader.mistake("found no \"=\"; expected PATH=VALUE", at: place) }
    do {
      let value = try YAMLDocument.node(value) { _, _ in place }
      let steps = try NodePath.steps(path, in: root)
      try NodePath.set(
        steps[...], of: &root, to: value ?? YAMLNode(content: .nothing, place: place), at: place)
    } catch {
      reader.mistake(error.text, at: place)
    }
  }
}
