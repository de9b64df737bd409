extension Simulator {
  /// The counts of a run that keeps no events.
  package var statistics: Statistics { driver.world.figures.statistics }

  /// How many requests it has counted.
  package var requestCount: Int { driver.world.figures.statistics.requests }

  /// The figures up to now, of a run that keeps no events: those of its timeline, without one.
  package var figures: Statistics {
    var figures = statistics
    for function in scenario.functions.indices { figures.billing.add(held(function)) }
    return figures
  }

  /// How many environments it took.
  package var fleetFigures: FleetFigures { statistics.fleet(from: start, until: now) }

  /// The cost of it all by the scenario's prices, in US dollars.
  package var cost: Double { scenario.prices.cost(of: figures) }

  /// The counts of each function, in the order of the scenario; empty where there is only one.
  package var functionFigures: [(name: String, tally: FunctionTally)] {
    zip(scenario.functions, driver.world.figures.tallies).enumerated().map { place, pair in
      var tally = pair.1
      tally.billing.add(held(place))
      return (pair.0.name, tally)
    }
  }

  private func held(_ function: Int) -> Billing {
    driver.world.functions[function].held(
      allocationHasFailed: driver.fleet.allocationHasFailed(function), until: now)
  }
}
