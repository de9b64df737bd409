// What environments ask for, done or passed on to the world.

extension FleetDriver {
  mutating func perform(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .startExtensions(let mask, let generation):
      note(action, slot, &log)
      startExtensions(mask, generation, slot)
    case .startRuntime(let generation): startRuntime(generation, slot)
    case .deliver(let invocation, let deadline, let generation):
      world.deliver(invocation, deadline: deadline, generation, in: fleet.member(slot), &requests, at: now)
    case .deliverToExtensions(let mask, let deadline, let generation):
      world.deliverToExtensions(mask, deadline: deadline, generation, in: fleet.member(slot))
    case .freeze: world.freeze(fleet.member(slot), at: now)
    case .thaw:
      note(action, slot, &log)
      world.thaw(fleet.member(slot), at: now)
    case .restoreSnapshot(let generation): world.restoreSnapshot(generation, in: fleet.member(slot), at: now)
    case .takeSnapshot:
      fleet.snapshotTaken(by: slot)
      note(action, slot, &log)
    case .arm(let time, let token):
      environments[slot].deadline = time
      environments[slot].deadlineToken = token
      planDeadline(slot)
    case .disarm: environments[slot].deadline = .never
    case .armInvocation(let invocation, let time): world.armInvocation(invocation, at: time, &requests)
    case .terminateRuntime(let generation):
      world.terminateRuntime(generation, in: fleet.member(slot), at: now)
    case .killRuntime: killRuntime(slot)
    case .sendShutdown(let mask, let reason, let deadline, let generation):
      world.sendShutdown(mask, reason, deadline: deadline, generation, in: fleet.member(slot), at: now)
    case .killExtensions(let mask): killExtensions(mask, slot)
    case .respond(let invocation, let outcome, let error):
      if outcome.isBad { requests[invocation].hasFailed = true }
      world.respond(invocation, outcome, error, in: fleet.member(slot), requests, at: now)
      note(action, slot, of: invocation, &log)
    case .report(let invocation, _, _, _, _):
      note(action, slot, of: invocation, &log)
      retryReported(invocation, slot, &log)
    case .initReport, .restoreReport: note(action, slot, &log)
    case .released(let invocation):
      note(action, slot, &log)
      released(invocation, slot, &log)
    case .anomaly: anomalies += 1
    case .gone:
      note(action, slot, &log)
      isGone(slot, &log)
    case .began(.runtimeShutdown):
      world.shutsDown(fleet.member(slot))
      note(action, slot, &log)
    case .began, .ended, .extensionState: note(action, slot, &log)
    case .invokeBegan(let invocation), .invokeEnded(let invocation, _, _), .runtimeDone(let invocation, _, _):
      note(action, slot, of: invocation, &log)
    }
  }

  /// Writes down what an action tells, or has the world count it.
  @inline(__always)
  private mutating func note(
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

  // MARK: Deadlines

  mutating func planDeadline(_ slot: Int) {
    let time = environments[slot].deadline
    guard time < environments[slot].deadlineEntry else { return }
    environments[slot].deadlineEntry = time
    wake(.deadline, slot, at: time)
  }
}
