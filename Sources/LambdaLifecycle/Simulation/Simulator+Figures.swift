extension Simulator {
  /// The figures up to now, of a run that keeps no events: those of its timeline, without one.
  package var figures: Statistics {
    var figures = statistics
    for (place, function) in functions.enumerated() {
      guard let provisioned = function.scenario.provisioned, !fleet.allocationHasFailed(place) else {
        continue
      }
      // Paid for from the moment it is configured, used or not (provisioned concurrency page).
      figures.billing.add(
        milliseconds: (now &- start) / .milliseconds(1), memoryMB: function.memoryMB,
        times: Int64(provisioned.environments), tariff: .provisionedHeld, architecture: function.architecture)
    }
    return figures
  }

  /// How many environments it took.
  package var fleetFigures: FleetFigures { statistics.fleet(from: start, until: now) }

  /// What it would have cost, in US dollars.
  package var cost: Double { scenario.prices.cost(of: figures) }
}
