/// A phase of an execution environment, in AWS's words.
///
/// The order is the order of the lanes on screen. The raw value is stored in spans; the name (`wireName`) is what
/// recordings and `lanes summary --json` carry.
package enum Phase: UInt8, CaseIterable, Sendable {
  /// The sandbox is created, code and layers are downloaded.
  case create
  /// Extensions start; it ends when the last one has registered.
  case extensionInit
  /// The runtime is bootstrapped.
  case runtimeInit
  /// Code outside the handler runs.
  case functionInit
  /// The part of init that a source does not divide into the three above.
  case initialization
  /// A SnapStart snapshot is resumed.
  case restore
  /// Runtime and extensions work on a request.
  case invoke
  /// Processes are stopped, memory is kept.
  case frozen
  /// The runtime has SIGTERM and its share of the time limit.
  case runtimeShutdown
  /// Extensions have the SHUTDOWN event and the rest of the limit.
  case extensionShutdown
  /// The part of shutdown that a source does not divide into the two above.
  case shutdown

  /// Its names and the family it belongs to.
  @inline(__always)
  package var profile: PhaseProfile {
    switch self {
    case .create: PhaseProfile("create", "create", .create)
    case .extensionInit: PhaseProfile("extensionInit", "extension init", .initialization)
    case .runtimeInit: PhaseProfile("runtimeInit", "runtime init", .initialization)
    case .functionInit: PhaseProfile("functionInit", "function init", .initialization)
    case .initialization: PhaseProfile("init", "init", .initialization, isWhole: true)
    case .restore: PhaseProfile("restore", "restore", .restore)
    case .invoke: PhaseProfile("invoke", "invoke", .invoke)
    case .frozen: PhaseProfile("frozen", "frozen", .frozen)
    case .runtimeShutdown: PhaseProfile("runtimeShutdown", "runtime shutdown", .shutdown)
    case .extensionShutdown: PhaseProfile("extensionShutdown", "extension shutdown", .shutdown)
    case .shutdown: PhaseProfile("shutdown", "shutdown", .shutdown, isWhole: true)
    }
  }

  /// The name in recordings and JSON.
  package var wireName: String { profile.wireName.description }

  /// The words for people.
  package var title: String { profile.title.description }

  package init?(wireName: String) {
    guard let phase = Phase.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = phase
  }

}
