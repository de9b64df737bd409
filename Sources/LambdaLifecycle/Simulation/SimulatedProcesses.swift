// The processes of a simulated environment: how long they take, and how they fail.

extension SimulatedWorld {
  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) {
    let slot = member.slot
    let function = member.configuration
    // At most one of them fails, and which depends on the seed.
    let failing = extensionToFail(mask, generation, slot, function)
    for index in places(of: mask) {
      let item = functions[function].extensions[Int(index)]
      let register = item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      if index == failing {
        schedule(.extensionFailed(index, .extensionInitError, generation), slot, after: register, now)
      } else {
        schedule(.extensionRegistered(index, item.subscriptions, generation), slot, after: register, now)
        schedule(.extensionNext(index, generation), slot, after: register &+ ready, now)
      }
    }
  }

  private func extensionToFail(
    _ mask: UInt16, _ generation: Generation, _ slot: Int, _ function: Int
  ) -> UInt8? {
    let rate = functions[function].settings.failures.extensionInitError
    guard rate > 0, mask != 0 else { return nil }
    let dice = unitInterval(bits(.extensionFailure, slot, generation))
    guard dice < rate else { return nil }
    return Array(places(of: mask))[Int(dice / rate * Double(mask.nonzeroBitCount))]
  }

  mutating func startRuntime(
    _ generation: Generation, in member: FleetMember,
    _ requests: borrowing RequestTable<SimulatedRequest>, at now: Timestamp
  ) {
    let slot = member.slot
    crashIfPlanned(generation, slot, now)
    let function = member.configuration
    let type = member.type
    let durations = functions[function].initDurations(type)
    let runtime = durations.runtime.sample(bits(.runtimeInit, slot, generation))
    var code = environments[slot].initDuration
    if code < 0 || generation != environments[slot].firstGeneration {
      code = durations.function.sample(bits(.functionInit, slot, generation))
    }
    for index in places(of: functions[function].internalExtensions) {
      let item = functions[function].extensions[Int(index)]
      let register = runtime &+ item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      // It is code of the function: loading that waits for it.
      code = max(code, register &- runtime)
      schedule(.extensionRegistered(index, item.subscriptions, generation), slot, after: register, now)
      schedule(.extensionNext(index, generation), slot, after: register &+ ready, now)
    }
    if type == .snapStart, !member.restoresSnapshot {
      code &+= functions[function].settings.beforeCheckpoint.sample(bits(.restoreHooks, slot, generation))
    }
    schedule(.functionInitBegan(generation), slot, after: runtime, now)
    let invocation = member.invocation
    let isToCrash = invocation != 0 && requests[invocation].payload.kind == .initCrash
    if isToCrash || initFails(generation, slot, function) {
      schedule(.runtimeExited(.runtimeExitError, generation), slot, after: runtime &+ code, now)
    } else {
      schedule(.runtimeNext(generation), slot, after: runtime &+ code, now)
    }
  }

  private func initFails(_ generation: Generation, _ slot: Int, _ function: Int) -> Bool {
    let rate = functions[function].settings.failures.initError
    return rate > 0 && unitInterval(bits(.initFailure, slot, generation)) < rate
  }

  mutating func terminateRuntime(
    _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) {
    let slot = member.slot
    let length = functions[member.configuration].settings.runtimeExit.sample(
      bits(.runtimeExit, slot, generation))
    schedule(.runtimeExited(.none, generation), slot, after: length, now)
  }

  mutating func sendShutdown(
    _ mask: UInt16, _ reason: ShutdownReason, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, at now: Timestamp
  ) {
    let slot = member.slot
    for index in places(of: mask) {
      let item = functions[member.configuration].extensions[Int(index)]
      let length = item.exit.sample(bits(.extensionExit, slot, generation, index))
      schedule(.extensionExited(index, generation), slot, after: length, now)
    }
  }

  // A killed process is gone at once: its signals are of a generation that has ended.
  func killRuntime(_ generation: Generation, in member: FleetMember) {}
  func killExtensions(_ mask: UInt16, _ generation: Generation, in member: FleetMember) {}
  func gone(_ member: FleetMember, at now: Timestamp) {}
}

// MARK: - Crashes

extension SimulatedWorld {
  /// So long a process that is to crash runs: what takes no time at all could not be seen.
  private static var crashDelay: Nanoseconds { .milliseconds(1) }

  /// The runtime begins to run.
  mutating func crashIfPlanned(_ generation: Generation, _ slot: Int, _ now: Timestamp) {
    guard environments[slot].isToCrash else { return }
    environments[slot].isToCrash = false
    push(.crash(generation), slot, after: Self.crashDelay, now)
  }

  /// A worker gets an invocation.
  func crashIfPlanned(_ request: inout SimulatedRequest) {
    request.kind = .crash
    request.duration = Self.crashDelay
    request.coldDuration = -1
  }
}
