internal import LambdaLifecycle
internal import ScenarioFiles

extension Demonstration {
  /// Writes a scenario that shows a session of it again.
  /// - Throws: `Failure` where the file cannot be written.
  func save(_ simulation: SimulationSession, to path: String) throws {
    let saved = SavedScenario(
      text: text, seed: simulation.simulator.seed, length: simulation.now - simulation.simulator.start,
      actions: simulation.actions)
    // A trace is named relative to its scenario: the saved one has to find it too.
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let yaml = try saved.yaml { try readWholeFile($0.hasPrefix("/") ? $0 : folder + $0) }
    try writeNewFile(Array(yaml.utf8), to: path)
  }
}
