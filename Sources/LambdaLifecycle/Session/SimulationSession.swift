/// A simulated session that can be gone back in and forked: scenario, seed and the log of commands, with a few copies
/// of the simulator on the way.
package struct SimulationSession: Sendable {
  /// The commands so far, in order: with scenario and seed they are the whole session.
  package private(set) var commands: [(time: Timestamp, command: SimulationCommand)] = []
  package internal(set) var simulator: Simulator
  /// Copies of the simulator, and how many commands each has seen.
  private var checkpoints: [(simulator: Simulator, commands: Int)]
  /// The same at the past moment that was looked at last: the options are asked for at every frame.
  private var past: (simulator: Simulator, commands: Int)?

  /// More are thinned out: every other one goes.
  private static let checkpointLimit = 32

  package init(_ scenario: Scenario, seed: UInt64, start: Timestamp, into log: inout EventLog) {
    simulator = Simulator(scenario, seed: seed, start: start, into: &log)
    checkpoints = [(simulator, 0)]
  }

  /// The function that is simulated.
  package var function: Name { simulator.functionNames[0] }

  /// The running number of an environment, from 1 in order of creation: its name says it. The catalog's order does not,
  /// where a fork has another function's environment under that number.
  package static func number(of environment: EnvironmentID, _ catalog: Catalog) -> UInt32 {
    UInt32(catalog.text(environment).drop { !$0.isNumber }) ?? 0
  }

  /// The newest simulated moment.
  package var now: Timestamp { simulator.now }

  /// Nothing will happen unless somebody does something.
  package var isAtRest: Bool { simulator.nextTime == .never }

  /// Lets virtual time pass up to `time`.
  package mutating func advance(to time: Timestamp, into log: inout EventLog) {
    simulator.advance(to: time, into: &log)
  }

  /// Lets the next thing happen. A deadline that has become void passes unseen: it is no step.
  /// - Returns: false if nothing will happen by itself.
  package mutating func step(into log: inout EventLog) -> Bool {
    let count = log.events.count
    while simulator.nextTime != .never {
      simulator.advance(to: simulator.nextTime, into: &log)
      if log.events.count > count { return true }
    }
    return false
  }

  /// Does something at the newest moment, after all that happens at it by itself: so a fork finds the same order.
  package mutating func perform(_ command: SimulationCommand, into log: inout EventLog) {
    simulator.advance(to: now, into: &log)
    keepCheckpoint()
    commands.append((now, command))
    simulator.perform(command, into: &log)
  }

  /// Goes back to `time` and makes what came after void. The future from there on depends on the same seed, so
  /// without another command it is the same again.
  package mutating func fork(at time: Timestamp, into log: inout EventLog) {
    guard time < now else { return }
    past = nil
    let beginning = checkpoints[0]
    checkpoints.removeAll { $0.simulator.now > time }
    if checkpoints.isEmpty { checkpoints = [beginning] }
    commands.removeAll { $0.time > time }
    let base = checkpoints[checkpoints.count - 1]
    simulator = base.simulator
    // Everything that happened up to here is known: these events are the same again.
    var known = EventLog(source: .simulation)
    known.catalog = log.catalog
    for (moment, command) in commands[base.commands...] {
      simulator.advance(to: moment, into: &known)
      simulator.perform(command, into: &known)
    }
    simulator.advance(to: time, into: &known)
    log.append(LifecycleEvent(time: time, kind: .forked(at: time)))
  }

  /// The simulator as it was at a moment, or as it is.
  package mutating func simulator(at time: Timestamp, _ catalog: Catalog) -> Simulator {
    guard time < now else { return simulator }
    var there = self
    if let past { there.checkpoints.append(past) }
    var unseen = EventLog()
    unseen.catalog = catalog
    there.fork(at: time, into: &unseen)
    past = (there.simulator, there.commands.count)
    return there.simulator
  }

  private mutating func keepCheckpoint() {
    if checkpoints.count >= Self.checkpointLimit {
      // The first is the beginning and stays.
      checkpoints = checkpoints.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    checkpoints.append((simulator, commands.count))
  }
}
