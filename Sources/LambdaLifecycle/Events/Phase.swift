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

  /// The name in recordings and JSON.
  package var wireName: String {
    switch self {
    case .create: "create"
    case .extensionInit: "extensionInit"
    case .runtimeInit: "runtimeInit"
    case .functionInit: "functionInit"
    case .initialization: "init"
    case .restore: "restore"
    case .invoke: "invoke"
    case .frozen: "frozen"
    case .runtimeShutdown: "runtimeShutdown"
    case .extensionShutdown: "extensionShutdown"
    case .shutdown: "shutdown"
    }
  }

  /// The words for people.
  package var title: String {
    switch self {
    case .create: "create"
    case .extensionInit: "extension init"
    case .runtimeInit: "runtime init"
    case .functionInit: "function init"
    case .initialization: "init"
    case .restore: "restore"
    case .invoke: "invoke"
    case .frozen: "frozen"
    case .runtimeShutdown: "runtime shutdown"
    case .extensionShutdown: "extension shutdown"
    case .shutdown: "shutdown"
    }
  }

  package init?(wireName: String) {
    guard let phase = Phase.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = phase
  }

  /// Init, whole or one of its parts.
  package var isInit: Bool {
    switch self {
    case .extensionInit, .runtimeInit, .functionInit, .initialization: true
    default: false
    }
  }

  /// Shutdown, whole or one of its parts. A reset is a shutdown that the environment outlives.
  package var isShutdown: Bool {
    switch self {
    case .runtimeShutdown, .extensionShutdown, .shutdown: true
    default: false
    }
  }
}
