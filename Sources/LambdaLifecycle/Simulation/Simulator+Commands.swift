// Commands to the simulation while it runs.

extension Simulator {
  /// Does what the command says, now. What it names and does not exist is left alone.
  package mutating func perform(_ command: SimulationCommand, into log: inout EventLog) {
    switch command {
    case .request(let kind, let count, let gap, let function):
      guard scenario.functions.indices.contains(function) else { return }
      send(RequestSeries(kind: kind, left: count, gap: gap, function: function), &log)
    case .set(let setting, let value, let function): driver.set(setting, to: value, of: function, &log)
    case .shutDown(let environment): driver.shutDown(environment, &log)
    case .shutDownAll: driver.shutDownAll(&log)
    case .crash(let environment): crash(environment, into: &log)
    }
  }
}

// MARK: - Crashes

extension Simulator {
  /// The runtime's process ends: at once where it runs, else as soon as it does. Of Managed Instances, a worker.
  private mutating func crash(_ environment: UInt32, into log: inout EventLog) {
    guard let slot = driver.fleet.slot(of: environment) else { return }
    let state = driver.fleet.state(of: slot)
    if driver.fleet.type(of: slot) == .managedInstances, state == .ready || state == .invoking {
      return crashWorker(slot, &log)
    }
    crash(driver.fleet.generation(of: slot), slot, &log)
  }

  private mutating func crashWorker(_ slot: Int, _ log: inout EventLog) {
    // One that is about to crash by itself is left to do so.
    let invocation = driver.fleet.invocations(in: slot).first {
      let kind = driver.requests[$0].payload.kind
      return kind != .crash && kind != .outOfMemory
    }
    guard let invocation else {
      driver.world.environments[slot].isToCrash = true
      return
    }
    driver.requests[invocation].payload.isVoid = true
    driver.receive(
      .workerExited(invocation, .runtimeExitError, driver.fleet.generation(of: slot)), slot, &log)
  }

  mutating func crash(_ generation: Generation, _ slot: Int, _ log: inout EventLog) {
    guard generation == driver.fleet.generation(of: slot) else { return }
    // A stopped process cannot end: it does when it runs again.
    guard driver.fleet.runtimeCanEnd(in: slot) else {
      driver.world.environments[slot].isToCrash = true
      return
    }
    driver.receive(.runtimeExited(.runtimeExitError, generation), slot, &log)
  }
}
