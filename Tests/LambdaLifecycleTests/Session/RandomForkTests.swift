import LambdaLifecycle
import Testing

/// Random fleets with every command, as sessions that are forked, replayed and made scenarios of.
@Suite("Forks of random sessions")
struct RandomForkTests {
  private struct Played {
    var session: SimulationSession
    var log = EventLog()

    init(_ fleet: RandomFleet) {
      session = SimulationSession(fleet.scenario, seed: fleet.seed, start: fleet.start, into: &log)
      play(fleet, after: .min)
    }

    mutating func play(_ fleet: RandomFleet, after moment: Timestamp) {
      for (time, command) in fleet.steps where time > moment {
        session.advance(to: time, into: &log)
        session.perform(command, into: &log)
      }
      session.advance(to: fleet.end, into: &log)
    }

    /// As a recording has them: names instead of numbers.
    func lines(_ events: some Sequence<LifecycleEvent>) -> [String] {
      events.map { event in
        let (function, environment) = (log.catalog.text(event.function), log.catalog.text(event.environment))
        var kind = "\(event.kind)"
        if case .output(_, let range) = event.kind { kind = log.text.text(range) ?? "" }
        return "\(event.time) \(function) \(environment) \(log.catalog.text(event.request)) \(kind)"
      }
    }
  }

  @Test("forked anywhere, the same commands bring the same events", arguments: 0..<20)
  func forked(batch: UInt64) {
    for seed in (batch * 10 + 1)...(batch * 10 + 10) {
      let fleet = RandomFleet(seed: seed, byHand: true)
      var played = Played(fleet)
      var dice = Dice(seed)
      let events = played.log.events
      let moment = fleet.start + dice.roll(.seconds(25))
      played.session.fork(at: moment, into: &played.log)
      played.play(fleet, after: moment)
      let again = played.log.events.dropFirst(events.count + 1)
      #expect(played.lines(again) == played.lines(events.filter { $0.time > moment }), "seed \(seed)")
      #expect(played.session.simulator.anomalies == 0, "seed \(seed)")
    }
  }

  @Test("replayed, and as a scenario that does it by itself: the same events", arguments: 0..<20)
  func replayed(batch: UInt64) {
    for seed in (batch * 10 + 1)...(batch * 10 + 10) {
      let fleet = RandomFleet(seed: seed, byHand: true)
      let played = Played(fleet)
      var replayed: [LifecycleEvent] = []
      played.session.replay { events, _ in replayed += events }
      #expect(replayed == played.log.events, "seed \(seed)")
      var scenario = fleet.scenario
      scenario.actions = played.session.actions
      var alone = Run(scenario, seed: seed, start: fleet.start)
      alone.simulator.advance(to: fleet.end, into: &alone.log)
      #expect(alone.log.events == played.log.events, "seed \(seed)")
    }
  }
}
