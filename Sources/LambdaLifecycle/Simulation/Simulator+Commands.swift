extension Simulator {
  /// A request arrives now, beside the scenario's traffic.
  package mutating func request(_ kind: RequestKind, into log: inout EventLog) {
    injected &+= 1
    // Counted down from the top, so that the traffic keeps its numbers and with them its draws.
    arrive(kind, number: 0 &- injected, &log)
  }

  mutating func arrive(_ kind: RequestKind, number: UInt64, _ log: inout EventLog) {
    let id = requestID(number)
    emit(.requestArrived, request: id, to: &log)
    switch fleet.route() {
    case .reused(let slot): assign(kind, number, id, to: slot, cold: false, &log)
    case .created(let slot): create(slot, for: kind, number, id, &log)
    case .throttled:
      if keepsEvents {
        // AWS's reason when the account's concurrency is used up (Invoke API, TooManyRequestsException).
        let reason = log.catalog.name("ConcurrentInvocationLimitExceeded")
        emit(.requestThrottled(reason: reason), request: id, to: &log)
      } else {
        statistics.requests += 1
        statistics.throttles += 1
      }
    }
  }

  /// From now on an idle environment is kept that long.
  package mutating func setIdleTimeout(_ timeout: Nanoseconds, into log: inout EventLog) {
    fleet.idleTimeout = timeout
    emit(.settingChanged(.idleTimeout, timeout), to: &log)
    for slot in fleet.slots { planReclaim(slot) }
  }

  /// Reclaims an environment, at once or as soon as it is idle.
  /// - Returns: false if there is no such environment.
  @discardableResult
  package mutating func shutDown(_ environment: EnvironmentID, into log: inout EventLog) -> Bool {
    guard let slot = fleet.slots.first(where: { slots[$0].environment == environment }) else { return false }
    slots[slot].isToBeReclaimed = true
    reclaimIfDue(slot, &log)
    return true
  }

  mutating func create(
    _ slot: Int, for kind: RequestKind, _ number: UInt64, _ id: RequestID, _ log: inout EventLog
  ) {
    if slot == slots.count {
      slots.append(SlotState())
    } else {
      slots[slot].reuse()
    }
    slots[slot].origin = number
    slots[slot].firstGeneration = fleet[slot].generation
    if keepsEvents {
      let name = log.catalog.name("env-\(fleet.birth(of: slot))")
      slots[slot].environment = log.catalog.environment(name, of: function)
      emit(.environmentCreated(.onDemand), slot, to: &log)
    }
    assign(kind, number, id, to: slot, cold: true, &log)
    emit(.phaseBegan(.create), slot, to: &log)
    let length = scenario.function.create.sample(draw(seed: seed, .create, number))
    if length == 0 {
      send(.sandboxReady, slot, &log)
    } else {
      schedule(.sandboxReady, slot, after: length)
    }
  }

  mutating func assign(
    _ kind: RequestKind, _ number: UInt64, _ id: RequestID, to slot: Int, cold: Bool, _ log: inout EventLog
  ) {
    assigned &+= 1
    slots[slot].request = id
    slots[slot].number = number
    slots[slot].kind = kind
    slots[slot].start = cold ? .cold : fleet[slot].state == .reset ? .reinit : .warm
    slots[slot].arrival = now
    if keepsEvents {
      emit(.requestAssigned, slot, request: id, to: &log)
    } else {
      statistics.requests += 1
      statistics.coldStarts += cold ? 1 : 0
      statistics.population.began(at: now)
    }
    send(.request(assigned | 1 << 31), slot, &log)
  }

  /// A UUID of version 4 from the seed. Inlined, because a call would be given a copy of the whole simulator.
  @inline(__always)
  func requestID(_ number: UInt64) -> RequestID {
    let high = draw(seed: seed, .requestHigh, number) & ~0xF000 | 0x4000
    let low = draw(seed: seed, .requestLow, number) & ~(3 << 62) | 2 << 62
    return RequestID(high: high, low: low)
  }
}
