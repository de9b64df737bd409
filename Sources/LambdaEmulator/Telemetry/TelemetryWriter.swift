internal import LambdaEventFormats
internal import LambdaLifecycle

/// Writes the life of one generation of an environment as the Telemetry API does (telemetry-schema-reference page). It
/// is fed with the events of the recording, so that both say the same.
struct TelemetryWriter {
  /// The facts that are the same in all of an environment's events.
  struct Facts {
    var function: String
    var runtime: String
    /// The log stream's name is the environment's id (rapid's handlers.go of the emulator).
    var instance: String
    var memoryMB: Int32
    var type: InitializationType
    /// Init runs inside an invocation: the suppressed init.
    var isSuppressedInit: Bool

    fileprivate var phase: String { isSuppressedInit ? "invoke" : "init" }
  }

  /// An extension's state when init ends.
  struct ExtensionFacts {
    var name: String
    var state: ExtensionState
    var subscriptions: Subscriptions
  }

  private enum Init { case notBegun, underWay, over }

  private let facts: Facts
  private var initialization = Init.notBegun
  private var initBegin: Timestamp = 0
  private var hasStartedRuntime = false
  private var invocation = TelemetryInvocation()

  init(_ facts: Facts) { self.facts = facts }

  /// Runtime and extensions have not all asked for their first events: subscriptions are taken.
  var isInitializing: Bool { initialization != .over }

  // MARK: Events

  /// An event of the environment's.
  /// - Parameters:
  ///   - trace: of the invocation under way, by X-Ray's header.
  ///   - extensions: called where init has failed.
  mutating func events(
    for event: LifecycleEvent, _ catalog: Catalog, trace: String?, version: String?,
    extensions: () -> [ExtensionFacts]
  ) -> [TelemetryEvent] {
    switch event.kind {
    case .initReport(let report):
      let error = catalog.text(report.errorType).platformErrorType
      return initEnds(report.outcome, error: error, report.duration, at: event.time, extensions())
    case .phaseBegan(.invoke, _):
      let request = catalog.text(event.request)
      invocation = TelemetryInvocation(
        request, begin: event.time, trace: trace, version: version ?? "$LATEST")
      return [invocation.started]
    case .requestAnswered: return []
    case .runtimeDone(let outcome, let error):
      return [invocation.runtimeDone(outcome, error: catalog.text(error).platformErrorType, at: event.time)]
    case .report(let report):
      let error = catalog.text(report.errorType).platformErrorType
      return [invocation.reported(report, error: error, at: event.time)]
    default: return []
    }
  }

  /// The runtime has answered.
  /// - Parameters:
  ///   - bytes: the length of the answer.
  ///   - reading: the time that its body was on its way.
  mutating func answered(bytes: Int, reading: Nanoseconds, at time: Timestamp) {
    invocation.answered(bytes: bytes, reading: reading, at: time)
  }

  /// The first process is started.
  mutating func initBegins(at time: Timestamp) -> TelemetryEvent {
    initialization = .underWay
    initBegin = time
    let facts = facts
    return TelemetryEvent("initStart", at: time) { record in
      record.add("initializationType", facts.type.wireName)
      record.add("phase", facts.phase)
      record.add("functionName", facts.function)
      record.add("functionVersion", "$LATEST")
      record.add("runtimeVersion", facts.runtime)
      record.add("instanceId", facts.instance)
      record.add("instanceMaxMemory", Int64(facts.memoryMB) << 20)
    }
  }

  mutating func runtimeStarts() { hasStartedRuntime = true }

  /// Init has ended: first comes the runtime's event, then each extension's, then that of the whole (handlers.go of
  /// the emulator).
  /// - Parameter length: nil where it ends now.
  mutating func initEnds(
    _ outcome: Outcome, error: String = "", _ length: Nanoseconds? = nil, at time: Timestamp,
    _ extensions: [ExtensionFacts]
  ) -> [TelemetryEvent] {
    let isUnderWay = initialization == .underWay
    initialization = .over
    guard isUnderWay else { return [] }
    let facts = facts
    var events: [TelemetryEvent] = []
    let status = outcome == .none ? Outcome.success : outcome
    if hasStartedRuntime {
      events.append(
        TelemetryEvent("initRuntimeDone", at: time) { record in
          record.add("initializationType", facts.type.wireName)
          record.add("phase", facts.phase)
          record.add("status", status.wireName)
          record.addIfPresent("errorType", error)
        })
    }
    events += extensions.map { item in
      TelemetryEvent("extension", at: time) { record in
        record.add("name", item.name)
        record.add("state", item.state.wireName)
        record.add("events", texts: item.subscriptions.names)
      }
    }
    let duration = length ?? time &- initBegin
    events.append(
      TelemetryEvent("initReport", at: time) { record in
        record.add("initializationType", facts.type.wireName)
        record.add("phase", facts.phase)
        record.add("status", status.wireName)
        record.addIfPresent("errorType", error)
        record.add("metrics") { $0.add("durationMs", milliseconds: duration) }
      })
    return events
  }
}

extension Subscriptions {
  /// As extensions name them.
  var names: [String] {
    (contains(.invoke) ? ["INVOKE"] : []) + (contains(.shutdown) ? ["SHUTDOWN"] : [])
  }
}
