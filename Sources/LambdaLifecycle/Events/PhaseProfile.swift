/// All that the core knows of a phase: `Phase.profile` has it for each. Nothing in it is counted by reference, so that one
/// field costs the fold a comparison.
package struct PhaseProfile: Sendable {
  /// The name in recordings and JSON.
  package let wireName: StaticString
  /// The words for people.
  package let title: StaticString
  package let family: Phase.Family
  /// It stands for all phases of its family where a source does not divide them.
  package let isWhole: Bool

  @inline(__always)
  init(
    _ wireName: StaticString, _ title: StaticString, _ family: Phase.Family, isWhole: Bool = false
  ) {
    self.wireName = wireName
    self.title = title
    self.family = family
    self.isWhole = isWhole
  }
}

extension Phase {
  /// Phases with the same place in an environment's life.
  package enum Family: Sendable {
    case create
    /// Init, whole or one of its parts.
    case initialization
    case restore, invoke, frozen
    /// Shutdown, whole or one of its parts. A reset is a shutdown that the environment outlives.
    case shutdown
  }

  @inline(__always) package var family: Family { profile.family }

  /// Init, whole or one of its parts.
  @inline(__always) package var isInit: Bool { family == .initialization }

  /// Init or restore: processes get ready for requests.
  @inline(__always) package var isInitOrRestore: Bool { isInit || family == .restore }

  /// Shutdown, whole or one of its parts. A reset is a shutdown that the environment outlives.
  @inline(__always) package var isShutdown: Bool { family == .shutdown }

  /// It takes an environment from one state to another, where it neither works nor rests.
  package var isTransition: Bool {
    switch family {
    case .create, .initialization, .restore, .shutdown: true
    case .invoke, .frozen: false
    }
  }

  /// All phases, those that a source does not divide before their parts: so they are drawn over each other.
  package static let wholeFirst =
    allCases.filter(\.profile.isWhole) + allCases.filter { !$0.profile.isWhole }

  /// The phases of init, and those of shutdown.
  package static let inits = wholeFirst.filter(\.isInit)
  package static let shutdowns = wholeFirst.filter(\.isShutdown)
}
