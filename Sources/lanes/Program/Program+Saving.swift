import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI

// A session written to a file: as a recording, which then goes on; a simulated one also as a scenario that replays it.

extension Program {
  func save(to name: String) {
    if screen.session.lead.followsClock { return saveWhatIsKept(to: name) }
    guard let simulation = screen.session.simulation, let demonstration else {
      return say("this is a recording already: a copy of its file, or lanes convert, makes another")
    }
    do {
      if name.hasSuffix(".jsonl") {
        try record(simulation, to: name)
        screen.isSaved = true
        say("the session so far is in \(name), and what comes is written there too")
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        try demonstration.save(simulation, to: name)
        screen.isSaved = true
        say("saved as a scenario: lanes demo \(name) shows it again")
      } else {
        say("expected a name that ends in .yaml (a scenario) or .jsonl (a recording); found \(name)")
      }
    } catch {
      say("\(error)")
    }
  }

  /// A live session keeps its newest events.
  private func saveWhatIsKept(to name: String) {
    guard name.hasSuffix(".jsonl") else {
      return say("expected a name that ends in .jsonl (a recording); found \(name)")
    }
    do {
      let recorder = try newRecorder(name)
      let events = screen.session.history.events
      var log = screen.session.log
      if screen.session.history.letGo > 0, let first = events.first?.time {
        log.part = SessionPart(origin: screen.session.timeline.beginning, begin: first, end: first)
        // What was told of functions before is known all the same.
        recorder.write(screen.session.timeline.descriptions(at: first), from: log)
      }
      recorder.write(events, from: log)
      if let failure = recorder.failure { throw Failure(description: failure) }
      self.recorder = recorder
      let what = screen.session.history.letGo > 0 ? "the newest \(events.count)" : "\(events.count)"
      say("\(what) events are in \(name), and what comes is written there too")
    } catch {
      say("\(error)")
    }
  }

  private func newRecorder(_ path: String) throws -> Recorder {
    guard recorder == nil else {
      throw Failure(
        description: "this session is being recorded already; lanes writes one recording at a time")
    }
    return try Recorder(path: path)
  }

  /// The whole session is simulated again: its events are not kept anywhere.
  private func record(_ simulation: SimulationSession, to path: String) throws {
    let recorder = try newRecorder(path)
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
