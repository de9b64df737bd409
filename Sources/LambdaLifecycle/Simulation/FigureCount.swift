/// The figures of a run that writes no events: those of its timeline, without one. Memory does not grow with the number
/// of requests.
struct FigureCount: Sendable {
  var statistics = Statistics()
  /// The counts of each function, where there are several.
  var tallies: [FunctionTally]
  /// By their slots.
  private var environments: [CountedEnvironment] = []

  /// - Parameter functions: that are counted apart; 0 for none.
  init(functions: Int) { tallies = Array(repeating: FunctionTally(), count: functions) }

  mutating func created(_ slot: Int, at time: Timestamp) {
    let environment = CountedEnvironment(created: time)
    if slot == environments.count {
      environments.append(environment)
    } else {
      environments[slot] = environment
    }
    statistics.population.environmentCreated(at: time)
  }

  mutating func gone(_ slot: Int, at time: Timestamp) {
    statistics.population.environmentGone(at: time, born: environments[slot].created)
  }

  @inline(__always)
  mutating func assigned(
    _ start: StartKind, of function: Int, to slot: Int, isShared: Bool, at time: Timestamp
  ) {
    statistics.requests += 1
    statistics.coldStarts += start == .cold ? 1 : 0
    statistics.reinits += start == .reinit ? 1 : 0
    statistics.initializedAhead += start == .ahead ? 1 : 0
    tally(function) {
      $0.requests += 1
      $0.coldStarts += start == .cold ? 1 : 0
    }
    if isShared { environments[slot].inFlight &+= 1 }
    statistics.population.began(at: time, wakes: !isShared || environments[slot].inFlight == 1)
  }

  mutating func rejected(_ rejection: Rejection, of function: Int) {
    statistics.requests += 1
    switch rejection {
    case .throttled:
      statistics.throttles += 1
      tally(function) {
        $0.requests += 1
        $0.throttles += 1
      }
    case .refused:
      statistics.refused += 1
      tally(function) {
        $0.requests += 1
        $0.refused += 1
        $0.answered(.error)
      }
      statistics.answered(.error, wait: 0, start: .warm)
    }
  }

  @inline(__always)
  mutating func answered(_ outcome: Outcome, wait: Nanoseconds, start: StartKind, of function: Int) {
    statistics.answered(outcome, wait: wait, start: start)
    tally(function) { $0.answered(outcome) }
  }

  mutating func restored(_ duration: Nanoseconds, billed: Nanoseconds, _ outcome: Outcome, in slot: Int) {
    environments[slot].billedRestore = billed
    if outcome == .success { statistics.restoreLengths.record(duration) }
  }

  /// Counts a REPORT.
  /// - Returns: the time it bills, in milliseconds.
  @inline(__always)
  mutating func reported(_ duration: Nanoseconds, initDuration: Nanoseconds, in slot: Int) -> Int32 {
    let restore = environments[slot].billedRestore
    if restore != 0 { environments[slot].billedRestore = 0 }
    statistics.durations.record(duration)
    if initDuration >= 0 { statistics.initLengths.record(initDuration) }
    return billedMilliseconds(duration, initDuration: initDuration, restore: restore)
  }

  /// Managed Instances: the invocation has ended for the caller. After a timeout its code still goes on.
  mutating func sharedInvocationEnded(in slot: Int, at time: Timestamp) {
    environments[slot].inFlight &-= 1
    statistics.population.ended(at: time, rests: environments[slot].inFlight == 0)
  }

  @inline(__always)
  mutating func bill(
    _ milliseconds: Int32, _ memory: Int32, _ architecture: Architecture, _ tariff: Tariff, of function: Int
  ) {
    statistics.billing.add(
      milliseconds: Int64(milliseconds), memoryMB: memory, tariff: tariff, architecture: architecture)
    tally(function) {
      $0.billing.add(
        milliseconds: Int64(milliseconds), memoryMB: memory, tariff: tariff, architecture: architecture)
    }
  }

  /// Counts something of one function, where they are counted apart.
  @inline(__always)
  private mutating func tally(_ function: Int, _ count: (inout FunctionTally) -> Void) {
    if !tallies.isEmpty { count(&tallies[function]) }
  }
}

/// The record of an environment for counting it.
private struct CountedEnvironment: Sendable {
  let created: Timestamp
  /// Managed Instances: invocations that have not ended for their callers.
  var inFlight: UInt16 = 0
  /// Of a restore that no report has given yet.
  var billedRestore: Nanoseconds = 0
}

// MARK: - What the world counts

extension SimulatedWorld {
  mutating func countCreated(_ member: FleetMember, at now: Timestamp) {
    figures.created(member.slot, at: now)
  }

  @inline(__always)
  mutating func countAssigned(
    _ request: borrowing FleetRequest<SimulatedRequest>, to member: FleetMember,
    at now: Timestamp
  ) {
    let slot = member.slot
    figures.assigned(
      request.start, of: Int(request.function), to: slot,
      isShared: member.type == .managedInstances, at: now)
  }

  mutating func count(_ fact: FleetFact, _ request: borrowing FleetRequest<SimulatedRequest>) {
    switch fact {
    case .rejected(let rejection): figures.rejected(rejection, of: Int(request.function))
    case .retried: figures.statistics.retries += 1
    case .dropped: figures.statistics.dropped += 1
    }
  }

  @inline(__always)
  mutating func count(
    _ action: Action, in member: FleetMember,
    _ requests: borrowing RequestTable<SimulatedRequest>, at now: Timestamp
  ) {
    let slot = member.slot
    let type = member.type
    switch action {
    case .respond(let invocation, let outcome, _):
      figures.answered(
        outcome, wait: now &- requests[invocation].arrival, start: requests[invocation].start,
        of: member.function)
    case .report(_, let duration, let initDuration, _, _):
      if type == .managedInstances { figures.sharedInvocationEnded(in: slot, at: now) }
      bill(figures.reported(duration, initDuration: initDuration, in: slot), member)
    case .initReport(let duration, let isSuppressed, let outcome, _):
      if type.billsInit(isSuppressed: isSuppressed) { bill(billedMilliseconds(duration), member) }
      if !isSuppressed, outcome == .success { figures.statistics.initLengths.record(duration) }
    case .restoreReport(let duration, let billed, let outcome, _):
      figures.restored(duration, billed: billed, outcome, in: slot)
    case .released:
      if type != .managedInstances { figures.statistics.population.ended(at: now) }
    case .gone: figures.gone(slot, at: now)
    default: break
    }
  }

  @inline(__always)
  private mutating func bill(_ milliseconds: Int32, _ member: FleetMember) {
    guard let tariff = Tariff(member.type) else { return }
    let place = member.configuration
    figures.bill(
      milliseconds, functions[place].settings.memoryMB, functions[place].settings.architecture, tariff,
      of: member.function)
  }
}
