/// Environments and functions that somebody has chosen by name: the whole name, in which `*` stands for any text.
package struct NameSelection: Sendable {
  /// As they were typed.
  package let patterns: [String]

  /// - Parameter patterns: none of them for everything.
  package init(_ patterns: [String] = []) { self.patterns = patterns }

  package var isEmpty: Bool { patterns.isEmpty }

  /// True if an environment, or its function, is chosen. A request without an environment is its function's.
  package func contains(_ environment: EnvironmentID, of function: Name, _ catalog: Catalog) -> Bool {
    isEmpty || contains(catalog.text(function))
      || environment != .none
        && (contains(catalog.text(environment)) || contains(catalog.text(catalog.function(of: environment))))
  }

  private func contains(_ name: String) -> Bool {
    !name.isEmpty && patterns.contains { Wildcard($0).matches(name) }
  }

  /// The patterns that stand for no environment and no function of a session: somebody has mistyped them.
  package func unmatched(in timeline: borrowing Timeline, _ catalog: Catalog) -> [String] {
    var names = Set(timeline.tracks.map { catalog.text($0.id) })
    names.formUnion(timeline.tracks.map { catalog.text(catalog.function(of: $0.id)) })
    names.formUnion(Set(timeline.requests.map(\.function)).map(catalog.text))
    names.remove("")
    return patterns.filter { !names.contains(where: Wildcard($0).matches) }
  }
}
