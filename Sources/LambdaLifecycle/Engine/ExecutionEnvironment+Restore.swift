/// SnapStart: an environment that resumes from the snapshot of its version (SnapStart page).
extension ExecutionEnvironment {
  /// Runtime and extensions are in the snapshot as they were at the end of init: started, registered and waiting.
  mutating func beginRestore(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    state = .restoring
    began = time
    alive = registrations.all & settings.extensions
    ready = registrations.all
    runtimeIsAlive = true
    runtimeIsReady = true
    actions.append(.began(.restore))
    actions.append(.restoreSnapshot(generation))
  }

  /// The limit is for loading the runtime and for its hooks, not for loading the snapshot (execution environment page).
  mutating func snapshotLoaded(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    guard state == .restoring, unreported < 0 else { return reject(.snapshotLoaded, &actions) }
    unreported = time &- began
    arm(time &+ settings.restoreLimit, &actions)
    return .accepted
  }

  mutating func restored(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    guard state == .restoring, unreported >= 0 else { return reject(.restored, &actions) }
    endRestore(.success, .none, at: time, &actions)
    isUp(at: time, settings, &actions)
    return .accepted
  }

  mutating func restoreFailed(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard state == .restoring else { return reject(.restoreFailed, &actions) }
    failRestore(.error, error == .none ? .snapStart : error, at: time, settings, &actions)
    return .accepted
  }

  /// The caller gets the error; there is no invocation to report, and the environment is of no use any more.
  mutating func failRestore(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    endRestore(outcome, error, at: time, &actions)
    refuse(outcome, error, &actions)
    shutDown(outcome == .timeout ? .timeout : .failure, resetting: false, at: time, settings, &actions)
  }

  private mutating func endRestore(
    _ outcome: Outcome, _ error: ErrorType, at time: Timestamp, _ actions: inout ActionBuffer
  ) {
    let duration = time &- began
    let billed = unreported < 0 ? 0 : duration &- unreported
    actions.append(.ended(.restore, outcome, error))
    actions.append(.restoreReport(duration: duration, billed: billed, outcome, error))
    unreported = -1
  }
}
