extension ExecutionEnvironment {
  mutating func runtimeExited(
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
  mutating func extensionEnded(
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

  mutating func extensionFailed(_ index: UInt8, _ error: ErrorType, _ actions: inout ActionBuffer) {
    alive &= ~bit(index)
    let state: ExtensionState =
      error == .extensionLaunchError ? .launchError : error == .extensionInitError ? .initError : .exitError
    actions.append(.extensionState(index, state, error))
  }

  mutating func deadlinePassed(
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
