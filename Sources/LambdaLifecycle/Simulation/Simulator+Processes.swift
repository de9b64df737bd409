// The processes of an environment: how long they take, and how they fail.

extension Simulator {
  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, _ slot: Int, _ log: inout EventLog
  ) {
    let function = fleet.configuration(of: slot)
    slots[slot].initializing = mask
    // At most one of them fails, and which depends on the seed.
    let failing = extensionToFail(mask, generation, slot)
    for index in places(of: mask) {
      let item = functions[function].extensions[Int(index)]
      let name = functions[function].extensionNames[Int(index)]
      emit(.extensionState(name: name, .started, errorType: .none), slot, to: &log)
      emit(.phaseBegan(.extensionInit, extensionName: name), slot, to: &log)
      let register = item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      if index == failing {
        schedule(.extensionFailed(index, .extensionInitError, generation), slot, after: register)
      } else {
        schedule(.extensionRegistered(index, generation), slot, after: register)
        schedule(.extensionNext(index, generation), slot, after: register &+ ready)
      }
    }
  }

  private func extensionToFail(_ mask: UInt16, _ generation: Generation, _ slot: Int) -> UInt8? {
    let rate = functions[fleet.configuration(of: slot)].scenario.failures.extensionInitError
    guard rate > 0, mask != 0 else { return nil }
    let dice = unitInterval(bits(.extensionFailure, slot, generation))
    guard dice < rate else { return nil }
    return Array(places(of: mask))[Int(dice / rate * Double(mask.nonzeroBitCount))]
  }

  mutating func startRuntime(_ generation: Generation, _ slot: Int) {
    let function = fleet.configuration(of: slot)
    let type = fleet.type(of: slot)
    let durations = functions[function].initDurations(type)
    let runtime = durations.runtime.sample(bits(.runtimeInit, slot, generation))
    var code = slots[slot].initDuration
    if code < 0 || generation != slots[slot].firstGeneration {
      code = durations.function.sample(bits(.functionInit, slot, generation))
    }
    for index in places(of: functions[function].internalExtensions) {
      let item = functions[function].extensions[Int(index)]
      let register = runtime &+ item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      // It is code of the function: loading that waits for it.
      code = max(code, register &- runtime)
      schedule(.extensionRegistered(index, generation), slot, after: register)
      schedule(.extensionNext(index, generation), slot, after: register &+ ready)
    }
    if type == .snapStart, !fleet.restoresSnapshot(slot) {
      code &+= functions[function].scenario.beforeCheckpoint.sample(
        bits(.restoreHooks, slot, generation))
    }
    schedule(.functionInitBegan(generation), slot, after: runtime)
    if initFails(generation, slot) {
      schedule(.runtimeExited(.runtimeExitError, generation), slot, after: runtime &+ code)
    } else {
      schedule(.runtimeNext(generation), slot, after: runtime &+ code)
    }
  }

  private mutating func initFails(_ generation: Generation, _ slot: Int) -> Bool {
    let invocation = fleet.invocation(of: slot)
    if invocation != 0, requests[invocation].kind == .initCrash { return true }
    let rate = functions[fleet.configuration(of: slot)].scenario.failures.initError
    return rate > 0 && unitInterval(bits(.initFailure, slot, generation)) < rate
  }

  mutating func restoreSnapshot(_ generation: Generation, _ slot: Int) {
    let function = functions[fleet.configuration(of: slot)].scenario
    let load = function.restore.sample(bits(.restore, slot, generation))
    let hooks = function.afterRestore.sample(bits(.restoreHooks, slot, generation))
    schedule(.snapshotLoaded(generation), slot, after: load)
    let rate = function.failures.restoreError
    if rate > 0, unitInterval(bits(.initFailure, slot, generation)) < rate {
      schedule(.restoreFailed(.snapStart, generation), slot, after: load &+ hooks)
    } else {
      schedule(.restored(generation), slot, after: load &+ hooks)
    }
  }

  @inline(__always)
  mutating func deliver(_ invocation: Invocation, _ generation: Generation, _ slot: Int) {
    let function = fleet.configuration(of: slot)
    let kind = requests[invocation].kind
    let usual = handlerLength(invocation, function)
    let length = kind == .slow ? 5 * min(usual, .seconds(3_600 * 24 * 365)) : usual
    if kind == .extensionCrash, functions[function].crashesBeforeAnswer,
      fleet.type(of: slot) != .managedInstances
    {
      crashExtension(generation, slot, after: length)
    }
    switch kind {
    case .normal, .slow, .initCrash, .extensionCrash, .slowExtension:
      push(.answer(invocation, .success, generation), slot, at: now &+ length)
    case .handlerError: push(.answer(invocation, .error, generation), slot, at: now &+ length)
    case .crash: crash(invocation, .runtimeExitError, generation, slot, after: length)
    case .outOfMemory: crash(invocation, .runtimeOutOfMemory, generation, slot, after: length)
    case .hang: hang(invocation, generation, slot)
    }
    if fleet.type(of: slot) == .managedInstances {
      // Only those that will overrun need a timer.
      let deadline = requests[invocation].deadline
      if kind == .hang || length > deadline &- now {
        push(.invocationDeadline(invocation, generation), slot, at: deadline)
      }
      if kind == .extensionCrash { crashExtension(generation, slot, after: length) }
    } else if !functions[function].extensions.isEmpty {
      deliverToExtensions(invocation, length, generation, slot)
    }
  }

  @inline(__always)
  private func handlerLength(_ invocation: Invocation, _ function: Int) -> Nanoseconds {
    if requests[invocation].start == .cold, requests[invocation].coldDuration >= 0 {
      return max(0, requests[invocation].coldDuration &- (now &- requests[invocation].arrival))
    }
    if requests[invocation].duration >= 0 { return requests[invocation].duration }
    return functions[function].handler.sample(draw(seed: seed, .handler, requests[invocation].attempt))
  }

  private mutating func crash(
    _ invocation: Invocation, _ error: ErrorType, _ generation: Generation, _ slot: Int,
    after length: Nanoseconds
  ) {
    if fleet.type(of: slot) == .managedInstances {
      schedule(.workerExited(invocation, error, generation), slot, after: length)
    } else {
      schedule(.runtimeExited(error, generation), slot, after: length)
    }
  }

  /// Where a timeout does not end the code, it comes back after twice the timeout.
  private mutating func hang(_ invocation: Invocation, _ generation: Generation, _ slot: Int) {
    guard fleet.type(of: slot) == .managedInstances else { return }
    let timeout = functions[fleet.configuration(of: slot)].scenario.timeout
    push(.answer(invocation, .success, generation), slot, at: now &+ 2 &* timeout)
  }

  private mutating func deliverToExtensions(
    _ invocation: Invocation, _ length: Nanoseconds, _ generation: Generation, _ slot: Int
  ) {
    let function = fleet.configuration(of: slot)
    let kind = requests[invocation].kind
    let attempt = requests[invocation].attempt
    if kind == .extensionCrash, !functions[function].crashesBeforeAnswer {
      crashExtension(generation, slot, after: length)
    }
    var isFirst = true
    for index in places(of: functions[function].invokeSubscribers) {
      // An agent that sends what it has collected begins when the runtime has answered.
      var work = functions[function].extensions[Int(index)].work.sample(
        draw(seed: seed, .extensionWork, attempt &* 16 &+ UInt64(index)))
      if kind == .slowExtension, isFirst {
        work &+= functions[function].scenario.failures.slowExtensionDelay.sample(
          draw(seed: seed, .extensionFailure, attempt))
      }
      isFirst = false
      schedule(.extensionNext(index, generation), slot, after: length &+ work)
    }
  }

  private mutating func crashExtension(_ generation: Generation, _ slot: Int, after length: Nanoseconds) {
    let mask = functions[fleet.configuration(of: slot)].crashingExtensions
    guard mask != 0 else { return }
    schedule(.extensionExited(UInt8(mask.trailingZeroBitCount), generation), slot, after: length)
  }

  mutating func terminateRuntime(_ generation: Generation, _ slot: Int) {
    let length = functions[fleet.configuration(of: slot)].scenario.runtimeExit.sample(
      bits(.runtimeExit, slot, generation))
    schedule(.runtimeExited(.none, generation), slot, after: length)
  }

  mutating func sendShutdown(_ mask: UInt16, _ generation: Generation, _ slot: Int) {
    for index in places(of: mask) {
      let item = functions[fleet.configuration(of: slot)].extensions[Int(index)]
      let length = item.exit.sample(bits(.extensionExit, slot, generation, index))
      schedule(.extensionExited(index, generation), slot, after: length)
    }
  }

  @inline(__always)
  private func bits(
    _ stream: DrawStream, _ slot: Int, _ generation: Generation, _ index: UInt8 = 0
  ) -> UInt64 {
    let restarts = UInt64(generation &- slots[slot].firstGeneration)
    return draw(seed: seed, stream, slots[slot].origin << 24 | restarts << 8 | UInt64(index))
  }
}

/// The places of the bits that are set, lowest first.
private func places(of mask: UInt16) -> some Sequence<UInt8> {
  sequence(state: mask) { (rest: inout UInt16) -> UInt8? in
    guard rest != 0 else { return nil }
    defer { rest &= rest &- 1 }
    return UInt8(rest.trailingZeroBitCount)
  }
}
