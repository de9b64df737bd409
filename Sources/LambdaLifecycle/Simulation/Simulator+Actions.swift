extension Simulator {
  mutating func perform(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .startExtensions(let mask, let generation):
      initBegan(generation, slot)
      startExtensions(mask, generation, slot, &log)
    case .startRuntime(let generation):
      if fleet.settings.extensions == 0 { initBegan(generation, slot) }
      startRuntime(generation, slot)
    case .deliver(let invocation, let generation): deliver(invocation, generation, slot)
    case .deliverToExtensions, .freeze, .killRuntime, .killExtensions: break
    case .thaw: emit(.thawed, slot, to: &log)
    case .arm(let time, let token):
      slots[slot].deadline = time
      slots[slot].deadlineToken = token
      planDeadline(slot)
    case .disarm: slots[slot].deadline = .never
    case .terminateRuntime(let generation):
      let length = scenario.function.runtimeExit.sample(bits(.runtimeExit, slot, generation))
      schedule(.runtimeExited(.none, generation), slot, after: length)
    case .sendShutdown(let mask, _, _, let generation):
      for index in indices(of: mask) {
        let length = scenario.function.extensions[Int(index)].exit.sample(
          bits(.extensionExit, slot, generation, index))
        schedule(.extensionExited(index, generation), slot, after: length)
      }
    case .respond(_, let outcome, let error):
      if keepsEvents {
        emit(
          .requestAnswered(outcome, errorType: error.name), slot, request: slots[slot].request, to: &log)
      } else {
        statistics.answered(outcome, wait: now &- slots[slot].arrival, start: slots[slot].start)
      }
    case .report(_, let duration, let initDuration, let outcome, let error):
      report(duration, initDuration, outcome, error, slot, &log)
    case .released: slots[slot].request = .none
    case .anomaly: anomalies += 1
    case .restoreSnapshot, .takeSnapshot, .armInvocation, .initReport, .restoreReport: break
    case .began, .ended, .extensionState, .runtimeDone, .gone:
      if keepsEvents { record(action, slot, &log) }
    }
  }

  /// Writes down what has happened.
  func record(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    let request = slots[slot].request
    switch action {
    case .began(let phase):
      emit(.phaseBegan(phase), slot, request: phase == .invoke ? request : .none, to: &log)
    case .ended(let phase, let outcome, let error):
      let end = PhaseEnd(phase, outcome: outcome, errorType: error.name)
      emit(.phaseEnded(end), slot, request: phase == .invoke ? request : .none, to: &log)
    case .extensionState(let index, let state, let error):
      let name = extensionNames[Int(index)]
      emit(.extensionState(name: name, state, errorType: error.name), slot, to: &log)
      if state == .ready || error != .none {
        let outcome: Outcome = state == .ready ? .success : .error
        let end = PhaseEnd(.extensionInit, outcome: outcome, errorType: error.name, extensionName: name)
        emit(.phaseEnded(end), slot, to: &log)
      }
    case .runtimeDone(_, let outcome, let error):
      emit(.runtimeDone(outcome, errorType: error.name), slot, request: request, to: &log)
    case .gone(let reason): emit(.environmentGone(reason, detail: .none), slot, to: &log)
    default: break
    }
  }

  /// Any init but an environment's first follows a reset.
  mutating func initBegan(_ generation: Generation, _ slot: Int) {
    if !keepsEvents, generation != slots[slot].firstGeneration { statistics.reinits += 1 }
  }

  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, _ slot: Int, _ log: inout EventLog
  ) {
    for index in indices(of: mask) {
      let item = scenario.function.extensions[Int(index)]
      let name = extensionNames[Int(index)]
      emit(.extensionState(name: name, .started, errorType: .none), slot, to: &log)
      emit(.phaseBegan(.extensionInit, extensionName: name), slot, to: &log)
      let register = item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      schedule(.extensionRegistered(index, generation), slot, after: register)
      schedule(.extensionNext(index, generation), slot, after: register &+ ready)
    }
  }

  mutating func startRuntime(_ generation: Generation, _ slot: Int) {
    let runtime = scenario.function.runtimeInit.sample(bits(.runtimeInit, slot, generation))
    let function = scenario.function.functionInit.sample(bits(.functionInit, slot, generation))
    schedule(.functionInitBegan(generation), slot, after: runtime)
    if slots[slot].kind == .initCrash {
      schedule(.runtimeExited(.runtimeExitError, generation), slot, after: runtime &+ function)
    } else {
      schedule(.runtimeNext(generation), slot, after: runtime &+ function)
    }
  }

  mutating func deliver(_ invocation: Invocation, _ generation: Generation, _ slot: Int) {
    let length = scenario.function.handler.sample(draw(seed: seed, .handler, slots[slot].number))
    switch slots[slot].kind {
    case .normal, .initCrash: push(.answer(invocation, .success, generation), slot, at: now &+ length)
    case .handlerError: push(.answer(invocation, .error, generation), slot, at: now &+ length)
    case .crash: schedule(.runtimeExited(.runtimeExitError, generation), slot, after: length)
    case .outOfMemory: schedule(.runtimeExited(.runtimeOutOfMemory, generation), slot, after: length)
    case .hang: break
    }
    // An agent that sends what it has collected begins when the runtime has answered.
    for index in indices(of: fleet.settings.extensions) {
      let work = scenario.function.extensions[Int(index)].work.sample(
        draw(seed: seed, .extensionWork, slots[slot].number &* 16 &+ UInt64(index)))
      schedule(.extensionNext(index, generation), slot, after: length &+ work)
    }
  }

  mutating func report(
    _ duration: Nanoseconds, _ initDuration: Nanoseconds, _ outcome: Outcome, _ error: ErrorType, _ slot: Int,
    _ log: inout EventLog
  ) {
    // Billed Duration = ceil(Duration + Init Duration), in milliseconds; init is billed since August 2025.
    let billed = Int32(clamping: (duration &+ max(0, initDuration) &+ 999_999) / 1_000_000)
    if keepsEvents {
      let report = Report(
        duration: duration, initDuration: initDuration, billedMs: billed,
        memoryMB: scenario.function.memoryMB,
        outcome: outcome, errorType: error.name)
      emit(.report(report), slot, request: slots[slot].request, to: &log)
    } else {
      statistics.durations.record(duration)
      if initDuration >= 0 { statistics.initLengths.record(initDuration) }
      statistics.billing.add(milliseconds: Int64(billed), memoryMB: scenario.function.memoryMB)
      statistics.population.ended(at: now)
    }
  }

  @inline(__always)
  func bits(
    _ stream: DrawStream, _ slot: Int, _ generation: Generation, _ index: UInt8 = 0
  ) -> UInt64 {
    let restarts = UInt64(generation &- slots[slot].firstGeneration)
    return draw(seed: seed, stream, slots[slot].origin << 24 | restarts << 8 | UInt64(index))
  }

  @inline(__always)
  func emit(
    _ kind: LifecycleEvent.Kind, _ slot: Int? = nil, request: RequestID = .none, to log: inout EventLog
  ) {
    guard keepsEvents else { return }
    let environment = slot.map { slots[$0].environment } ?? .none
    log.append(
      LifecycleEvent(
        time: now, function: function, environment: environment, request: request, kind: kind))
  }
}

/// The places of the bits that are set, lowest first.
private func indices(of mask: UInt16) -> some Sequence<UInt8> {
  sequence(state: mask) { (rest: inout UInt16) -> UInt8? in
    guard rest != 0 else { return nil }
    defer { rest &= rest &- 1 }
    return UInt8(rest.trailingZeroBitCount)
  }
}
