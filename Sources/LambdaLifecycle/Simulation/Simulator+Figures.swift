extension Simulator {
  /// The figures up to now, of a run that keeps no events: those of its timeline, without one.
  package var figures: Statistics {
    var figures = statistics
    for function in scenario.functions.indices { hold(function, in: &figures.billing) }
    return figures
  }

  /// How many environments it took.
  package var fleetFigures: FleetFigures { statistics.fleet(from: start, until: now) }

  /// What it would have cost, in US dollars.
  package var cost: Double { scenario.prices.cost(of: figures) }

  /// The counts of each function, in the order of the scenario; empty where there is only one.
  package var functionFigures: [(name: String, tally: FunctionTally)] {
    zip(scenario.functions, tallies).enumerated().map { place, pair in
      var tally = pair.1
      hold(place, in: &tally.billing)
      return (pair.0.name, tally)
    }
  }

  /// Provisioned concurrency is paid for from the moment it is configured, used or not (provisioned concurrency page).
  private func hold(_ place: Int, in billing: inout Billing) {
    billing.add(functions[place].heldBefore)
    guard let provisioned = functions[place].scenario.provisioned, !fleet.allocationHasFailed(place) else {
      return
    }
    billing.add(
      milliseconds: (now &- functions[place].heldSince) / .milliseconds(1),
      memoryMB: functions[place].scenario.memoryMB, times: Int64(provisioned.environments),
      tariff: .provisionedHeld, architecture: functions[place].scenario.architecture)
  }

  /// Provisioned concurrency changes, or the memory that it is paid for.
  mutating func settleHeld(_ place: Int) {
    var billing = Billing()
    hold(place, in: &billing)
    functions[place].heldBefore = billing
    functions[place].heldSince = now
  }

  /// Counts something of one function, where they are counted apart.
  @inline(__always)
  mutating func tally(_ function: Int, _ count: (inout FunctionTally) -> Void) {
    if !tallies.isEmpty { count(&tallies[function]) }
  }
}
