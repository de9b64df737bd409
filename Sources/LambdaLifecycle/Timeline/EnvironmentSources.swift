/// Where the events of each environment come from.
struct EnvironmentSources: Sendable {
  /// Of environments of which nobody said otherwise.
  let standard: SourceKind
  /// By the index of an environment.
  private var kinds: [SourceKind] = []

  init(_ standard: SourceKind) { self.standard = standard }

  var reckonedBytes: Int { kinds.reckonedBytes }

  /// The source that reports an environment.
  @inline(__always)
  subscript(environment: EnvironmentID) -> SourceKind {
    environment.index < kinds.count ? kinds[environment.index] : standard
  }

  /// Takes in those that are new.
  mutating func learn(from catalog: Catalog) {
    for environment in catalog.environments[kinds.count...] {
      kinds.append(catalog[environment.source].kind)
    }
  }
}
