// What the world does when an environment asks for it.

extension Simulator {
  mutating func perform(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .startExtensions(let mask, let generation):
      startExtensions(mask, generation, slot, &log)
    case .startRuntime(let generation):
      crashIfPlanned(generation, slot)
      startRuntime(generation, slot)
    case .deliver(let invocation, let generation):
      if slots[slot].isToCrash { crashIfPlanned(invocation, generation, slot) }
      deliver(invocation, generation, slot)
    case .freeze: stopBackground(slot)
    case .thaw:
      emit(.thawed, slot, to: &log)
      resumeBackground(slot)
    case .deliverToExtensions, .killRuntime, .killExtensions: break
    case .restoreSnapshot(let generation): restoreSnapshot(generation, slot)
    case .takeSnapshot:
      fleet.snapshotTaken(by: slot)
      if keepsEvents { emit(.marker(log.catalog.name("snapshot taken")), slot, to: &log) }
    case .arm(let time, let token):
      slots[slot].deadline = time
      slots[slot].deadlineToken = token
      planDeadline(slot)
    case .disarm: slots[slot].deadline = .never
    case .armInvocation(let invocation, let time): requests[invocation].deadline = time
    case .terminateRuntime(let generation): terminateRuntime(generation, slot)
    case .sendShutdown(let mask, _, _, let generation): sendShutdown(mask, generation, slot)
    case .respond(let invocation, let outcome, let error): respond(invocation, outcome, error, slot, &log)
    case .report(let invocation, let duration, let initDuration, let outcome, let error):
      report(invocation, duration, initDuration, outcome, error, slot, &log)
    case .initReport(let duration, let isSuppressed, let outcome, let error):
      initReport(duration, isSuppressed, outcome, error, slot, &log)
    case .restoreReport(let duration, let billed, let outcome, _):
      slots[slot].restoreDuration = duration
      slots[slot].billedRestore = billed
      if !keepsEvents, outcome == .success { statistics.restoreLengths.record(duration) }
    case .released(let invocation): released(invocation, slot, &log)
    case .anomaly: anomalies += 1
    case .gone(let reason):
      emit(.environmentGone(reason, detail: .none), slot, to: &log)
      isGone(slot, &log)
    case .began(.runtimeShutdown):
      dropBackground(slot)
      if keepsEvents { record(action, slot, &log) }
    case .began, .ended, .invokeBegan, .invokeEnded, .extensionState, .runtimeDone:
      if keepsEvents { record(action, slot, &log) }
    }
  }

  @inline(__always)
  private mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, _ slot: Int, _ log: inout EventLog
  ) {
    if outcome.isBad {
      requests[invocation].hasFailed = true
    } else {
      startBackground(invocation, slot)
    }
    if keepsEvents {
      emit(.requestAnswered(outcome, errorType: error.name), slot, of: invocation, to: &log)
    } else {
      let wait = now &- requests[invocation].arrival
      statistics.answered(outcome, wait: wait, start: requests[invocation].start)
      tally(fleet.function(of: slot)) { $0.answered(outcome) }
    }
  }

  /// Billed Duration = ceil(Duration + Init Duration + Billed Restore Duration), in milliseconds; init is billed since
  /// August 2025.
  private mutating func report(
    _ invocation: Invocation, _ duration: Nanoseconds, _ initDuration: Nanoseconds, _ outcome: Outcome,
    _ error: ErrorType, _ slot: Int, _ log: inout EventLog
  ) {
    let restore = slots[slot].restoreDuration
    let billedRestore = restore < 0 ? 0 : slots[slot].billedRestore
    slots[slot].restoreDuration = -1
    let billed = Self.billedMilliseconds(duration &+ max(0, initDuration) &+ billedRestore)
    let memory = functions[fleet.configuration(of: slot)].scenario.memoryMB
    if keepsEvents {
      let report = Report(
        duration: duration, initDuration: initDuration, restoreDuration: restore,
        billedRestoreMs: restore < 0 ? -1 : Self.billedMilliseconds(billedRestore), billedMs: billed,
        memoryMB: memory, outcome: outcome, errorType: error.name)
      emit(.report(report), slot, of: invocation, to: &log)
    } else {
      if fleet.type(of: slot) == .managedInstances { sharedInvocationEnded(slot) }
      statistics.durations.record(duration)
      if initDuration >= 0 { statistics.initLengths.record(initDuration) }
      bill(billed, slot)
    }
    // After a timeout its worker goes on; the event does not wait for that.
    if fleet.type(of: slot) == .managedInstances, requests[invocation].hasFailed {
      requests[invocation].hasFailed = false
      retryAfterFailure(requests[invocation], &log)
    }
  }

  /// The init of an environment that is created ahead of requests is billed by itself. Whether that of a failed one on
  /// demand is, is not documented: here it is not.
  private mutating func initReport(
    _ duration: Nanoseconds, _ isSuppressed: Bool, _ outcome: Outcome, _ error: ErrorType, _ slot: Int,
    _ log: inout EventLog
  ) {
    let type = fleet.type(of: slot)
    let isBilled = !isSuppressed && (type == .provisionedConcurrency || type == .snapStart)
    let memory = functions[fleet.configuration(of: slot)].scenario.memoryMB
    let billed = isBilled ? Self.billedMilliseconds(duration) : -1
    if keepsEvents {
      let report = InitReport(
        initializationType: type, isSuppressed: isSuppressed, duration: duration, billedMs: billed,
        memoryMB: memory, outcome: outcome, errorType: error.name)
      emit(.initReport(report), slot, to: &log)
    } else {
      bill(billed, slot)
      if !isSuppressed, outcome == .success { statistics.initLengths.record(duration) }
    }
  }

  @inline(__always)
  private mutating func bill(_ milliseconds: Int32, _ slot: Int) {
    guard let tariff = Tariff(fleet.type(of: slot)) else { return }
    let function = fleet.function(of: slot)
    let configuration = fleet.configuration(of: slot)
    let (memory, architecture) = (
      functions[configuration].scenario.memoryMB, functions[configuration].scenario.architecture
    )
    statistics.billing.add(
      milliseconds: Int64(milliseconds), memoryMB: memory, tariff: tariff, architecture: architecture)
    tally(function) {
      $0.billing.add(
        milliseconds: Int64(milliseconds), memoryMB: memory, tariff: tariff, architecture: architecture)
    }
  }

  private static func billedMilliseconds(_ length: Nanoseconds) -> Int32 {
    Int32(clamping: (length &+ 999_999) / 1_000_000)
  }
}
