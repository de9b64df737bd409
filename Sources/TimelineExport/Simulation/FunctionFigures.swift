package import LambdaLifecycle

/// The figures that `lanes simulate` gives of each function, where there are several: numbers of one run, or
/// means of several.
package struct FunctionFigures: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package var name: String
    /// The keys in JSON.
    package var figures: [SimulationFigures.Figure]
  }

  package private(set) var rows: [Row] = []

  /// - Parameter simulator: a run that keeps no events.
  package init(_ simulator: borrowing Simulator) {
    let prices = simulator.scenario.prices
    rows = simulator.functionFigures.map { name, tally in
      let requests = Double(tally.requests)
      let values: [(String, String, SimulationFigures.Unit, Double)] = [
        ("requests", "requests", .count, requests),
        ("coldStarts", "cold", .count, Double(tally.coldStarts)),
        ("coldShare", "p_cold", .share, requests == 0 ? 0 : Double(tally.coldStarts) / requests),
        ("throttles", "throttled", .count, Double(tally.throttles)),
        ("throttledShare", "p_throttle", .share, requests == 0 ? 0 : Double(tally.throttles) / requests),
        ("errors", "errors", .count, Double(tally.errors)),
        ("timeouts", "timeouts", .count, Double(tally.timeouts)),
        ("billedGBSeconds", "billed", .gigabyteSeconds, tally.billing.gbSeconds),
        ("costUSD", "cost", .dollars, prices.cost(of: tally)),
      ]
      let figures = values.map { name, title, unit, value in
        SimulationFigures.Figure(group: "", name: name, title: title, unit: unit, value: value)
      }
      return Row(name: name, figures: figures)
    }
  }

  /// The mean of each number.
  /// - Parameter runs: of the same functions; at least one.
  package init(meanOf runs: [FunctionFigures]) {
    rows = runs.first?.rows ?? []
    for row in rows.indices {
      for place in rows[row].figures.indices {
        let values = runs.compactMap { $0.rows[row].figures[place].value }
        rows[row].figures[place].value = values.reduce(0, +) / Double(max(1, values.count))
      }
    }
  }
}
