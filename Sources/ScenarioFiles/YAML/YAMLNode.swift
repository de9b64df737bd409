/// A value of a YAML document and its place. The scalars are texts: their meaning depends on the key.
struct YAMLNode: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    /// No value, `~` or `null`.
    case nothing
    case scalar(String)
    case list([YAMLNode])
    case mapping([YAMLEntry])
  }

  var content: Content
  var place: Place

  /// The value in words for messages.
  var found: String {
    switch content {
    case .nothing: "nothing"
    case .scalar(let text): Printable.quoted(text)
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The value of a key; nil if this is no mapping or has no such key.
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

extension YAMLNode {
  /// The keys of a mapping in their order; none of anything else.
  var keys: [String] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.map(\.key)
  }
}

/// A key of a mapping and its value.
struct YAMLEntry: Equatable, Sendable {
  var key: String
  var place: Place
  var value: YAMLNode
}
