import LambdaLifecycle
import Testing

@Suite("Simulation session")
struct SimulationSessionTests {
  private typealias Command = SimulationCommand

  private struct Live {
    var session: SimulationSession
    var log = EventLog()

    init(_ scenario: Scenario) {
      var log = EventLog()
      session = SimulationSession(scenario, seed: 5, start: 0, into: &log)
      self.log = log
    }

    mutating func perform(_ commands: [(Int64, Command)]) {
      for (time, command) in commands {
        session.advance(to: .milliseconds(time), into: &log)
        session.perform(command, into: &log)
      }
    }

    mutating func advance(to time: Int64) { session.advance(to: .milliseconds(time), into: &log) }

    mutating func fork(at time: Int64) { session.fork(at: .milliseconds(time), into: &log) }

    var timeline: Timeline { Timeline(folding: log.events) }
  }

  private static var scenario: Scenario {
    var scenario = RandomSession(seed: 11, traffic: true).scenario
    scenario.function.extensions = [.quick]
    scenario.traffic = [
      Traffic(.gaps(.exponential(mean: .milliseconds(400)), from: 0, until: .never))
    ]
    scenario.account.concurrency = 4
    return scenario
  }

  private static let commands: [(Int64, Command)] = [
    (100, .request(.normal)), (100, .request(.crash)), (900, .set(.idleTimeout, .milliseconds(700))),
    (2_000, .request(.hang)), (2_500, .shutDownAll), (4_000, .request(.initCrash)),
    (4_000, .request(.normal)),
    (6_000, .request(.outOfMemory)),
  ]

  @Test(
    "the simulator at a past moment is that of a fork there, whatever was looked at before and after a fork")
  func past() {
    var live = Live(Self.scenario)
    live.perform(Self.commands)
    live.advance(to: 9_000)
    var other = live
    for (session, fork) in [(live, nil), (live, 5_000), (live, 2_400)] as [(Live, Int64?)] {
      other = session
      for moment in [3_000, 3_000, 4_500, 1_000, 5_999, 100, 20_000] as [Int64] {
        _ = other.session.simulator(at: .milliseconds(moment), other.log.catalog)
      }
      if let fork {
        other.fork(at: fork)
        other.perform([(fork + 10, .request(.normal)), (fork + 20, .set(.timeout, .seconds(1)))])
        other.advance(to: 9_000)
      }
      for moment in [4_500, 5_500, 2_410, 5_100, 8_999] as [Int64] {
        let found = other.session.simulator(at: .milliseconds(moment), other.log.catalog)
        var forked = other
        forked.fork(at: moment)
        #expect(found.now == .milliseconds(moment))
        #expect(found.nextTime == forked.session.simulator.nextTime)
        #expect(found.statistics.requests == forked.session.simulator.statistics.requests)
        #expect(found.statistics.billedGBSeconds == forked.session.simulator.statistics.billedGBSeconds)
        #expect(found.scenario == forked.session.simulator.scenario)
      }
      #expect(other.session.simulator(at: .never, other.log.catalog).now == other.session.now)
    }
  }

  @Test(
    "forked at a moment, the same commands bring the same events",
    arguments: [0, 50, 100, 1_234, 2_500, 5_999])
  func sameAgain(moment: Int64) {
    var live = Live(Self.scenario)
    live.perform(Self.commands)
    live.advance(to: 9_000)
    let events = live.log.events
    live.fork(at: moment)
    #expect(live.session.now == .milliseconds(moment))
    live.perform(Self.commands.filter { $0.0 > moment })
    live.advance(to: 9_000)
    let new = live.log.events.dropFirst(events.count + 1)
    #expect(Array(new) == events.filter { $0.time > .milliseconds(moment) })
    #expect(live.timeline.account == Timeline(folding: events).account)
    #expect(live.session.commands.map(\.command) == Self.commands.map(\.1))
  }

  @Test("commands at one moment keep their order in a fork, also where nothing takes time")
  func sameMoment() {
    var live = Live(Scenario())
    live.perform([(100, .request(.normal)), (100, .request(.normal)), (100, .request(.normal))])
    live.advance(to: 1_000)
    let expected = live.session.simulator.environments.count
    live.fork(at: 500)
    live.advance(to: 1_000)
    #expect(live.session.simulator.environments.count == expected)
  }

  @Test("forked, another command: another future after the same past")
  func another() {
    var live = Live(.small)
    live.perform([(0, .request(.normal)), (1_000, .request(.normal))])
    live.advance(to: 1_500)
    live.fork(at: 800)
    live.perform([(900, .request(.crash))])
    live.advance(to: 1_500)
    #expect(live.timeline.picture(live.log.catalog, now: live.session.now) == "env-1 rffiii...iii")
    #expect(live.timeline.requests.map(\.outcome) == [.success, .error])
    #expect(live.session.commands.map(\.command) == [.request(.normal), .request(.crash)])
  }

  @Test("a fork at a moment that has not come does nothing")
  func future() {
    var live = Live(.small)
    live.advance(to: 500)
    live.fork(at: 500)
    live.fork(at: 900)
    #expect(live.session.now == .milliseconds(500))
    #expect(!live.log.events.contains { if case .forked = $0.kind { true } else { false } })
  }

  @Test("after many commands checkpoints are thinned, and a fork reaches any moment all the same")
  func thinned() {
    var live = Live(Self.scenario)
    let commands = (0..<200).map { (Int64($0) * 50, Command.request($0 % 7 == 0 ? .crash : .normal)) }
    live.perform(commands)
    live.advance(to: 12_000)
    let events = live.log.events
    for moment in [11_000, 9_990, 5_000, 75, 10] as [Int64] {
      var forked = live
      forked.fork(at: moment)
      forked.perform(commands.filter { $0.0 > moment })
      forked.advance(to: 12_000)
      let new = forked.log.events.dropFirst(events.count + 1)
      #expect(Array(new) == events.filter { $0.time > .milliseconds(moment) })
    }
  }

  @Test("step goes to the next thing that happens, until nothing will")
  func step() {
    var live = Live(.small)
    live.perform([(0, .request(.normal))])
    var times: [Int64] = []
    while live.session.step(into: &live.log) { times.append(live.session.now / .milliseconds(1)) }
    // Runtime init, function init and handler end; the timeout that was not needed; the idle timeout.
    #expect(times.starts(with: [100, 300, 600]))
    #expect(times.last == 1_600 || times.last == 10_000)
    #expect(live.session.simulator.environments.isEmpty)
  }
}

@Suite("Playhead")
struct PlayheadTests {
  @Test("plays at its speed up to the end")
  func plays() {
    var head = Playhead(time: 0, isFollowing: false)
    head.advance(by: .seconds(1), within: 0...Timestamp.seconds(10))
    #expect(head.time == .seconds(1))
    head.faster(within: 0.1...100)
    #expect(head.speed == 2)
    head.advance(by: .seconds(2), within: 0...Timestamp.seconds(10))
    #expect(head.time == .seconds(5))
    head.advance(by: .seconds(60), within: 0...Timestamp.seconds(10))
    #expect(head.time == .seconds(10))
  }

  @Test("paused, it stays")
  func paused() {
    var head = Playhead(time: .seconds(3), isPlaying: false, isFollowing: false)
    head.advance(by: .seconds(1), within: 0...Timestamp.seconds(10))
    head.newest(.seconds(20))
    #expect(head.time == .seconds(3))
  }

  @Test("up to five minutes are played at their own speed, more as fast, at most a thousand times")
  func suitableSpeed() {
    let lengths: [(Nanoseconds, Double)] = [
      (0, 1), (.seconds(300), 1), (.seconds(300) + 1, 2), (.seconds(86_400), 500), (.never, 1_000),
    ]
    for (length, speed) in lengths { #expect(Playhead.speed(toShow: length) == speed) }
    var head = Playhead(time: 0)
    #expect(!head.isSpeedChosen)
    head.faster(within: 0.01...1_000)
    #expect(head.isSpeedChosen)
  }

  @Test("following, it is where the newest moment is; sought, it stays where it was put")
  func follows() {
    var head = Playhead(time: 0)
    head.newest(.seconds(5))
    #expect(head.time == .seconds(5))
    head.seek(to: .seconds(2))
    head.newest(.seconds(6))
    #expect(head.time == .seconds(2))
    head.follow(.seconds(7))
    head.newest(.seconds(8))
    #expect(head.time == .seconds(8))
    head.detach()
    head.newest(.seconds(9))
    #expect(head.time == .seconds(8))
  }

  @Test("backwards it stops at the beginning")
  func backwards() {
    var head = Playhead(time: .seconds(5), isFollowing: false)
    head.reverse()
    head.advance(by: .seconds(2), within: 0...Timestamp.seconds(10))
    #expect(head.time == .seconds(3))
    head.advance(by: .seconds(9), within: .seconds(1)...Timestamp.seconds(10))
    #expect(head.time == .seconds(1))
  }

  @Test(
    "the keys step through the speeds that there are here, and stop at both ends",
    arguments: [0.1...100, 0.01...1_000])
  func speeds(range: ClosedRange<Double>) {
    var head = Playhead(time: 0)
    for _ in 0..<20 { head.slower(within: range) }
    #expect(head.speed == range.lowerBound)
    var seen = [head.speed]
    for _ in 0..<20 {
      head.faster(within: range)
      if head.speed != seen.last { seen.append(head.speed) }
    }
    #expect(seen == Playhead.speeds.filter { range.contains($0) })
    #expect(head.speed == range.upperBound)
  }
}
