extension ExecutionEnvironment {
  mutating func request(
    _ invocation: Invocation, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard self.invocation == 0, invocation != 0, state.isIdle || requestMayWait else {
      return reject(.request, &actions)
    }
    self.invocation = invocation
    if state == .ready {
      if settings.freezes {
        actions.append(.ended(.frozen, .none, .none))
        actions.append(.thaw)
      }
      began = time
      arm(limit(settings.timeout, from: time), &actions)
      beginInvoke(&actions, settings)
    } else if state == .reset {
      beginSuppressedInit(at: time, settings, &actions)
    }
    return .accepted
  }

  @inline(__always)
  mutating func response(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, _ actions: inout ActionBuffer
  ) -> Reception {
    guard invocation == self.invocation else { return .stale }
    guard state == .invoking, !hasAnswered else { return reject(.response, &actions) }
    hasAnswered = true
    actions.append(.respond(invocation, outcome, error))
    return .accepted
  }

  /// An environment that is not up yet keeps its first request; the one that makes a snapshot never serves any.
  private var requestMayWait: Bool {
    state.rawValue < State.ready.rawValue && (type != .snapStart || restoresSnapshot)
  }

  mutating func beginSuppressedInit(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    isSuppressedInit = true
    unreported = -1
    beginInit(at: time, limit: limit(settings.timeout, from: time), settings, &actions)
  }

  /// Extensions are released before the runtime (handlers.go of the emulator), those that registered for INVOKE: the
  /// others still wait for their next event and hold nothing up.
  mutating func beginInvoke(_ actions: inout ActionBuffer, _ settings: borrowing EnvironmentSettings) {
    let called = registrations.invoke
    // The timeout counts from the beginning of the suppressed init where there was one.
    let deadline = limit(settings.timeout, from: began)
    state = .invoking
    hasAnswered = false
    runtimeIsReady = false
    ready = registrations.all & ~called
    actions.append(.invokeBegan(invocation))
    if called != 0 {
      actions.append(.deliverToExtensions(called, invocation, deadline: deadline, generation))
    }
    actions.append(.deliver(invocation, deadline: deadline, generation))
  }

  mutating func endInvocation(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    let flight = Flight(invocation: invocation, began: began, hasAnswered: hasAnswered)
    tellEnd(of: flight, outcome, error, at: time, settings, &actions)
    actions.append(.released(invocation))
    unreported = -1
    invocation = 0
    hasAnswered = false
  }

  func tellEnd(
    of flight: Flight, _ outcome: Outcome, _ error: ErrorType, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    actions.append(.invokeEnded(flight.invocation, outcome, error))
    if outcome != .success, !flight.hasAnswered {
      actions.append(.respond(flight.invocation, outcome, error))
    }
    // Real reports of a timeout show exactly the limit (logs of 2025 and 2026).
    let length = time &- flight.began
    let duration = outcome == .timeout ? min(length, settings.timeout) : length
    actions.append(
      .report(flight.invocation, duration: duration, initDuration: unreported, error, outcome))
  }

  /// Crash, timeout and lack of memory reset the environment (execution environment page).
  mutating func failInvoke(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    if !runtimeIsReady { actions.append(.runtimeDone(invocation, outcome, error)) }
    endInvocation(outcome, error, at: time, settings, &actions)
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: true, at: time, settings, &actions)
  }

  /// The request that waits for the environment is answered without having begun.
  mutating func refuse(_ outcome: Outcome, _ error: ErrorType, _ actions: inout ActionBuffer) {
    guard invocation != 0 else { return }
    actions.append(.respond(invocation, outcome, error))
    actions.append(.released(invocation))
    invocation = 0
  }
}
