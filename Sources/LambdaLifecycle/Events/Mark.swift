/// A function's message about its own work while it runs: `lanes: NAME begin`, `lanes: NAME end`, or `lanes:
/// NAME` for a moment.
package struct Mark: Equatable, Sendable {
  package enum Edge: UInt8, CaseIterable, Sendable {
    case begin, end, moment

    /// The name in recordings.
    package var wireName: String {
      switch self {
      case .begin: "begin"
      case .end: "end"
      case .moment: "moment"
      }
    }
  }

  package var name: Name
  package var edge: Edge
  /// The reporter has seen that it happened, and concludes in which of several environments.
  package var isInferred: Bool

  package init(_ name: Name, _ edge: Edge, isInferred: Bool = false) {
    self.name = name
    self.edge = edge
    self.isInferred = isInferred
  }

  /// The name of the mark at whose begin function init begins: what of init lies before it is the runtime's.
  package static let functionInit = "function-init"
}

extension Name {
  /// `Mark.functionInit`: `Catalog` interns it behind the error types.
  package static let functionInit = Name(rawValue: UInt32(ErrorType.platformTexts.count))
}

/// The cost of one import of a Python program, as `-X importtime` reports it when the import is done.
package struct ImportTime: Equatable, Sendable {
  package var name: Name
  /// The module's own time, without what it imports itself.
  package var own: Nanoseconds
  package var total: Nanoseconds
  /// How many imports it is inside of.
  package var depth: Int32

  package init(_ name: Name, own: Nanoseconds, total: Nanoseconds, depth: Int32) {
    self.name = name
    self.own = own
    self.total = total
    self.depth = depth
  }
}
