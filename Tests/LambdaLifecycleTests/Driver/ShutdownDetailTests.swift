import LambdaLifecycle
import Testing

/// The detail at the end of an environment beside `spindown`, which Lambda says of all of them.
@Suite("Why an environment was shut down")
struct ShutdownDetailTests {
  private func detail(_ commands: [(Int64, SimulationCommand)]) throws -> (ShutdownReason, String) {
    var scenario = Scenario()
    scenario.function.handler = .fixed(.milliseconds(100))
    scenario.function.runtimeInit = .fixed(.milliseconds(100))
    scenario.function.idleTimeout = .fixed(.seconds(1))
    var run = Run(scenario)
    for (time, command) in commands {
      run.advance(to: time)
      run.simulator.perform(command, into: &run.log)
    }
    run.advance(to: 5_000)
    let ends = run.log.events.compactMap { event -> (ShutdownReason, String)? in
      guard case .environmentGone(let reason, let detail) = event.kind else { return nil }
      return (reason, run.log.catalog.text(detail))
    }
    #expect(ends.count == 1)
    return try #require(ends.first)
  }

  @Test("somebody asked for it, at once, while it was busy or all together")
  func asked() throws {
    let commands: [(Int64, SimulationCommand)] = [
      (500, .shutDown(environment: 1)), (150, .shutDown(environment: 1)), (500, .shutDownAll),
    ]
    for (time, command) in commands {
      let (reason, detail) = try detail([(0, .request(.normal)), (time, command)])
      #expect(reason == .spindown)
      #expect(detail == ShutdownDetail.onRequest.wireName)
    }
  }

  @Test("its idle timeout, or settings that it does not have: Lambda's own end of it")
  func idle() throws {
    let sessions: [[(Int64, SimulationCommand)]] = [
      [(0, .request(.normal))], [(0, .request(.normal)), (500, .set(.memory, 1_024, function: 0))],
    ]
    for commands in sessions {
      let (reason, detail) = try detail(commands)
      #expect(reason == .spindown)
      #expect(detail.isEmpty)
    }
  }
}
