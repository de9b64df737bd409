/// Something that happened in the life of an execution environment or a request: the one type in the middle.
///
/// Simulator and decoders produce events, recordings store them, a `Timeline` folds them. An event is trivial (no
/// reference inside), so that arrays of them cost no counting; its names are explained by a `Catalog`.
package struct LifecycleEvent: Equatable, Sendable {
  /// When it happened.
  package var time: Timestamp
  /// When we learned of it; equal to `time` where the source gives no arrival.
  package var arrival: Timestamp
  package var function: Name
  package var environment: EnvironmentID
  package var request: RequestID
  package var kind: Kind

  package init(
    time: Timestamp, arrival: Timestamp? = nil, function: Name = .none, environment: EnvironmentID = .none,
    request: RequestID = .none, kind: Kind
  ) {
    self.time = time
    self.arrival = arrival ?? time
    self.function = function
    self.environment = environment
    self.request = request
    self.kind = kind
  }

  package enum Kind: Equatable, Sendable {
    case functionDescribed(FunctionDescription)
    case environmentCreated(InitializationType)
    /// `detail` says more than the reason, for example how an emulator crashed.
    case environmentGone(ShutdownReason, detail: Name)
    /// `extensionName` is set for the span of one extension, which may overlap its phase and other extensions.
    case phaseBegan(Phase, extensionName: Name = .none)
    case phaseEnded(PhaseEnd)
    case thawed
    /// The runtime has asked for the next event; extensions may still work (`platform.runtimeDone`).
    case runtimeDone(Outcome, errorType: Name)
    case extensionState(name: Name, ExtensionState, errorType: Name)
    case requestArrived
    /// The request has an environment; it may still have to wait for init.
    case requestAssigned
    case requestThrottled(reason: Name)
    /// Lambda's queue gives an event up: it is not tried again.
    case requestDropped(reason: Name)
    /// The caller has its response. The outcome is what the caller sees: an exception of the handler is an error
    /// here although the phase it happened in is a success.
    case requestAnswered(Outcome, errorType: Name)
    case report(Report)
    /// The course of an init (`platform.initReport`, INIT_REPORT). On demand only a failed one is reported.
    case initReport(InitReport)
    case output(OutputOrigin, TextRange)
    /// The content of a request or its answer, as its caller sent or got it.
    case payload(Payload)
    case settingChanged(Setting, Int64)
    case marker(Name)
    /// The function has reported its own work.
    case mark(Mark)
    /// A Python function has reported the cost of an import; it is over.
    case imported(ImportTime)
    /// A statement of the function's own module has ended, while init ran.
    case lineRan(LineTime)
    /// The modules of one package that such a statement has imported.
    case packageImported(PackageTime)
    /// The handler's module has been imported.
    case moduleImported(ModuleTime)
    /// Everything of the session after that moment is void.
    case forked(at: Timestamp)
    /// The source lost something on its own way, `platform.logsDropped` for example.
    case dropped(count: Int64, reason: Name)
    case undecodable(reason: Name, TextRange)
  }
}

/// The end of a phase.
package struct PhaseEnd: Equatable, Sendable {
  package var phase: Phase
  package var outcome: Outcome
  package var errorType: Name
  /// Set for the span of one extension.
  package var extensionName: Name
  /// The length that the source measured, or -1. It is exacter than the difference of two times in milliseconds and
  /// wins over it.
  package var duration: Nanoseconds

  package init(
    _ phase: Phase, outcome: Outcome = .none, errorType: Name = .none, extensionName: Name = .none,
    duration: Nanoseconds = -1
  ) {
    self.phase = phase
    self.outcome = outcome
    self.errorType = errorType
    self.extensionName = extensionName
    self.duration = duration
  }
}

/// The known settings of a function; a negative number, nil or `Name.none` where one is not known.
package struct FunctionDescription: Equatable, Sendable {
  package var runtime: Name
  package var architecture: Architecture?
  package var memoryMB: Int32
  package var timeout: Nanoseconds
  package var idleTimeout: Nanoseconds
  /// How its environments are initialized; on-demand ones may be added to provisioned concurrency (spillover).
  package var initializationType: InitializationType
  package var reservedConcurrency: Int32
  package var provisionedConcurrency: Int32

  package init(
    runtime: Name = .none, architecture: Architecture? = nil, memoryMB: Int32 = -1, timeout: Nanoseconds = -1,
    idleTimeout: Nanoseconds = -1, initializationType: InitializationType = .unknown,
    reservedConcurrency: Int32 = -1, provisionedConcurrency: Int32 = -1
  ) {
    self.runtime = runtime
    self.architecture = architecture
    self.memoryMB = memoryMB
    self.timeout = timeout
    self.idleTimeout = idleTimeout
    self.initializationType = initializationType
    self.reservedConcurrency = reservedConcurrency
    self.provisionedConcurrency = provisionedConcurrency
  }
}

/// A `platform.report` or REPORT line; negative where it does not say.
package struct Report: Equatable, Sendable {
  /// Runtime and extensions together; a suppressed init is included.
  package var duration: Nanoseconds
  package var initDuration: Nanoseconds
  /// SnapStart: loading the snapshot, the runtime and the hooks; and what of it is billed (runtime and hooks).
  package var restoreDuration: Nanoseconds
  package var billedRestoreMs: Int32
  package var billedMs: Int32
  package var memoryMB: Int32
  package var maxMemoryUsedMB: Int32
  package var outcome: Outcome
  package var errorType: Name

  package init(
    duration: Nanoseconds = -1, initDuration: Nanoseconds = -1, restoreDuration: Nanoseconds = -1,
    billedRestoreMs: Int32 = -1, billedMs: Int32 = -1, memoryMB: Int32 = -1, maxMemoryUsedMB: Int32 = -1,
    outcome: Outcome = .none, errorType: Name = .none
  ) {
    self.duration = duration
    self.initDuration = initDuration
    self.restoreDuration = restoreDuration
    self.billedRestoreMs = billedRestoreMs
    self.billedMs = billedMs
    self.memoryMB = memoryMB
    self.maxMemoryUsedMB = maxMemoryUsedMB
    self.outcome = outcome
    self.errorType = errorType
  }
}

/// A `platform.initReport` or INIT_REPORT line; negative where it does not say.
package struct InitReport: Equatable, Sendable {
  package var initializationType: InitializationType
  /// The init ran inside an invocation (`phase: invoke`): the suppressed init.
  package var isSuppressed: Bool
  package var duration: Nanoseconds
  /// The part of it that is billed apart from any invocation, as for provisioned concurrency.
  package var billedMs: Int32
  package var memoryMB: Int32
  package var outcome: Outcome
  package var errorType: Name

  package init(
    initializationType: InitializationType = .unknown, isSuppressed: Bool = false, duration: Nanoseconds = -1,
    billedMs: Int32 = -1, memoryMB: Int32 = -1, outcome: Outcome = .none, errorType: Name = .none
  ) {
    self.initializationType = initializationType
    self.isSuppressed = isSuppressed
    self.duration = duration
    self.billedMs = billedMs
    self.memoryMB = memoryMB
    self.outcome = outcome
    self.errorType = errorType
  }
}
