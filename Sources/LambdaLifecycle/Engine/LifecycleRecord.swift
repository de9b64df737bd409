/// The events that the actions of environments mean: one way to write them down, whoever drives a fleet.
struct LifecycleRecord: Sendable {
  /// The record of an environment.
  struct Environment: Sendable {
    let id: EnvironmentID
    let function: Name
    let type: InitializationType
    let memoryMB: Int32
    /// False: runtime init and function init are written as one piece.
    fileprivate let dividesInit: Bool
    /// By their places.
    fileprivate var extensionNames: [Name]
    /// Extensions with processes of their own.
    fileprivate var external: UInt16 = 0
    /// Extensions whose init has begun and not ended.
    fileprivate var initializing: UInt16 = 0
    /// Of a restore that no report has given yet; -1 for none.
    fileprivate var restoreDuration: Nanoseconds = -1
    fileprivate var billedRestore: Nanoseconds = 0
    /// Why it goes, where the reason alone does not say it.
    fileprivate var shutdownDetail = ShutdownDetail.none
    /// The most memory it has used, as far as it was measured; -1 where nobody has.
    fileprivate var maxMemoryUsedMB: Int32 = -1

    init(
      _ id: EnvironmentID, of function: Name, _ type: InitializationType, memoryMB: Int32,
      extensionNames: [Name], dividesInit: Bool = true
    ) {
      self.id = id
      self.function = function
      self.type = type
      self.memoryMB = memoryMB
      self.extensionNames = extensionNames
      self.dividesInit = dividesInit
    }

    /// The phase as it is written down.
    fileprivate func written(_ phase: Phase) -> Phase {
      phase == .runtimeInit || phase == .functionInit ? dividesInit ? phase : .initialization : phase
    }
  }

  /// By their slots.
  private var environments: [Environment] = []

  /// A new environment in a slot.
  mutating func begin(_ environment: Environment, in slot: Int) {
    if slot == environments.count {
      environments.append(environment)
    } else {
      environments[slot] = environment
    }
  }

  /// So much memory has been measured, for the reports that follow.
  mutating func noteMemory(_ megabytes: Int32, in slot: Int) {
    environments[slot].maxMemoryUsedMB = megabytes
  }

  /// An environment goes, and the reason alone will not say why.
  mutating func note(_ detail: ShutdownDetail, in slot: Int) { environments[slot].shutdownDetail = detail }

  /// An extension of an environment has given its name.
  mutating func name(_ name: Name, extension index: UInt8, in slot: Int) {
    let missing = Int(index) + 1 - environments[slot].extensionNames.count
    if missing > 0 { environments[slot].extensionNames += Array(repeating: .none, count: missing) }
    environments[slot].extensionNames[Int(index)] = name
  }

  /// Writes down what an action reports, if anything.
  /// - Parameter request: the one that the action is about; none where it is about no request.
  mutating func write(
    _ action: Action, in slot: Int, of request: RequestID, at time: Timestamp, into log: inout EventLog
  ) {
    switch action {
    case .startExtensions(let mask, _): startExtensions(mask, slot, time, &log)
    case .thaw: append(.thawed, slot, at: time, to: &log)
    case .takeSnapshot: append(.marker(log.catalog.name("snapshot taken")), slot, at: time, to: &log)
    case .respond(_, let outcome, let error):
      append(.requestAnswered(outcome, errorType: error.name), slot, of: request, at: time, to: &log)
    case .began(let phase):
      append(.phaseBegan(environments[slot].written(phase)), slot, at: time, to: &log)
    case .ended(let phase, let outcome, let error):
      let phase = environments[slot].written(phase)
      append(
        .phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name)), slot, at: time, to: &log)
    case .invokeBegan: append(.phaseBegan(.invoke), slot, of: request, at: time, to: &log)
    case .invokeEnded(_, let outcome, let error):
      let end = PhaseEnd(.invoke, outcome: outcome, errorType: error.name)
      append(.phaseEnded(end), slot, of: request, at: time, to: &log)
    case .runtimeDone(_, let outcome, let error):
      append(.runtimeDone(outcome, errorType: error.name), slot, of: request, at: time, to: &log)
    case .extensionState(let index, let state, let error):
      extensionState(index, state, error, slot, time, &log)
    case .report(_, let duration, let initDuration, let error, let outcome):
      let report = report(duration, initDuration, outcome, error, slot)
      append(.report(report), slot, of: request, at: time, to: &log)
    case .initReport(let duration, let isSuppressed, let outcome, let error):
      let report = initReport(duration, isSuppressed: isSuppressed, outcome, error, slot)
      append(.initReport(report), slot, at: time, to: &log)
    case .restoreReport(let duration, let billed, _, _):
      environments[slot].restoreDuration = duration
      environments[slot].billedRestore = billed
    case .gone(let reason):
      let detail = reason == .spindown ? environments[slot].shutdownDetail : .none
      let name = detail == .none ? Name.none : log.catalog.name(detail.wireName)
      append(.environmentGone(reason, detail: name), slot, at: time, to: &log)
    case .startRuntime, .deliver, .deliverToExtensions, .freeze, .restoreSnapshot, .arm, .disarm,
      .armInvocation, .terminateRuntime, .killRuntime, .sendShutdown, .killExtensions, .released, .anomaly:
      break
    }
  }

  /// Writes an event of an environment that no action reports.
  @inline(__always)
  func append(
    _ kind: LifecycleEvent.Kind, _ slot: Int, of request: RequestID = .none, at time: Timestamp,
    to log: inout EventLog
  ) {
    log.append(
      LifecycleEvent(
        time: time, function: environments[slot].function, environment: environments[slot].id,
        request: request, kind: kind))
  }
}

// MARK: - Extensions

extension LifecycleRecord {
  private mutating func startExtensions(
    _ mask: UInt16, _ slot: Int, _ time: Timestamp, _ log: inout EventLog
  ) {
    environments[slot].external = mask
    environments[slot].initializing = mask
    for index in places(of: mask) {
      let name = extensionName(index, slot)
      append(.extensionState(name: name, .started, errorType: .none), slot, at: time, to: &log)
      append(.phaseBegan(.extensionInit, extensionName: name), slot, at: time, to: &log)
    }
  }

  private mutating func extensionState(
    _ index: UInt8, _ state: ExtensionState, _ error: ErrorType, _ slot: Int, _ time: Timestamp,
    _ log: inout EventLog
  ) {
    let name = extensionName(index, slot)
    append(.extensionState(name: name, state, errorType: error.name), slot, at: time, to: &log)
    let bit: UInt16 = 1 << UInt16(index)
    // An internal one begins where the function's code starts it, which nobody sees before it registers.
    if state == .registered, environments[slot].external & bit == 0 {
      environments[slot].initializing |= bit
      append(.phaseBegan(.extensionInit, extensionName: name), slot, at: time, to: &log)
    }
    // A change of state after its init is no end of it.
    if state == .ready || error != .none, environments[slot].initializing & bit != 0 {
      environments[slot].initializing &= ~bit
      let outcome: Outcome = state == .ready ? .success : .error
      let end = PhaseEnd(.extensionInit, outcome: outcome, errorType: error.name, extensionName: name)
      append(.phaseEnded(end), slot, at: time, to: &log)
    }
  }

  private func extensionName(_ index: UInt8, _ slot: Int) -> Name {
    let names = environments[slot].extensionNames
    return Int(index) < names.count ? names[Int(index)] : .none
  }
}

// MARK: - Reports

extension LifecycleRecord {
  private mutating func report(
    _ duration: Nanoseconds, _ initDuration: Nanoseconds, _ outcome: Outcome, _ error: ErrorType, _ slot: Int
  ) -> Report {
    let restore = environments[slot].restoreDuration
    let billedRestore = restore < 0 ? 0 : environments[slot].billedRestore
    environments[slot].restoreDuration = -1
    return Report(
      duration: duration, initDuration: initDuration, restoreDuration: restore,
      billedRestoreMs: restore < 0 ? -1 : billedMilliseconds(billedRestore),
      billedMs: billedMilliseconds(duration, initDuration: initDuration, restore: billedRestore),
      memoryMB: environments[slot].memoryMB, maxMemoryUsedMB: environments[slot].maxMemoryUsedMB,
      outcome: outcome, errorType: error.name)
  }

  private func initReport(
    _ duration: Nanoseconds, isSuppressed: Bool, _ outcome: Outcome, _ error: ErrorType, _ slot: Int
  ) -> InitReport {
    let type = environments[slot].type
    return InitReport(
      initializationType: type, isSuppressed: isSuppressed, duration: duration,
      billedMs: type.billsInit(isSuppressed: isSuppressed) ? billedMilliseconds(duration) : -1,
      memoryMB: environments[slot].memoryMB, outcome: outcome, errorType: error.name)
  }
}

extension InitializationType {
  /// The init of an environment that is created ahead of requests is billed by itself. Whether that of a failed one on
  /// demand is, is not documented: here it is not.
  func billsInit(isSuppressed: Bool) -> Bool {
    !isSuppressed && (self == .provisionedConcurrency || self == .snapStart)
  }
}

/// Billed Duration = ceil(Duration + Init Duration + Billed Restore Duration), in milliseconds; init is billed since August
/// 2025.
/// - Parameter initDuration: negative where the invocation has none.
func billedMilliseconds(_ duration: Nanoseconds, initDuration: Nanoseconds, restore: Nanoseconds) -> Int32 {
  billedMilliseconds(duration &+ max(0, initDuration) &+ restore)
}

/// A length as it is billed: whole milliseconds, rounded up.
func billedMilliseconds(_ length: Nanoseconds) -> Int32 {
  Int32(clamping: (length &+ 999_999) / 1_000_000)
}

/// The places of the bits that are set, lowest first.
func places(of mask: UInt16) -> some Sequence<UInt8> {
  sequence(state: mask) { (rest: inout UInt16) -> UInt8? in
    guard rest != 0 else { return nil }
    defer { rest &= rest &- 1 }
    return UInt8(rest.trailingZeroBitCount)
  }
}
