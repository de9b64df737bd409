extension ExecutionEnvironment {
  mutating func request(
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

  mutating func beginSuppressedInit(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    isSuppressedInit = true
    initDuration = -1
    beginInit(at: time, limit: time &+ settings.timeout, settings, &actions)
  }

  /// Extensions are released before the runtime (handlers.go of the emulator).
  mutating func beginInvoke(_ actions: inout ActionBuffer, _ settings: borrowing EnvironmentSettings) {
    state = .invoking
    hasAnswered = false
    runtimeIsReady = false
    ready = 0
    actions.append(.invokeBegan(invocation))
    if settings.extensions != 0 { actions.append(.deliverToExtensions(settings.extensions, generation)) }
    actions.append(.deliver(invocation, generation))
  }

  mutating func endInvocation(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ actions: inout ActionBuffer
  ) {
    actions.append(.invokeEnded(invocation, outcome, error))
    if outcome != .success, !hasAnswered { actions.append(.respond(invocation, outcome, error)) }
    actions.append(
      .report(invocation, duration: time &- began, initDuration: initDuration, outcome, error))
    actions.append(.released(invocation))
    initDuration = -1
    invocation = 0
    hasAnswered = false
  }

  /// Crash, timeout and lack of memory reset the environment (execution environment page).
  mutating func failInvoke(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    if !runtimeIsReady { actions.append(.runtimeDone(invocation, outcome, error)) }
    endInvocation(outcome, error, at: time, &actions)
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: true, at: time, settings, &actions)
  }
}
