/// The events that an extension has registered for (Extensions API page).
package struct Subscriptions: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static var invoke: Subscriptions { Subscriptions(rawValue: 1) }
  package static var shutdown: Subscriptions { Subscriptions(rawValue: 2) }
}

/// The extensions that have registered in an environment, a bit each. They are known when they register, and anew after
/// each reset.
package struct Registrations: Equatable, Sendable {
  /// At most ten extensions, internal and external together (Extensions API page).
  package static let most = 10
  /// Bits that there are: external ones that have not registered yet have theirs, too.
  package static let places = 16

  /// All of them.
  private(set) var all: UInt16 = 0
  /// Those that registered for INVOKE. The others do not hold up an invocation.
  private(set) var invoke: UInt16 = 0
  /// Those that registered for SHUTDOWN; the others are killed at once (shutdown.go of the emulator).
  private(set) var shutdown: UInt16 = 0

  package init() {}

  var isFull: Bool { all.nonzeroBitCount >= Self.most }

  mutating func add(_ bit: UInt16, _ subscriptions: Subscriptions) {
    all |= bit
    if subscriptions.contains(.invoke) { invoke |= bit }
    if subscriptions.contains(.shutdown) { shutdown |= bit }
  }
}
