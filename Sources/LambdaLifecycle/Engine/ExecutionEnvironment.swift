/// The life of one execution environment: takes what the world signals, answers with what the world must do.
///
/// A value without clock, randomness or I/O. The simulator answers its actions from a scenario in virtual time; real
/// processes could answer the same actions. Rules and their sources: the execution environment page and the
/// Extensions API page of the Lambda developer guide, and the code of the runtime interface emulator.
package struct ExecutionEnvironment: Sendable {
  package enum State: UInt8, Sendable {
    case creating, extensionInit, runtimeInit, functionInit
    /// Runtime and extensions wait for the next event: frozen.
    case ready
    case invoking, runtimeShutdown, extensionShutdown
    /// After a reset: no process runs until the next invocation starts them again.
    case reset
    case gone
  }

  package private(set) var state = State.creating
  /// The processes of which generation are alive.
  package private(set) var generation: Generation
  /// The invocation it works on or that waits for init; 0 for none.
  package private(set) var invocation: Invocation = 0
  private var runtimeIsReady = false
  private var runtimeIsAlive = false
  private var hasAnswered = false
  /// The shutdown under way is a reset, which the environment outlives.
  private var isResetting = false
  /// Init runs inside the invocation: the suppressed init.
  private var isSuppressedInit = false
  private var reason = ShutdownReason.spindown
  private var registered: UInt16 = 0
  private var ready: UInt16 = 0
  private var alive: UInt16 = 0
  private var deadline: UInt32 = 0
  /// When the init, invocation or shutdown under way began.
  private var began: Timestamp = 0
  /// Length of the init that the next report accounts for; -1 for none.
  private var initDuration: Nanoseconds = -1

  /// - Parameter generation: of its first processes. One that takes an earlier one's place in a table continues its
  ///   count, so that signals meant for the earlier one are stale.
  package init(generation: Generation = 1) { self.generation = generation }

  /// Nothing to do and nothing under way: it can take a request, and be reclaimed.
  package var isIdle: Bool {
    @inline(__always) get { invocation == 0 && (state == .ready || state == .reset) }
  }

  /// Answers one signal.
  package mutating func receive(
    _ signal: Signal, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    into actions: inout ActionBuffer
  ) {
    switch signal {
    case .sandboxReady:
      guard state == .creating else { return reject(.sandboxReady, &actions) }
      actions.append(.ended(.create, .success, .none))
      beginInit(at: time, limit: time &+ settings.initLimit, settings, &actions)
    case .extensionRegistered(let index, let generation):
      guard generation == self.generation else { return }
      guard state == .extensionInit, settings.extensions & bit(index) & ~registered != 0 else {
        return reject(.extensionRegistered, &actions)
      }
      extensionRegistered(index, settings, &actions)
    case .extensionNext(let index, let generation):
      guard generation == self.generation else { return }
      extensionNext(index, at: time, settings, &actions)
    case .functionInitBegan(let generation):
      guard generation == self.generation else { return }
      guard state == .runtimeInit else { return reject(.functionInitBegan, &actions) }
      state = .functionInit
      actions.append(.ended(.runtimeInit, .success, .none))
      actions.append(.began(.functionInit))
    case .runtimeNext(let generation):
      guard generation == self.generation else { return }
      runtimeNext(at: time, settings, &actions)
    case .request(let invocation):
      request(invocation, at: time, settings, &actions)
    case .response(let invocation, let outcome):
      guard invocation == self.invocation else { return }
      guard state == .invoking, !hasAnswered else { return reject(.response, &actions) }
      hasAnswered = true
      actions.append(.respond(invocation, outcome, .none))
    case .runtimeExited(let error, let generation):
      guard generation == self.generation else { return }
      runtimeExited(error, at: time, settings, &actions)
    case .extensionExited(let index, let generation):
      guard generation == self.generation else { return }
      extensionEnded(index, .extensionCrash, .extensionExited, at: time, settings, &actions)
    case .extensionFailed(let index, let error, let generation):
      guard generation == self.generation else { return }
      extensionEnded(index, error, .extensionFailed, at: time, settings, &actions)
    case .deadline(let token):
      guard token == deadline else { return }
      deadlinePassed(at: time, settings, &actions)
    case .reclaim:
      guard isIdle else { return reject(.reclaim, &actions) }
      shutDown(.spindown, resetting: false, at: time, settings, &actions)
    }
  }

  private func reject(_ signal: Anomaly.Sign, _ actions: inout ActionBuffer) {
    actions.append(.anomaly(Anomaly(signal: signal, state: state)))
  }

  @inline(__always)
  private func bit(_ index: UInt8) -> UInt16 { index < 16 ? 1 &<< UInt16(index) : 0 }

  private mutating func arm(_ time: Timestamp, _ actions: inout ActionBuffer) {
    deadline &+= 1
    actions.append(.arm(time, deadline))
  }

  private mutating func disarm(_ actions: inout ActionBuffer) {
    deadline &+= 1
    actions.append(.disarm)
  }
}

// MARK: - Init

extension ExecutionEnvironment {
  /// Extensions first; the runtime starts when all have registered (Extensions API page).
  private mutating func beginInit(
    at time: Timestamp, limit: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    began = time
    runtimeIsReady = false
    registered = 0
    ready = 0
    alive = settings.extensions
    if settings.extensions == 0 {
      startRuntime(&actions)
    } else {
      state = .extensionInit
      actions.append(.began(.extensionInit))
      actions.append(.startExtensions(settings.extensions, generation))
    }
    arm(limit, &actions)
  }

  private mutating func startRuntime(_ actions: inout ActionBuffer) {
    state = .runtimeInit
    runtimeIsAlive = true
    actions.append(.began(.runtimeInit))
    actions.append(.startRuntime(generation))
  }

  private mutating func extensionRegistered(
    _ index: UInt8, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    registered |= bit(index)
    actions.append(.extensionState(index, .registered, .none))
    guard registered == settings.extensions else { return }
    actions.append(.ended(.extensionInit, .success, .none))
    startRuntime(&actions)
  }

  private mutating func extensionNext(
    _ index: UInt8, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    switch state {
    case .extensionInit, .runtimeInit, .functionInit, .invoking:
      guard registered & bit(index) & ~ready != 0 else { return reject(.extensionNext, &actions) }
      ready |= bit(index)
      // Within an invocation its Next is no change of state that the platform tells.
      if state != .invoking { actions.append(.extensionState(index, .ready, .none)) }
      settle(at: time, settings, &actions)
    default: reject(.extensionNext, &actions)
    }
  }

  private mutating func runtimeNext(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    guard !runtimeIsReady else { return reject(.runtimeNext, &actions) }
    switch state {
    case .functionInit:
      actions.append(.ended(.functionInit, .success, .none))
    case .invoking:
      // It may ask for more only after its response (Runtime API page).
      guard hasAnswered else { return reject(.runtimeNext, &actions) }
      // A handler's exception is a success here: the runtime has reported it.
      actions.append(.runtimeDone(invocation, .success, .none))
    default: return reject(.runtimeNext, &actions)
    }
    runtimeIsReady = true
    settle(at: time, settings, &actions)
  }

  /// Init and invoke end when the runtime and all extensions have asked for the next event.
  private mutating func settle(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    guard runtimeIsReady, ready == settings.extensions else { return }
    if state == .invoking {
      endInvocation(.success, .none, at: time, &actions)
    } else if isSuppressedInit {
      isSuppressedInit = false
      return beginInvoke(&actions, settings)
    } else {
      initDuration = time &- began
      if invocation != 0 {
        began = time
        arm(time &+ settings.timeout, &actions)
        return beginInvoke(&actions, settings)
      }
    }
    disarm(&actions)
    state = .ready
    actions.append(.began(.frozen))
    actions.append(.freeze)
  }

  /// A failed init is tried again inside the first invocation, with the function's timeout (execution environment
  /// page). A failed suppressed init fails the invocation.
  private mutating func failInit(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    let phase: Phase =
      state == .extensionInit ? .extensionInit : state == .runtimeInit ? .runtimeInit : .functionInit
    if !(state == .functionInit && runtimeIsReady) { actions.append(.ended(phase, outcome, error)) }
    if isSuppressedInit {
      isSuppressedInit = false
      // START is logged after the suppressed init, also where that has failed (real logs of 2024).
      actions.append(.began(.invoke))
      endInvocation(outcome, error, at: time, &actions)
    }
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: true, at: time, settings, &actions)
  }
}

// MARK: - Invoke

extension ExecutionEnvironment {
  private mutating func request(
    _ invocation: Invocation, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    guard self.invocation == 0, state != .gone, isIdle || state.rawValue < State.ready.rawValue else {
      return reject(.request, &actions)
    }
    self.invocation = invocation
    if state == .ready {
      actions.append(.ended(.frozen, .none, .none))
      actions.append(.thaw)
      began = time
      arm(time &+ settings.timeout, &actions)
      beginInvoke(&actions, settings)
    } else if state == .reset {
      beginSuppressedInit(at: time, settings, &actions)
    }
  }

  private mutating func beginSuppressedInit(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    isSuppressedInit = true
    initDuration = -1
    beginInit(at: time, limit: time &+ settings.timeout, settings, &actions)
  }

  /// Extensions are released before the runtime (handlers.go of the emulator).
  private mutating func beginInvoke(_ actions: inout ActionBuffer, _ settings: borrowing EnvironmentSettings)
  {
    state = .invoking
    hasAnswered = false
    runtimeIsReady = false
    ready = 0
    actions.append(.began(.invoke))
    if settings.extensions != 0 { actions.append(.deliverToExtensions(settings.extensions, generation)) }
    actions.append(.deliver(invocation, generation))
  }

  private mutating func endInvocation(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ actions: inout ActionBuffer
  ) {
    actions.append(.ended(.invoke, outcome, error))
    if outcome != .success, !hasAnswered { actions.append(.respond(invocation, outcome, error)) }
    actions.append(
      .report(invocation, duration: time &- began, initDuration: initDuration, outcome, error))
    actions.append(.released(invocation))
    initDuration = -1
    invocation = 0
    hasAnswered = false
  }

  /// Crash, timeout and lack of memory reset the environment (execution environment page).
  private mutating func failInvoke(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    if !runtimeIsReady { actions.append(.runtimeDone(invocation, outcome, error)) }
    endInvocation(outcome, error, at: time, &actions)
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: true, at: time, settings, &actions)
  }
}

// MARK: - Failures and deadlines

extension ExecutionEnvironment {
  private mutating func runtimeExited(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    let error = error == .none ? .runtimeExitError : error
    switch state {
    case .runtimeInit, .functionInit:
      runtimeIsAlive = false
      failInit(.error, error, at: time, settings, &actions)
    case .invoking:
      runtimeIsAlive = false
      failInvoke(.error, error, at: time, settings, &actions)
    case .runtimeShutdown:
      runtimeIsAlive = false
      runtimeIsGone(.success, at: time, settings, &actions)
    // An exit during shutdown is no error: this one overran its share and was killed.
    case .extensionShutdown: break
    default: reject(.runtimeExited, &actions)
    }
  }

  /// "If an extension fails, Lambda restarts the environment" (Extensions API page). During shutdown an exit is no
  /// error (shutdown.go of the emulator).
  private mutating func extensionEnded(
    _ index: UInt8, _ error: ErrorType, _ signal: Anomaly.Sign, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    // One that was killed without SHUTDOWN ends while we wait for the others.
    if state == .extensionShutdown, settings.extensions & ~alive & bit(index) != 0 { return }
    guard alive & bit(index) != 0 else { return reject(signal, &actions) }
    switch state {
    case .extensionInit, .runtimeInit, .functionInit:
      extensionFailed(index, error, &actions)
      failInit(.error, error, at: time, settings, &actions)
    case .invoking:
      extensionFailed(index, error, &actions)
      failInvoke(.error, error, at: time, settings, &actions)
    case .runtimeShutdown, .extensionShutdown:
      alive &= ~bit(index)
      actions.append(.extensionState(index, signal == .extensionExited ? .exited : .shutdownFailed, .none))
      if state == .extensionShutdown, alive == 0 { extensionsAreGone(.success, at: time, settings, &actions) }
    default: reject(signal, &actions)
    }
  }

  private mutating func extensionFailed(_ index: UInt8, _ error: ErrorType, _ actions: inout ActionBuffer) {
    alive &= ~bit(index)
    let state: ExtensionState =
      error == .extensionLaunchError ? .launchError : error == .extensionInitError ? .initError : .exitError
    actions.append(.extensionState(index, state, error))
  }

  private mutating func deadlinePassed(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    switch state {
    case .extensionInit, .runtimeInit, .functionInit:
      // The code reports Runtime.Unknown for an init that timed out; the caller sees the function's timeout.
      failInit(.timeout, isSuppressedInit ? .sandboxTimedout : .runtimeUnknown, at: time, settings, &actions)
    case .invoking: failInvoke(.timeout, .sandboxTimedout, at: time, settings, &actions)
    case .runtimeShutdown:
      actions.append(.killRuntime)
      runtimeIsAlive = false
      runtimeIsGone(.killed, at: time, settings, &actions)
    case .extensionShutdown:
      actions.append(.killExtensions(alive))
      extensionsAreGone(.killed, at: time, settings, &actions)
    default: break
    }
  }
}

// MARK: - Shutdown and reset

extension ExecutionEnvironment {
  /// SIGTERM to the runtime, if an extension is registered; then SHUTDOWN to the extensions; SIGKILL for what
  /// overruns (Extensions API page; shutdown.go of the emulator). A reset goes the same way.
  private mutating func shutDown(
    _ reason: ShutdownReason, resetting: Bool, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    if state == .ready { actions.append(.ended(.frozen, .none, .none)) }
    if state == .reset, !resetting {  // its processes have ended long ago
      state = .gone
      return actions.append(.gone(reason))
    }
    self.reason = reason
    isResetting = resetting
    began = time
    state = .runtimeShutdown
    actions.append(.began(.runtimeShutdown))
    if runtimeIsAlive, settings.shutdownLimit > 0 {
      actions.append(.terminateRuntime(generation))
      let share =
        settings.extensions == 0
        ? settings.shutdownLimit : min(settings.runtimeShutdownShare, settings.shutdownLimit)
      arm(time &+ share, &actions)
    } else {
      if runtimeIsAlive { actions.append(.killRuntime) }
      runtimeIsAlive = false
      runtimeIsGone(.success, at: time, settings, &actions)
    }
  }

  /// A reset's outcome is its reason.
  private func shutdownOutcome(_ outcome: Outcome) -> Outcome {
    guard isResetting else { return outcome }
    return reason == .timeout ? .timeout : .failure
  }

  private mutating func runtimeIsGone(
    _ outcome: Outcome, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    actions.append(.ended(.runtimeShutdown, shutdownOutcome(outcome), .none))
    guard alive != 0 else { return finishShutdown(at: time, settings, &actions) }
    state = .extensionShutdown
    let end = began &+ settings.shutdownLimit
    let deaf = alive & ~(settings.shutdownSubscribers & registered)
    actions.append(.began(.extensionShutdown))
    if deaf != 0 {
      actions.append(.killExtensions(deaf))
      alive &= ~deaf
    }
    guard alive != 0 else { return extensionsAreGone(.success, at: time, settings, &actions) }
    actions.append(.sendShutdown(alive, reason, deadline: end, generation))
    arm(end, &actions)
  }

  private mutating func extensionsAreGone(
    _ outcome: Outcome, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    var overran = alive
    while overran != 0 {
      actions.append(.extensionState(UInt8(overran.trailingZeroBitCount), .shutdownFailed, .none))
      overran &= overran &- 1
    }
    alive = 0
    actions.append(.ended(.extensionShutdown, shutdownOutcome(outcome), .none))
    finishShutdown(at: time, settings, &actions)
  }

  private mutating func finishShutdown(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    disarm(&actions)
    generation &+= 1
    guard isResetting else {
      state = .gone
      return actions.append(.gone(reason))
    }
    isResetting = false
    state = .reset
    if invocation != 0 { beginSuppressedInit(at: time, settings, &actions) }
  }
}
