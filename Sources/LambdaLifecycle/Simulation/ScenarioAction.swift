/// An action that a scenario takes by itself at a moment.
package struct ScenarioAction: Equatable, Sendable {
  /// Counted from the beginning of the simulation.
  package var at: Nanoseconds
  package var command: SimulationCommand

  package init(at: Nanoseconds, _ command: SimulationCommand) {
    self.at = at
    self.command = command
  }
}
