/// One of a session's inputs; an index into the catalog's list of sources.
package struct SourceID: Hashable, Sendable {
  package var rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }
}

/// One of a session's inputs: a stream, a file, a process, an environment that sends its telemetry.
package struct Source: Equatable, Sendable {
  /// Its name for people; empty where it is the only one.
  package var name: String
  package var kind: SourceKind
  /// The word for its environments, with a number, where they have no name of their own; empty for the
  /// decoder's word.
  package var environmentPrefix = ""

  package init(name: String = "", kind: SourceKind = .native) {
    self.name = name
    self.kind = kind
  }
}
