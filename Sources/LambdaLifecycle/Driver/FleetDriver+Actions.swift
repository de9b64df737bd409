// Things that environments ask for, done or passed on to the world.

extension FleetDriver {
  mutating func perform(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .startExtensions(let mask, let generation):
      startExtensions(mask, generation, slot, &log)
    case .startRuntime(let generation): startRuntime(generation, slot)
    case .deliver(let invocation, let deadline, let generation):
      world.deliver(invocation, deadline: deadline, generation, in: fleet.member(slot), &requests, at: now)
    case .deliverToExtensions(let mask, let invocation, let deadline, let generation):
      world.deliverToExtensions(
        mask, invocation, deadline: deadline, generation, in: fleet.member(slot), requests)
    case .freeze: world.freeze(fleet.member(slot), at: now)
    case .thaw:
      note(action, slot, &log)
      world.thaw(fleet.member(slot), at: now)
    case .restoreSnapshot(let generation): restoreSnapshot(generation, slot)
    case .takeSnapshot:
      fleet.snapshotTaken(by: slot)
      note(action, slot, &log)
    case .arm(let time, let token):
      if environments[slot].arm(time, token) { wake(.deadline, slot, at: time) }
    case .disarm: environments[slot].deadline = .never
    case .armInvocation(let invocation, let time): world.armInvocation(invocation, at: time, &requests)
    case .terminateRuntime(let generation):
      world.terminateRuntime(generation, in: fleet.member(slot), at: now)
    case .killRuntime(let generation): killRuntime(generation, slot)
    case .sendShutdown(let mask, let reason, let deadline, let generation):
      world.sendShutdown(mask, reason, deadline: deadline, generation, in: fleet.member(slot), at: now)
    case .killExtensions(let mask, let generation): killExtensions(mask, generation, slot)
    case .respond(let invocation, let outcome, let error):
      respond(invocation, outcome, error, slot, &log)
    case .report(let invocation, let duration, let initDuration, let error, let outcome):
      report(invocation, duration, initDuration, error, outcome, slot, &log)
    case .initReport, .restoreReport: note(action, slot, &log)
    case .released(let invocation):
      note(action, slot, &log)
      released(invocation, slot, &log)
    case .anomaly: anomalies += 1
    case .gone:
      note(action, slot, &log)
      world.gone(fleet.member(slot), at: now)
      isGone(slot, &log)
    case .began(.runtimeShutdown):
      world.shutsDown(fleet.member(slot))
      note(action, slot, &log)
    case .began, .ended, .extensionState: note(action, slot, &log)
    case .invokeBegan(let invocation), .invokeEnded(let invocation, _, _), .runtimeDone(let invocation, _, _):
      note(action, slot, of: invocation, &log)
    }
  }

  // Functions of their own, so that what is done for every action stays small.

  private mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, _ slot: Int, _ log: inout EventLog
  ) {
    if outcome.isBad { requests[invocation].hasFailed = true }
    world.respond(invocation, outcome, error, in: fleet.member(slot), requests, at: now)
    note(.respond(invocation, outcome, error), slot, of: invocation, &log)
  }

  private mutating func report(
    _ invocation: Invocation, _ duration: Nanoseconds, _ initDuration: Nanoseconds, _ error: ErrorType,
    _ outcome: Outcome, _ slot: Int, _ log: inout EventLog
  ) {
    let action = Action.report(invocation, duration: duration, initDuration: initDuration, error, outcome)
    note(action, slot, of: invocation, &log)
    retryReported(invocation, slot, &log)
  }

  /// Writes down what an action reports, or has the world count it.
  @inline(__always)
  mutating func note(
    _ action: Action, _ slot: Int, of invocation: Invocation = 0, _ log: inout EventLog
  ) {
    if keepsEvents {
      let request = invocation == 0 ? RequestID.none : requests[invocation].id
      record.write(action, in: slot, of: request, at: now, into: &log)
    } else {
      world.count(action, in: fleet.member(slot), requests, at: now)
    }
  }

  /// Managed Instances: after a timeout the worker goes on; the event does not wait for that.
  @inline(__always)
  private mutating func retryReported(_ invocation: Invocation, _ slot: Int, _ log: inout EventLog) {
    guard fleet.type(of: slot) == .managedInstances, requests[invocation].hasFailed else { return }
    requests[invocation].hasFailed = false
    retryAfterFailure(requests[invocation], &log)
  }
}
