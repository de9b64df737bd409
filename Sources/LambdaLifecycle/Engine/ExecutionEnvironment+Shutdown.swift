extension ExecutionEnvironment {
  /// SIGTERM to the runtime, if an extension is registered; then SHUTDOWN to the extensions; SIGKILL for what
  /// overruns (Extensions API page; shutdown.go of the emulator). A reset goes the same way.
  mutating func shutDown(
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
    if runtimeIsAlive, settings.shutdownLimit(registered: registered) > 0 {
      actions.append(.terminateRuntime(generation))
      let share =
        settings.extensions == 0
        ? settings.shutdownLimit(registered: registered)
        : min(settings.runtimeShutdownShare, settings.shutdownLimit(registered: registered))
      arm(time &+ share, &actions)
    } else {
      if runtimeIsAlive { actions.append(.killRuntime) }
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
    let end = began &+ settings.shutdownLimit(registered: registered)
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
