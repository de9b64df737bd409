internal import LambdaLifecycle

/// The environment that a stream of the Telemetry API is in, and the facts known of it.
///
/// A stream is one environment until an init names another instance or another function, or a first init follows
/// although the environment has been initialised. An init in phase `invoke` is the same environment, initialised
/// again after a reset.
struct TelemetryEnvironment: Sendable {
  private(set) var id = EnvironmentID.none
  private(set) var function: Name
  /// The log stream that the events were written to, which is the environment whatever else they say: its
  /// name, if that is known. nil for events that come from the API itself.
  private let logStream: Name?
  private(set) var initializationType = InitializationType.unknown
  private var instance = Name.none
  private var created: Set<EnvironmentID> = []

  /// An init or a restore has ended, or a request has begun.
  var isInitialized = false
  /// The outcome of an init or a restore, or that one began, has been reported: a length in a report repeats
  /// it.
  var initIsTold = false
  /// One has begun, and its report has not come: at system log level INFO only the first request's report has
  /// its length.
  var initIsOpen = false
  /// The last invocation went wrong: the next request waits for an init, reported or not.
  var wasReset = false
  /// Status and error type of the runtime's part of init, for a report that has none of its own.
  var runtimeOutcome = Outcome.none
  var runtimeErrorType = Name.none
  /// The length of an init in phase `invoke` that no request has taken yet.
  var suppressedInit: Nanoseconds = 0
  /// The request that waited for such an init: its Duration includes it.
  var delayed = (request: RequestID.none, initDuration: Nanoseconds(0))
  /// The request that began last, and when.
  var running = (request: RequestID.none, begin: Timestamp(0))
  var handlerError = HandlerError()
  /// The description that the timeline has.
  var described = FunctionDescription()

  init(logStream: Name? = nil, function: Name = .none) {
    self.logStream = logStream
    self.function = function
  }

  /// Takes the environment that an init names; true if it has not been seen before.
  mutating func begin(
    function newFunction: Name, instance newInstance: Name, type: InitializationType, isFirstInit: Bool,
    catalog: inout Catalog
  ) -> Bool {
    if logStream != nil {
      return begin(inLogStreamOf: newFunction, type: type, isFirstInit: isFirstInit, catalog: &catalog)
    }
    let sameFunction = newFunction == .none || newFunction == function
    let sameInstance = newInstance == .none || newInstance == instance
    let isRepeated = isFirstInit && isInitialized && (newInstance == .none || newInstance != instance)
    initializationType = type
    if id != .none, sameFunction, sameInstance, !isRepeated { return created.insert(id).inserted }
    let next = newFunction == .none ? function : newFunction
    if next != function { described = FunctionDescription() }
    function = next
    instance = newInstance
    if newInstance == .none {
      id = catalog.unnamedEnvironment("env", of: function)
    } else {
      id = catalog.environment(newInstance, of: function)
    }
    isInitialized = false
    initIsTold = false
    wasReset = false
    suppressedInit = 0
    return created.insert(id).inserted
  }

  private mutating func begin(
    inLogStreamOf newFunction: Name, type: InitializationType, isFirstInit: Bool, catalog: inout Catalog
  ) -> Bool {
    if type != .unknown { initializationType = type }
    if id == .none {
      if function == .none { function = newFunction }
      id = newEnvironment(&catalog)
    }
    if isFirstInit {
      isInitialized = false
      suppressedInit = 0
    }
    return created.insert(id).inserted
  }

  /// The environment of an event that came before any init: it is running, and it has no name of its own but that of
  /// its log stream.
  mutating func continueUnseen(catalog: inout Catalog) {
    isInitialized = true
    id = newEnvironment(&catalog)
  }

  private func newEnvironment(_ catalog: inout Catalog) -> EnvironmentID {
    guard let logStream, logStream != .none else { return catalog.unnamedEnvironment("env", of: function) }
    return catalog.environment(logStream, of: function)
  }
}
