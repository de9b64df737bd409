// The controls of a simulated session.

extension Session {
  /// The simulation as it is at the moment looked at: a command there would fork it.
  private var simulatorInSight: Simulator? {
    guard var simulation else { return nil }
    if playhead.time < newest {
      var unseen = EventLog()
      unseen.catalog = log.catalog
      simulation.fork(at: playhead.time, into: &unseen)
    }
    return simulation.simulator
  }

  /// Turns a control one step; where the past is looked at and the simulation has to change, this forks.
  /// - Returns: false where there is no further step.
  package mutating func turn(_ control: Control, up: Bool) -> Bool {
    guard let simulator = simulatorInSight else { return false }
    let before = controls
    let commands = controls.turn(control, up: up, simulator)
    if !commands.isEmpty { act(control.task, commands) }
    return controls != before || !commands.isEmpty
  }

  /// Sends requests as the controls say.
  package mutating func sendRequests(count: Int, _ key: LessonTask.Key) {
    act(key, controls.request(count: count, functions: simulation?.simulator.scenario.functions.count ?? 1))
  }
}

extension Control {
  /// What a lesson calls it.
  fileprivate var task: LessonTask.Key {
    switch self {
    case .idleTimeout: .idleTimeout
    case .requestRate: .traffic
    default: .options
    }
  }
}
