extension ExecutionEnvironment {
  /// At most ten extensions, internal and external together (Extensions API page).
  static let mostExtensions = 10

  /// Extensions first; the runtime starts when all external ones have registered (Extensions API page).
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

  /// External ones register before the runtime starts; internal ones run in its process and may until its first Next,
  /// which closes registration (handlers.go of the emulator).
  mutating func extensionRegistered(
    _ index: UInt8, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    let due: UInt16 =
      switch state {
      case .extensionInit: settings.extensions
      case .runtimeInit, .functionInit:
        runtimeIsReady ? 0 : settings.internalExtensions & ~settings.extensions
      default: 0
      }
    guard due & bit(index) & ~registered != 0, registered.nonzeroBitCount < Self.mostExtensions else {
      return reject(.extensionRegistered, &actions)
    }
    registered |= bit(index)
    actions.append(.extensionState(index, .registered, .none))
    guard state == .extensionInit, registered == settings.extensions else { return }
    actions.append(.ended(.extensionInit, .success, .none))
    startRuntime(&actions)
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
