extension ExecutionEnvironment {
  /// Extensions first; the runtime starts when all have registered (Extensions API page).
  mutating func beginInit(
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

  mutating func startRuntime(_ actions: inout ActionBuffer) {
    state = .runtimeInit
    runtimeIsAlive = true
    actions.append(.began(.runtimeInit))
    actions.append(.startRuntime(generation))
  }

  mutating func extensionRegistered(
    _ index: UInt8, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    registered |= bit(index)
    actions.append(.extensionState(index, .registered, .none))
    guard registered == settings.extensions else { return }
    actions.append(.ended(.extensionInit, .success, .none))
    startRuntime(&actions)
  }

  mutating func extensionNext(
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

  mutating func runtimeNext(
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
  mutating func settle(
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
  mutating func failInit(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    let phase: Phase =
      state == .extensionInit ? .extensionInit : state == .runtimeInit ? .runtimeInit : .functionInit
    if !(state == .functionInit && runtimeIsReady) { actions.append(.ended(phase, outcome, error)) }
    if isSuppressedInit {
      isSuppressedInit = false
      // START is logged after the suppressed init, also where that has failed (real logs of 2024).
      actions.append(.invokeBegan(invocation))
      endInvocation(outcome, error, at: time, &actions)
    }
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: true, at: time, settings, &actions)
  }
}
