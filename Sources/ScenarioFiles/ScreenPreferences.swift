/// The user's preferences for the screen, read from YAML text: `config.yaml`.
///
/// Nil stands for a key that the file does not have.
package struct ScreenPreferences: Equatable, Sendable {
  package enum Theme: String, CaseIterable, Sendable { case dark, light, mono }

  package var theme: Theme?
  /// For a projector.
  package var big: Bool?
  package var mouse: Bool?
  package var ascii: Bool?
  package var color: Bool?

  package init() {}

  /// Merges preferences; those of `others` come first.
  package func overridden(by others: ScreenPreferences) -> ScreenPreferences {
    var merged = self
    merged.theme = others.theme ?? theme
    merged.big = others.big ?? big
    merged.mouse = others.mouse ?? mouse
    merged.ascii = others.ascii ?? ascii
    merged.color = others.color ?? color
    return merged
  }

  /// Reads the file's text; an empty one is no mistake.
  /// - Parameter name: the file's, for messages.
  /// - Throws: all mistakes, at once.
  package static func read(
    _ bytes: some Sequence<UInt8>, name: String
  ) throws(ScenarioMistakes) -> ScreenPreferences {
    let root = try YAMLDocument.root(bytes, name: name, expected: "preferences in YAML, such as theme: light")
    guard let root, root.content != .nothing else { return ScreenPreferences() }
    var reader = ScenarioReader(name: name) { _ in [] }
    let preferences = Notation.section(keys, from: ScreenPreferences()).read(&reader, root)
    guard let preferences, reader.mistakes.isEmpty else { throw reader.mistakes }
    return preferences
  }

  private static let keys: [Key<ScreenPreferences>] = [
    Key("theme", optional: \.theme, .word(Theme.allCases.map { ($0.rawValue, $0) })),
    Key("big", optional: \.big, .flag),
    Key("mouse", optional: \.mouse, .flag),
    Key("ascii", optional: \.ascii, .flag),
    Key("color", optional: \.color, .flag),
  ]
}
