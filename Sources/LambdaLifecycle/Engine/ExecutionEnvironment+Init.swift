extension ExecutionEnvironment {
  mutating func sandboxReady(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    guard state == .creating else { return reject(.sandboxReady, &actions) }
    if restoresSnapshot {
      // Everything that a snapshot brings along is part of the restore.
      beginRestore(at: time, settings, &actions)
    } else {
      actions.append(.ended(.create, .success, .none))
      beginInit(at: time, limit: limit(settings.initLimit(of: type), from: time), settings, &actions)
    }
    return .accepted
  }

  /// Extensions first; the runtime starts when all external ones have registered (Extensions API page).
  mutating func beginInit(
    at time: Timestamp, limit: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    began = time
    runtimeIsReady = false
    registrations = Registrations()
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

  /// External ones register before the runtime starts; internal ones run in its process and may until its first Next,
  /// which closes registration (handlers.go of the emulator). An external one that gives another name than its file's is
  /// taken for an internal one (agentregister.go), and the runtime goes on waiting for the file's.
  mutating func extensionRegistered(
    _ index: UInt8, _ subscriptions: Subscriptions, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    let due: UInt16 =
      switch state {
      case .extensionInit: .max
      case .runtimeInit, .functionInit: runtimeIsReady ? 0 : ~settings.extensions
      default: 0
      }
    guard due & bit(index) & ~registrations.all != 0, !registrations.isFull else {
      return reject(.extensionRegistered, &actions)
    }
    registrations.add(bit(index), subscriptions)
    actions.append(.extensionState(index, .registered, .none))
    if state == .extensionInit, registrations.all & settings.extensions == settings.extensions {
      actions.append(.ended(.extensionInit, .success, .none))
      startRuntime(&actions)
    }
    return .accepted
  }

  mutating func functionInitBegan(_ actions: inout ActionBuffer) -> Reception {
    guard state == .runtimeInit else { return reject(.functionInitBegan, &actions) }
    state = .functionInit
    actions.append(.ended(.runtimeInit, .success, .none))
    actions.append(.began(.functionInit))
    return .accepted
  }

  /// The runtime's word counts, whether its process ends or lives on: the environment is ended or reset
  /// (Runtime API page, initialization error).
  mutating func runtimeInitFailed(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard state == .runtimeInit || state == .functionInit, !runtimeIsReady else {
      return reject(.runtimeInitFailed, &actions)
    }
    failInit(.error, error == .none ? .runtimeUnknown : error, at: time, settings, &actions)
    return .accepted
  }

  /// On demand a failed init is tried again inside the first invocation, with the function's timeout; else the
  /// environment is given up: allocation or publishing fails, an instance's environment is replaced. A failed
  /// suppressed init fails the invocation (execution environment page).
  mutating func failInit(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    let phase: Phase =
      state == .extensionInit ? .extensionInit : state == .runtimeInit ? .runtimeInit : .functionInit
    if !(state == .functionInit && runtimeIsReady) { actions.append(.ended(phase, outcome, error)) }
    // A suppressed init that timed out is reported as an error (real log of 2024).
    let status = isSuppressedInit && outcome == .timeout ? .error : outcome
    actions.append(.initReport(duration: time &- began, isSuppressed: isSuppressedInit, status, error))
    let reason: ShutdownReason = outcome == .timeout ? .timeout : .failure
    if isSuppressedInit {
      isSuppressedInit = false
      // START is logged after the suppressed init, also where that has failed (real logs of 2024).
      actions.append(.invokeBegan(invocation))
      endInvocation(
        outcome, outcome == .timeout ? .sandboxTimedout : error, at: time, settings, &actions)
    } else if type != .onDemand, type != .unknown {
      refuse(outcome, error, &actions)
      return shutDown(reason, resetting: false, at: time, settings, &actions)
    }
    shutDown(reason, resetting: true, at: time, settings, &actions)
  }
}
