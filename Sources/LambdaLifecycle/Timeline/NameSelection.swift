/// Environments and functions that somebody has chosen by name: the whole name, in which `*` stands for any text.
package struct NameSelection: Sendable {
  /// As they were typed.
  package let patterns: [String]

  /// - Parameter patterns: none of them for everything.
  package init(_ patterns: [String] = []) { self.patterns = patterns }

  package var isEmpty: Bool { patterns.isEmpty }

  /// Whether an environment, or its function, is chosen. A request without an environment is its function's.
  package func contains(_ environment: EnvironmentID, of function: Name, _ catalog: Catalog) -> Bool {
    isEmpty || contains(catalog.text(function))
      || environment != .none
        && (contains(catalog.text(environment)) || contains(catalog.text(catalog.function(of: environment))))
  }

  private func contains(_ name: String) -> Bool {
    !name.isEmpty && patterns.contains { NameSelection.matches(name, $0) }
  }

  /// The patterns that stand for no environment and no function of a session: somebody has mistyped them.
  package func unmatched(in timeline: borrowing Timeline, _ catalog: Catalog) -> [String] {
    var names = Set(timeline.tracks.map { catalog.text($0.id) })
    names.formUnion(timeline.tracks.map { catalog.text(catalog.function(of: $0.id)) })
    names.formUnion(timeline.requests.map { catalog.text($0.function) })
    names.remove("")
    return patterns.filter { pattern in !names.contains { NameSelection.matches($0, pattern) } }
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
    guard name.hasPrefix(first), name.count >= first.count + last.count, name.hasSuffix(last) else {
      return false
    }
    // What stands between stars is found from the left: the first place leaves the most room for the rest.
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
