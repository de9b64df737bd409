import LambdaLifecycle

extension LifecycleCase {
  /// The story of the simulator.
  func simulated() -> [String] {
    var scenario = Scenario()
    scenario.function = function
    var log = EventLog(source: .simulation)
    var simulator = Simulator(scenario, seed: 1, start: 0, into: &log)
    var sent = 0
    for step in steps {
      switch step {
      case .requests(let behaviour, let count):
        for _ in 0..<count { simulator.request(behaviour.simulated, into: &log) }
        sent += count
      case .crash(let environment): simulator.perform(.crash(environment: environment), into: &log)
      case .shutDown(let environment): simulator.perform(.shutDown(environment: environment), into: &log)
      case .waitUntilGone: simulator.advance(to: simulator.now + 2 * idleTimeout, into: &log)
      }
      rest(&simulator, &log, answers: sent)
    }
    simulator.perform(.shutDownAll, into: &log)
    simulator.advance(to: simulator.now + .seconds(3), into: &log)
    return CaseStory(log.events, log).lines
  }

  /// Lets time pass until nothing is at work, for a minute at most.
  private func rest(_ simulator: inout Simulator, _ log: inout EventLog, answers: Int) {
    let end = simulator.now + .seconds(60)
    var watch = RestWatch()
    while !watch.isAtRest(log.events, answers: answers), simulator.now < end {
      simulator.advance(to: simulator.now + .milliseconds(5), into: &log)
    }
  }
}
