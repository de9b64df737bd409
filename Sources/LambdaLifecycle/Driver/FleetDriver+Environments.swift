// Environments: created for a request or ahead of one, and what is to be done when they are gone.

extension FleetDriver {
  /// Creates the environments that are to be there before any request.
  mutating func prepare(_ function: Int, _ log: inout EventLog) {
    let settings = functions[function].settings
    switch settings.initializationType {
    case .snapStart: create(fleet.createAhead(function), function, &log)
    case .provisionedConcurrency: planCreation(function, after: settings.provisioned?.delay ?? 0)
    case .managedInstances: planCreation(function, after: 0)
    case .onDemand, .unknown: break
    }
  }

  /// Creates the environments that the function wants: provisioned ones at their rate, Managed Instances at once.
  mutating func createAhead(_ function: Int, _ log: inout EventLog) {
    functions[function].planned = .never
    guard !isEnding else { return }
    while fleet.wantsEnvironment(function) {
      create(fleet.createAhead(function), function, &log)
      guard let provisioned = functions[function].settings.provisioned else { continue }
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
    wake(.creation, function, at: now &+ delay)
  }

  private mutating func create(_ slot: Int, _ function: Int, _ log: inout EventLog) {
    begin(slot, function, for: nil, &log)
    createSandbox(slot, &log)
  }

  /// A new environment is in a slot.
  mutating func begin(
    _ slot: Int, _ function: Int, for request: FleetRequest<World.Payload>?, _ log: inout EventLog
  ) {
    if slot == environments.count {
      environments.append(DrivenEnvironment())
    } else {
      environments[slot].reuse()
    }
    if World.reapsProcesses {
      let gate = StartGate(first: fleet.generation(of: slot))
      if slot == gates.count { gates.append(gate) } else { gates[slot] = gate }
    }
    world.created(fleet.member(slot), for: request, at: now)
    if let lifetime = functions[function].settings.maximumLifetime {
      let (time, isBeyond) = now.addingReportingOverflow(world.lifetime(lifetime, in: fleet.member(slot)))
      fleet.setExpiry(of: slot, at: isBeyond ? .never : time)
    }
    if keepsEvents {
      beginRecord(of: slot, function, &log)
    } else {
      world.countCreated(fleet.member(slot), at: now)
    }
  }

  private mutating func beginRecord(of slot: Int, _ function: Int, _ log: inout EventLog) {
    let name = log.catalog.name("env-\(fleet.birth(of: slot))")
    let environment = LifecycleRecord.Environment(
      log.catalog.environment(name, of: functions[function].name), of: functions[function].name,
      fleet.type(of: slot), memoryMB: functions[function].settings.memoryMB,
      extensionNames: functions[function].extensionNames, dividesInit: World.dividesInit)
    record.begin(environment, in: slot)
    tell(.environmentCreated(fleet.type(of: slot)), in: slot, &log)
  }

  /// The sandbox is created, code and layers are downloaded. A snapshot brings them along.
  mutating func createSandbox(_ slot: Int, _ log: inout EventLog) {
    let isSnapshot = fleet.restoresSnapshot(slot)
    if !isSnapshot { tell(.phaseBegan(.create), in: slot, &log) }
    if isSnapshot || world.createSandbox(fleet.member(slot), at: now) { receive(.sandboxReady, slot, &log) }
  }

  /// An environment has ended: what it leaves behind.
  mutating func isGone(_ slot: Int, _ log: inout EventLog) {
    let function = fleet.function(of: slot)
    let isManaged = fleet.type(of: slot) == .managedInstances
    guard isManaged || fleet.isProvisioned(slot) else { return }
    if fleet.allocationHasFailed(function) {
      giveUpAllocation(function, &log)
    } else if fleet.wantsEnvironment(function) {
      let delay = functions[function].settings.provisioned?.delay ?? .seconds(1)
      planCreation(function, after: max(delay, .milliseconds(1)))
    }
  }

  /// Those that came up are of no use, because none can be used until all are allocated.
  private mutating func giveUpAllocation(_ function: Int, _ log: inout EventLog) {
    guard !functions[function].hasGivenUp else { return }
    functions[function].hasGivenUp = true
    let text = "provisioned concurrency: FAILED, FUNCTION_ERROR_INIT_FAILURE"
    // No environment's: the last one is gone.
    if keepsEvents { tell(.marker(log.catalog.name(text)), function: functions[function].name, &log) }
    for other in fleet.slots where fleet.function(of: other) == function && fleet.isProvisioned(other) {
      environments[other].isToBeReclaimed = true
      // Not at once: the actions of the one that failed are still being performed.
      environments[other].reclaimEntry = now
      wake(.reclaim, other, at: now)
    }
  }
}
