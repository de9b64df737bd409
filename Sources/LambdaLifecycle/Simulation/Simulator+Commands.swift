// What somebody does to the simulation while it runs.

extension Simulator {
  /// Does what the command says, now. What it names and does not exist is left alone.
  package mutating func perform(_ command: SimulationCommand, into log: inout EventLog) {
    switch command {
    case .request(let kind, let count, let gap, let function):
      guard scenario.functions.indices.contains(function) else { return }
      send(RequestSeries(kind: kind, left: count, gap: gap, function: function), &log)
    case .set(let setting, let value, let function): set(setting, to: value, of: function, &log)
    case .shutDown(let environment): shutDown(environment, into: &log)
    case .shutDownAll: for environment in environments { shutDown(environment, into: &log) }
    case .crash(let environment): crash(environment, into: &log)
    }
  }

  /// Reclaims an environment, at once or as soon as it is idle.
  /// - Returns: false if there is no such environment.
  @discardableResult
  package mutating func shutDown(_ environment: UInt32, into log: inout EventLog) -> Bool {
    guard let slot = fleet.slot(of: environment) else { return false }
    shutDown(slot: slot, &log)
    return true
  }

  mutating func shutDown(slot: Int, _ log: inout EventLog) {
    slots[slot].isToBeReclaimed = true
    reclaimIfDue(slot, &log)
  }
}

/// Requests that somebody sent, one every so often.
struct RequestSeries: Sendable {
  var kind: RequestKind
  var left: Int
  var gap: Nanoseconds
  var function: Int
}

extension Simulator {
  private mutating func send(_ series: RequestSeries, _ log: inout EventLog) {
    guard series.gap > 0 else {
      for _ in 0..<max(0, series.left) { request(series.kind, function: series.function, into: &log) }
      return
    }
    self.series.append(series)
    continueSeries(self.series.count - 1, &log)
  }

  mutating func continueSeries(_ place: Int, _ log: inout EventLog) {
    guard series[place].left > 0 else { return }
    series[place].left -= 1
    request(series[place].kind, function: series[place].function, into: &log)
    guard series[place].left > 0 else { return }
    // As with traffic, what ends at that moment comes before.
    queue.insertLast(.series, place, at: now &+ series[place].gap < now ? .never : now &+ series[place].gap)
  }
}

// MARK: - Crashes

extension Simulator {
  /// The runtime's process ends: at once where it runs, else as soon as it does. Of Managed Instances, a worker.
  private mutating func crash(_ environment: UInt32, into log: inout EventLog) {
    guard let slot = fleet.slot(of: environment) else { return }
    let state = fleet.state(of: slot)
    if fleet.type(of: slot) == .managedInstances, state == .ready || state == .invoking {
      return crashWorker(slot, &log)
    }
    guard fleet.runtimeCanEnd(in: slot) else {
      slots[slot].isToCrash = true
      return
    }
    send(.runtimeExited(.runtimeExitError, fleet.generation(of: slot)), slot, &log)
  }

  private mutating func crashWorker(_ slot: Int, _ log: inout EventLog) {
    // One that is about to crash by itself is left to do so.
    let invocation = fleet.invocations(in: slot).first {
      requests[$0].kind != .crash && requests[$0].kind != .outOfMemory
    }
    guard let invocation else {
      slots[slot].isToCrash = true
      return
    }
    crash(worker: invocation, slot, &log)
  }

  private mutating func crash(worker invocation: Invocation, _ slot: Int, _ log: inout EventLog) {
    requests[invocation].isVoid = true
    send(.workerExited(invocation, .runtimeExitError, fleet.generation(of: slot)), slot, &log)
  }

  /// So long a process that is to crash runs: what takes no time at all could not be seen.
  private static var crashDelay: Nanoseconds { .milliseconds(1) }

  /// The runtime begins to run.
  mutating func crashIfPlanned(_ generation: Generation, _ slot: Int) {
    guard slots[slot].isToCrash else { return }
    slots[slot].isToCrash = false
    push(.crash(generation), slot, at: now &+ Self.crashDelay)
  }

  /// It is thawed for a request, or a worker gets one.
  mutating func crashIfPlanned(_ invocation: Invocation, _ generation: Generation, _ slot: Int) {
    guard fleet.type(of: slot) == .managedInstances else { return crashIfPlanned(generation, slot) }
    slots[slot].isToCrash = false
    requests[invocation].kind = .crash
    requests[invocation].duration = Self.crashDelay
    requests[invocation].coldDuration = -1
  }

  mutating func crash(_ generation: Generation, _ slot: Int, _ log: inout EventLog) {
    guard generation == fleet.generation(of: slot) else { return }
    // The handler was faster, and the process is stopped again.
    guard fleet.runtimeCanEnd(in: slot) else { return slots[slot].isToCrash = true }
    send(.runtimeExited(.runtimeExitError, generation), slot, &log)
  }
}
