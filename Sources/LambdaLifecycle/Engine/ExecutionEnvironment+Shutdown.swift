extension ExecutionEnvironment {
  /// SIGTERM to the runtime, if an extension is registered; then SHUTDOWN to the extensions; SIGKILL for what
  /// overruns (Extensions API page; shutdown.go of the emulator). A reset goes the same way.
  /// - Parameter error: what ended the time in which the environment stood still; none where it was ended.
  mutating func shutDown(
    _ reason: ShutdownReason, resetting: Bool, frozenUntil error: ErrorType = .none, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    // After a reset its processes have ended long ago.
    if state == .reset, !resetting { return vanish(reason, &actions) }
    let limit = settings.shutdownLimit(registered: registrations.all)
    if state == .ready, type != .managedInstances, settings.freezes {
      actions.append(.ended(.frozen, error == .none ? .none : error.status, error))
      if limit > 0 { actions.append(.thaw) }  // else there is nobody to hear of it
    }
    idleWorkers = 0
    self.reason = reason
    isResetting = resetting
    began = time
    state = .runtimeShutdown
    actions.append(.began(.runtimeShutdown))
    if runtimeIsAlive, limit > 0 {
      actions.append(.terminateRuntime(generation))
      // Internal extensions end with the runtime, which then has all of the time.
      let sharesTime = registrations.all & settings.extensions != 0
      arm(time &+ (sharesTime ? min(settings.runtimeShutdownShare, limit) : limit), &actions)
    } else {
      if runtimeIsAlive { actions.append(.killRuntime(generation)) }
      runtimeIsAlive = false
      runtimeIsGone(.success, at: time, settings, &actions)
    }
  }

  /// A reset's outcome is its reason.
  func shutdownOutcome(_ outcome: Outcome) -> Outcome {
    guard isResetting else { return outcome }
    return reason == .timeout ? .timeout : .failure
  }

  mutating func runtimeIsGone(
    _ outcome: Outcome, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    actions.append(.ended(.runtimeShutdown, shutdownOutcome(outcome), .none))
    guard alive != 0 else { return finishShutdown(at: time, settings, &actions) }
    state = .extensionShutdown
    let end = began &+ settings.shutdownLimit(registered: registrations.all)
    let deaf = alive & ~registrations.shutdown
    actions.append(.began(.extensionShutdown))
    if deaf != 0 {
      actions.append(.killExtensions(deaf, generation))
      alive &= ~deaf
    }
    guard alive != 0 else { return extensionsAreGone(.success, at: time, settings, &actions) }
    actions.append(.sendShutdown(alive, reason, deadline: end, generation))
    arm(end, &actions)
  }

  mutating func extensionsAreGone(
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

  mutating func finishShutdown(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    disarm(&actions)
    guard isResetting else { return vanish(reason, &actions) }
    generation &+= 1
    isResetting = false
    state = .reset
    if invocation != 0 { beginSuppressedInit(at: time, settings, &actions) }
  }

  /// The environment and all in it are gone for good; what its processes may still say is stale.
  mutating func vanish(_ reason: ShutdownReason, _ actions: inout ActionBuffer) {
    state = .gone
    alive = 0
    runtimeIsAlive = false
    generation &+= 1
    actions.append(.gone(reason))
  }
}
