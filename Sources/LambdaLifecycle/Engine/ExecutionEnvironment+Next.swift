// The Next requests of runtime and extensions, by which init and invoke end.

extension ExecutionEnvironment {
  mutating func extensionNext(
    _ index: UInt8, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    switch state {
    case .extensionInit, .runtimeInit, .functionInit, .invoking:
      guard registrations.all & bit(index) & ~ready != 0 else { return reject(.extensionNext, &actions) }
      ready |= bit(index)
      // Within an invocation its Next is no change of state that the platform reports.
      if state != .invoking { actions.append(.extensionState(index, .ready, .none)) }
      settle(at: time, settings, &actions)
      return .accepted
    default: return reject(.extensionNext, &actions)
    }
  }

  mutating func runtimeNext(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    guard !runtimeIsReady else {
      // The first worker has ended init, the others come later (Managed Instances page).
      return type != .managedInstances || state == .gone ? reject(.runtimeNext, &actions) : .accepted
    }
    switch state {
    case .runtimeInit:
      // Nobody has seen function init begin: init is one piece, and no other is made up.
      state = .functionInit
      actions.append(.ended(.runtimeInit, .success, .none))
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
    return .accepted
  }

  /// Init and invoke end when the runtime and all extensions have asked for the next event.
  mutating func settle(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    guard runtimeIsReady, ready == registrations.all else { return }
    if state == .invoking {
      endInvocation(.success, .none, at: time, settings, &actions)
      return isUp(at: time, settings, &actions)
    }
    if isSuppressedInit {
      // CloudWatch does not show one that went well; the invocation's duration counts it.
      isSuppressedInit = false
      return beginInvoke(&actions, settings)
    }
    let duration = time &- began
    switch type {
    case .onDemand, .unknown: unreported = duration
    case .provisionedConcurrency, .snapStart, .managedInstances:
      actions.append(.initReport(duration: duration, isSuppressed: false, .success, .none))
    }
    if type == .snapStart { return endPublishing(&actions) }
    idleWorkers = type == .managedInstances ? max(1, settings.workers) : 0
    isUp(at: time, settings, &actions)
  }

  /// The request that waits begins; without one, the environment is frozen, where it is to be.
  mutating func isUp(
    at time: Timestamp, _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    if invocation != 0 {
      began = time
      arm(limit(settings.timeout, from: time), &actions)
      return beginInvoke(&actions, settings)
    }
    disarm(&actions)
    state = .ready
    guard type != .managedInstances, settings.freezes else { return }
    actions.append(.began(.frozen))
    actions.append(.freeze)
  }

  /// The snapshot is what publishing was for.
  private mutating func endPublishing(_ actions: inout ActionBuffer) {
    actions.append(.takeSnapshot)
    disarm(&actions)
    vanish(.spindown, &actions)
  }
}
