extension ErrorType {
  /// The status of a failure that is no timeout (handleReset of the emulator).
  var status: Outcome { self == .sandboxFailure || self == .sandboxTimedout ? .failure : .error }
}

extension ExecutionEnvironment {
  mutating func runtimeExited(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    switch state {
    case .runtimeShutdown:
      runtimeIsAlive = false
      runtimeIsGone(.success, at: time, settings, &actions)
      return .accepted
    // An exit during shutdown is no error: this one overran its share and was killed.
    case .extensionShutdown: return .stale
    default: break
    }
    guard runtimeIsAlive, canFail else { return reject(.runtimeExited, &actions) }
    runtimeIsAlive = false
    fail(error == .none ? .runtimeExitError : error, at: time, settings, &actions)
    return .accepted
  }

  /// "If an extension fails, Lambda restarts the environment" (Extensions API page). During shutdown an exit is no
  /// error (shutdown.go of the emulator).
  mutating func extensionEnded(
    _ index: UInt8, _ error: ErrorType, _ signal: Anomaly.Sign, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    let isAlive = alive & bit(index) != 0
    // It can fail, but has no process of its own that could end.
    let isInternal = registrations.all & ~settings.extensions & bit(index) != 0
    if isEnding {
      guard isAlive else {
        // Else it failed before, was killed without SHUTDOWN, or ends with the runtime.
        return settings.extensions & bit(index) == 0 && !isInternal ? reject(signal, &actions) : .stale
      }
      alive &= ~bit(index)
      killIfAlive(index, error, signal, &actions)
      actions.append(.extensionState(index, signal == .extensionExited ? .exited : .shutdownFailed, .none))
      if state == .extensionShutdown, alive == 0 { extensionsAreGone(.success, at: time, settings, &actions) }
      return .accepted
    }
    guard isAlive || (isInternal && signal == .extensionFailed), canFail else {
      return reject(signal, &actions)
    }
    // Where nobody has said what failed first (getFirstFatalError of the emulator).
    let error = error == .none ? .sandboxFailure : error
    alive &= ~bit(index)
    if !isInternal { killIfAlive(index, error, signal, &actions) }
    let state: ExtensionState =
      error == .extensionLaunchError ? .launchError : error == .extensionInitError ? .initError : .exitError
    actions.append(.extensionState(index, state, error))
    fail(error, at: time, settings, &actions)
    return .accepted
  }

  /// An extension that says that it has failed may live on; one that could not be started does not.
  private func killIfAlive(
    _ index: UInt8, _ error: ErrorType, _ signal: Anomaly.Sign, _ actions: inout ActionBuffer
  ) {
    guard signal == .extensionFailed, error != .extensionLaunchError else { return }
    actions.append(.killExtensions(bit(index), generation))
  }

  /// The runtime's process runs, so that it can end by itself: one that is frozen cannot.
  package var runtimeCanEnd: Bool {
    runtimeIsAlive && canFail && (state != .ready || type == .managedInstances)
  }

  /// It has processes whose end is a failure. That of a frozen one may have come before the freezing, or by a lack of
  /// memory.
  private var canFail: Bool {
    switch state {
    case .extensionInit, .runtimeInit, .functionInit, .restoring, .ready, .invoking: true
    case .creating, .runtimeShutdown, .extensionShutdown, .reset, .gone: false
    }
  }

  /// A process has failed in whatever is under way.
  private mutating func fail(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    switch state {
    case .restoring: failRestore(error.status, error, at: time, settings, &actions)
    case .ready where type != .managedInstances:
      shutDown(.failure, resetting: true, frozenUntil: error, at: time, settings, &actions)
    case .ready, .invoking:
      if type == .managedInstances {
        failWorkers(error, at: time, settings, &actions)
      } else {
        failInvoke(error.status, error, at: time, settings, &actions)
      }
    default: failInit(error.status, error, at: time, settings, &actions)
    }
  }

  mutating func deadlinePassed(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    switch state {
    // The emulator's code reports Runtime.Unknown for an init that timed out; the caller sees the function's timeout.
    case .extensionInit, .runtimeInit, .functionInit:
      failInit(.timeout, .runtimeUnknown, at: time, settings, &actions)
    case .restoring: failRestore(.timeout, .snapStartTimeout, at: time, settings, &actions)
    case .invoking: failInvoke(.timeout, .sandboxTimedout, at: time, settings, &actions)
    case .runtimeShutdown:
      actions.append(.killRuntime(generation))
      runtimeIsAlive = false
      runtimeIsGone(.killed, at: time, settings, &actions)
    case .extensionShutdown:
      actions.append(.killExtensions(alive, generation))
      extensionsAreGone(.killed, at: time, settings, &actions)
    case .creating, .ready, .reset, .gone: break
    }
  }
}
