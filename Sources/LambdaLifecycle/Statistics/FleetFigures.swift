/// How many environments a stretch of time took, and what became of its requests.
package struct FleetFigures: Equatable, Sendable {
  /// Means over time, and the most at once.
  package var meanEnvironments: Double
  package var peakEnvironments: Int
  /// Environments with a request in flight.
  package var meanRunning: Double
  package var peakRunning: Int
  /// Environments without one.
  package var meanIdle: Double
  package var peakIdle: Int
  /// Requests in flight; more than running environments with Managed Instances only.
  package var meanConcurrency: Double
  package var peakConcurrency: Int
  /// Of the environments that are gone, in nanoseconds; nil as long as none is.
  package var meanLifespan: Double?
  /// Shares of all arrivals, throttled ones included, 0 to 1.
  package var coldShare: Double
  package var throttledShare: Double
}

extension Statistics {
  /// The figures of everything counted, between the moment it began and `end`.
  package func fleet(from begin: Timestamp, until end: Timestamp) -> FleetFigures {
    let environments = population.environments.mean(from: begin, until: end)
    let running = population.running.mean(from: begin, until: end)
    return FleetFigures(
      meanEnvironments: environments, peakEnvironments: population.environments.peak,
      meanRunning: running, peakRunning: population.running.peak,
      meanIdle: max(0, environments - running), peakIdle: population.peakIdle,
      meanConcurrency: population.requests.mean(from: begin, until: end),
      peakConcurrency: population.requests.peak,
      meanLifespan: population.gone == 0 ? nil : Double(population.lifetimes) / Double(population.gone),
      coldShare: coldShare, throttledShare: throttledShare)
  }
}
