// A simulated session as what it was made of: scenario, seed and commands.

extension Session {
  /// Something was done to the simulation that its lesson did not ask for: it would be lost with the session.
  package var hasOwnActions: Bool {
    guard let simulation else { return false }
    guard let lesson else { return !simulation.commands.isEmpty }
    guard lesson.course == .away, let step = lesson.reached.last else { return false }
    return simulation.commands.last.map { $0.time > step.time } ?? false
  }
}

extension SimulationSession {
  /// The actions so far, counted from the beginning: with scenario and seed they are the whole session.
  package var actions: [ScenarioAction] {
    commands.map { ScenarioAction(at: $0.time &- simulator.start, $0.command) }
  }

  /// Simulates the whole session again, up to its newest moment.
  /// - Parameter tell: takes the events as they come; what the log holds of them is gone afterwards.
  package func replay(_ tell: ([LifecycleEvent], EventLog) -> Void) {
    var log = EventLog(source: .simulation)
    var copy = SimulationSession(
      simulator.scenario, seed: simulator.seed, start: simulator.start, into: &log)
    func flush(_ log: inout EventLog) {
      tell(log.events, log)
      log.events.removeAll(keepingCapacity: true)
    }
    for (time, command) in commands {
      copy.advance(to: time, telling: flush, into: &log)
      copy.simulator.perform(command, into: &log)
    }
    copy.advance(to: now, telling: flush, into: &log)
    flush(&log)
  }

  /// Lets virtual time pass, and passes the events on a few thousand at a time.
  private mutating func advance(
    to time: Timestamp, telling flush: (inout EventLog) -> Void, into log: inout EventLog
  ) {
    while simulator.nextTime <= time, simulator.nextTime != .never {
      simulator.step(into: &log)
      if log.events.count >= 4_096 { flush(&log) }
    }
    simulator.advance(to: time, into: &log)
  }
}
