import LambdaLifecycle
import ScenarioFiles

// A simulated session written to a file: as a recording, which then goes on, or as a scenario that replays it.

extension Program {
  func save(to name: String) {
    guard let simulation = session.simulation, let demonstration else {
      return say("only a simulation can be saved; --record writes what lanes watch sees to a file")
    }
    do {
      if name.hasSuffix(".jsonl") {
        try record(simulation, to: name)
        isSaved = true
        say("the session so far is in \(name), and what comes is written there too")
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        try demonstration.save(simulation, to: name)
        isSaved = true
        say("saved as a scenario: lanes demo \(name) shows it again")
      } else {
        say("expected a name that ends in .yaml (a scenario) or .jsonl (a recording); found \(name)")
      }
    } catch {
      say("\(error)")
    }
  }

  /// The whole session is simulated again: its events are not kept anywhere.
  private func record(_ simulation: SimulationSession, to path: String) throws {
    guard recorder == nil else {
      throw Failure(
        description: "this session is being recorded already; lanes writes one recording at a time")
    }
    let recorder = try Recorder(path: path)
    simulation.replay { events, log in recorder.write(events, from: log) }
    if let failure = recorder.failure { throw Failure(description: failure) }
    self.recorder = recorder
  }
}

extension Demonstration {
  fileprivate func save(_ simulation: SimulationSession, to path: String) throws {
    let saved = SavedScenario(
      text: text, seed: simulation.simulator.seed, length: simulation.now - simulation.simulator.start,
      actions: simulation.actions)
    // A trace is named relative to its scenario: the saved one has to find it too.
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let yaml = try saved.yaml { try readWholeFile($0.hasPrefix("/") ? $0 : folder + $0) }
    try writeNewFile(Array(yaml.utf8), to: path)
  }
}
