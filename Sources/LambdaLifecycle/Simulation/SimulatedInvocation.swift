// An invocation in the simulated world: how long its handler and the extensions take, and how it fails.

extension SimulatedWorld {
  mutating func deliver(
    _ invocation: Invocation, deadline: Timestamp, _ generation: Generation, in member: FleetMember,
    _ requests: inout RequestTable<SimulatedRequest>, at now: Timestamp
  ) {
    let slot = member.slot
    let isManaged = member.type == .managedInstances
    if environments[slot].isToCrash {
      if isManaged {
        environments[slot].isToCrash = false
        crashIfPlanned(&requests[invocation].payload)
      } else {
        crashIfPlanned(generation, slot, now)
      }
    }
    let function = member.configuration
    let kind = requests[invocation].payload.kind
    let usual = handlerLength(invocation, requests, function, now)
    let length = kind == .slow ? 5 * min(usual, .seconds(3_600 * 24 * 365)) : usual
    if kind == .extensionCrash, functions[function].crashesBeforeAnswer, !isManaged {
      crashExtension(function, generation, slot, after: length, now)
    }
    switch kind {
    case .normal, .slow, .initCrash, .extensionCrash, .slowExtension:
      push(.answer(invocation, .success, generation), slot, after: length, now)
    case .handlerError: push(.answer(invocation, .error, generation), slot, after: length, now)
    case .crash, .outOfMemory:
      let error: ErrorType = kind == .crash ? .runtimeExitError : .runtimeOutOfMemory
      schedule(
        isManaged ? .workerExited(invocation, error, generation) : .runtimeExited(error, generation), slot,
        after: length, now)
    case .hang:
      // Where a timeout does not end the code, it comes back after twice the timeout.
      if isManaged {
        push(
          .answer(invocation, .success, generation), slot, after: 2 &* functions[function].settings.timeout,
          now)
      }
    }
    if isManaged {
      // Only those that will overrun need a timer.
      let left = requests[invocation].payload.deadline &- now
      if kind == .hang || length > left {
        push(.invocationDeadline(invocation, generation), slot, after: left, now)
      }
      if kind == .extensionCrash { crashExtension(function, generation, slot, after: length, now) }
    } else if !functions[function].extensions.isEmpty {
      deliverToExtensions(kind, requests[invocation].attempt, length, function, generation, slot, now)
    }
  }

  @inline(__always)
  private func handlerLength(
    _ invocation: Invocation, _ requests: borrowing RequestTable<SimulatedRequest>, _ function: Int,
    _ now: Timestamp
  ) -> Nanoseconds {
    if requests[invocation].start == .cold, requests[invocation].payload.coldDuration >= 0 {
      return max(0, requests[invocation].payload.coldDuration &- (now &- requests[invocation].arrival))
    }
    if requests[invocation].payload.duration >= 0 { return requests[invocation].payload.duration }
    let attempt = requests[invocation].attempt
    return functions[function].handler.sample(draw(seed: seed, .handler, attempt))
  }

  /// How long extensions take follows from the handler's length, with which they are drawn.
  func deliverToExtensions(
    _ mask: UInt16, _ invocation: Invocation, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, _ requests: borrowing RequestTable<SimulatedRequest>
  ) {}

  private mutating func deliverToExtensions(
    _ kind: RequestKind, _ attempt: UInt64, _ length: Nanoseconds, _ function: Int,
    _ generation: Generation, _ slot: Int, _ now: Timestamp
  ) {
    if kind == .extensionCrash, !functions[function].crashesBeforeAnswer {
      crashExtension(function, generation, slot, after: length, now)
    }
    var isFirst = true
    for index in places(of: functions[function].invokeSubscribers) {
      // An agent that sends what it has collected begins when the runtime has answered.
      var work = functions[function].extensions[Int(index)].work.sample(
        draw(seed: seed, .extensionWork, attempt &* 16 &+ UInt64(index)))
      if kind == .slowExtension, isFirst {
        work &+= functions[function].settings.failures.slowExtensionDelay.sample(
          draw(seed: seed, .extensionFailure, attempt))
      }
      isFirst = false
      schedule(.extensionNext(index, generation), slot, after: length &+ work, now)
    }
  }

  private mutating func crashExtension(
    _ function: Int, _ generation: Generation, _ slot: Int, after length: Nanoseconds, _ now: Timestamp
  ) {
    let mask = functions[function].crashingExtensions
    guard mask != 0 else { return }
    schedule(.extensionExited(UInt8(mask.trailingZeroBitCount), generation), slot, after: length, now)
  }

  @inline(__always)
  func armInvocation(
    _ invocation: Invocation, at deadline: Timestamp, _ requests: inout RequestTable<SimulatedRequest>
  ) {
    requests[invocation].payload.deadline = deadline
  }

  @inline(__always)
  mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, in member: FleetMember,
    _ requests: borrowing RequestTable<SimulatedRequest>, at now: Timestamp
  ) {
    let slot = member.slot
    if outcome.isBad || !keepsEvents { return }
    startBackground(after: requests[invocation].attempt, member.function, slot, now)
  }
}
