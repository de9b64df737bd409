// Environments: created for a request or ahead of one, and given back.

extension Simulator {
  /// What is to be there before any request.
  mutating func prepare(_ function: Int, _ log: inout EventLog) {
    let scenario = functions[function].scenario
    switch scenario.initializationType {
    case .snapStart: create(fleet.createAhead(function), function, origin: origin(ahead: function), &log)
    case .provisionedConcurrency: planCreation(function, after: scenario.provisioned?.delay ?? 0)
    case .managedInstances: planCreation(function, after: 0)
    case .onDemand, .unknown: break
    }
  }

  /// Creates the environments that the function wants: provisioned ones at their rate, Managed Instances at once.
  mutating func createAhead(_ function: Int, _ log: inout EventLog) {
    functions[function].planned = .never
    while fleet.wantsEnvironment(function) {
      create(fleet.createAhead(function), function, origin: origin(ahead: function), &log)
      guard let provisioned = functions[function].scenario.provisioned else { continue }
      if fleet.wantsEnvironment(function) {
        planCreation(function, after: .seconds(60) / Int64(max(1, provisioned.perMinute)))
      }
      return
    }
  }

  /// One at a time: several environments that are to be replaced together come at the rate of one allocation.
  mutating func planCreation(_ function: Int, after delay: Nanoseconds) {
    guard functions[function].planned == .never else { return }
    functions[function].planned = now &+ delay
    push(.createAhead, function, at: now &+ delay)
  }

  /// The draws of an environment that no request asked for.
  private func origin(ahead function: Int) -> UInt64 {
    1 << 39 | UInt64(function) << 28 | UInt64(fleet.created)
  }

  /// The draws of the environment that a request gets: of no other traffic's, and others at each attempt.
  private func origin(for request: SimulatedRequest) -> UInt64 {
    // The numbers of the first traffic, and those counted down of injected requests, leave room above them.
    let isAlone = request.retries == 0 && request.traffic <= 0
    return isAlone ? request.number : draw(seed: seed, .environment, request.attempt)
  }

  mutating func create(_ slot: Int, for request: SimulatedRequest, _ log: inout EventLog) {
    addSlot(slot, Int(request.function), origin: origin(for: request), &log)
    slots[slot].initDuration = request.initDuration
  }

  private mutating func create(_ slot: Int, _ function: Int, origin: UInt64, _ log: inout EventLog) {
    addSlot(slot, function, origin: origin, &log)
    start(slot, &log)
  }

  private mutating func addSlot(_ slot: Int, _ function: Int, origin: UInt64, _ log: inout EventLog) {
    if slot == slots.count {
      slots.append(SlotState())
    } else {
      slots[slot].reuse()
    }
    slots[slot].origin = origin
    slots[slot].firstGeneration = fleet.generation(of: slot)
    slots[slot].created = now
    if let lifetime = functions[function].scenario.maximumLifetime {
      fleet.setExpiry(of: slot, at: now &+ lifetime.sample(draw(seed: seed, .lifetime, origin)))
    }
    guard keepsEvents else { return statistics.population.environmentCreated(at: now) }
    let name = log.catalog.name("env-\(fleet.birth(of: slot))")
    slots[slot].environment = log.catalog.environment(name, of: functions[function].name)
    emit(.environmentCreated(fleet.type(of: slot)), slot, to: &log)
  }

  /// The sandbox is created, code and layers are downloaded. A snapshot brings them along.
  mutating func start(_ slot: Int, _ log: inout EventLog) {
    let function = fleet.function(of: slot)
    if fleet.restoresSnapshot(slot) { return send(.sandboxReady, slot, &log) }
    emit(.phaseBegan(.create), slot, to: &log)
    let length =
      functions[function].create.sample(draw(seed: seed, .create, slots[slot].origin))
      &+ functions[function].download
    if length == 0 {
      send(.sandboxReady, slot, &log)
    } else {
      schedule(.sandboxReady, slot, after: length)
    }
  }

  /// An environment has ended: what it leaves behind.
  mutating func isGone(_ slot: Int, _ log: inout EventLog) {
    let function = fleet.function(of: slot)
    if !keepsEvents { statistics.population.environmentGone(at: now, born: slots[slot].created) }
    let isManaged = fleet.type(of: slot) == .managedInstances
    guard isManaged || fleet.isProvisioned(slot) else { return }
    if fleet.allocationHasFailed(function) {
      giveUpAllocation(function, &log)
    } else if fleet.wantsEnvironment(function) {
      let delay = functions[function].scenario.provisioned?.delay ?? .seconds(1)
      planCreation(function, after: max(delay, .milliseconds(1)))
    }
  }

  /// Those that came up are of no use, because none can be used until all are allocated.
  private mutating func giveUpAllocation(_ function: Int, _ log: inout EventLog) {
    guard !functions[function].hasGivenUp else { return }
    functions[function].hasGivenUp = true
    let text = "provisioned concurrency: FAILED, FUNCTION_ERROR_INIT_FAILURE"
    // No environment's: the last one is gone.
    if keepsEvents { emit(.marker(log.catalog.name(text)), function: functions[function].name, to: &log) }
    for other in fleet.slots where fleet.function(of: other) == function && fleet.isProvisioned(other) {
      slots[other].isToBeReclaimed = true
      // Not at once: the actions of the one that failed are still being performed.
      slots[other].reclaimEntry = now
      push(.reclaim, other, at: now)
    }
  }
}
