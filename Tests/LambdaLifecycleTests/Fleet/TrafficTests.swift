import LambdaLifecycle
import Testing

@Suite("Traffic")
struct TrafficTests {
  /// The moments when requests arrive, in milliseconds.
  private func arrivals(_ pattern: Traffic.Pattern, seed: UInt64 = 1, start: Timestamp = 0) -> [Int64] {
    var scenario = Scenario.small
    scenario.account.concurrency = 100_000
    scenario.traffic = [Traffic(pattern)]
    var run = Run(scenario, seed: seed, start: start)
    run.simulator.advance(to: .never, into: &run.log)
    return run.timeline.requests.map { ($0.arrival - start) / .milliseconds(1) }
  }

  @Test("at given times, counted from the beginning of the simulation")
  func times() {
    #expect(
      arrivals(.times([.seconds(1), .seconds(1), .seconds(5)]), start: .seconds(9)) == [1_000, 1_000, 5_000])
    #expect(arrivals(.times([])) == [])
  }

  @Test("every so often, from the beginning to before the end")
  func every() {
    let pattern = Traffic.Pattern.every(.seconds(2), from: .seconds(1), until: .seconds(7))
    #expect(arrivals(pattern) == [1_000, 3_000, 5_000])
    #expect(arrivals(.every(.seconds(2), from: .seconds(7), until: .seconds(7))) == [])
  }

  @Test("after random gaps, the first too; exponential ones are a Poisson process")
  func gaps() {
    let fixed = Traffic.Pattern.gaps(.fixed(.seconds(2)), from: .seconds(1), until: .seconds(8))
    #expect(arrivals(fixed) == [3_000, 5_000, 7_000])
    let poisson = Traffic.Pattern.gaps(
      .exponential(mean: .milliseconds(500)), from: .seconds(10), until: .seconds(2_010))
    let times = arrivals(poisson)
    // 4,000 are expected, standard deviation 63; and as many in the first half as in the second.
    #expect((3_747...4_253).contains(times.count))
    #expect((1_821...2_179).contains(times.count { $0 < 1_010_000 }))
    #expect(times.allSatisfy { $0 >= 10_000 && $0 < 2_010_000 })
  }

  @Test("a burst: at once, or spread evenly")
  func burst() {
    #expect(arrivals(.burst(count: 3, at: .seconds(4), over: 0)) == [4_000, 4_000, 4_000])
    #expect(arrivals(.burst(count: 4, at: .seconds(4), over: .seconds(2))) == [4_000, 4_500, 5_000, 5_500])
    #expect(arrivals(.burst(count: 0, at: 0, over: 0)) == [])
  }

  @Test(
    "a ramp: a Poisson process whose rate changes evenly", arguments: [(0.0, 20.0), (20.0, 0.0), (5.0, 5.0)])
  func ramp(_ low: Double, _ high: Double) {
    let times = arrivals(.ramp(from: low, to: high, begin: .seconds(100), end: .seconds(300)))
    #expect(times.allSatisfy { $0 >= 100_000 && $0 < 300_000 })
    for half in 0..<2 {
      let from = 100_000 + Int64(half) * 100_000
      let count = Double(times.count { $0 >= from && $0 < from + 100_000 })
      // The mean rate of that half, for 100 s.
      let expected = (low + (high - low) * (0.25 + 0.5 * Double(half))) * 100
      #expect(abs(count - expected) <= 4 * expected.squareRoot())
    }
  }

  @Test("a trace gives when, to which function, and how long")
  func trace() {
    var scenario = Scenario.small(functions: 2)
    scenario.functions[0].idleTimeout = .fixed(.seconds(60))
    var first = TracedRequest(at: 0)
    first.initDuration = .milliseconds(500)
    first.duration = .milliseconds(40)
    var second = TracedRequest(at: .seconds(2))
    second.duration = .milliseconds(70)
    var third = TracedRequest(at: .seconds(3))
    third.function = 1
    third.coldDuration = .seconds(1)
    third.duration = .milliseconds(20)
    var fourth = TracedRequest(at: .seconds(4))
    fourth.coldDuration = .seconds(5)
    scenario.traffic = [Traffic(.trace([first, second, third, fourth]))]
    var run = Run(scenario)
    run.simulator.advance(to: .never, into: &run.log)
    // Runtime init 100 ms + 500 ms + 40 ms; 70 ms; 1 s in all; what a trace does not say is the function's: 300 ms.
    #expect(run.timeline.requests.map { $0.wait ?? -1 } == [640, 70, 1_000, 300].map { .milliseconds($0) })
    #expect(run.reports.map(\.initDuration) == [.milliseconds(600), -1, .milliseconds(300), -1])
    #expect(run.timeline.tracks.count == 2)
  }

  @Test("requests of one traffic can take their own time in the handler")
  func ownHandler() {
    var scenario = Scenario.small
    var slow = Traffic(.times([.seconds(1)]))
    slow.handler = .fixed(.milliseconds(800))
    scenario.traffic = [Traffic(.times([0])), slow]
    var run = Run(scenario)
    run.advance(to: 3_000)
    #expect(run.reports.map(\.duration) == [.milliseconds(300), .milliseconds(800)])
  }

  @Test("several traffics go on side by side, in order of time")
  func several() {
    var scenario = Scenario.small(functions: 2)
    scenario.traffic = [
      Traffic(.every(.milliseconds(300), from: 0, until: .seconds(1))),
      Traffic(.times([.milliseconds(350), .milliseconds(900)]), function: 1),
    ]
    var run = Run(scenario)
    run.advance(to: 3_000)
    #expect(run.timeline.requests.map { $0.arrival / .milliseconds(1) } == [0, 300, 350, 600, 900, 900])
  }

  @Test("two traffics have different draws: of arrivals, of handlers, of inits")
  func ownDraws() {
    var scenario = Scenario.small(functions: 2)
    for place in 0..<2 {
      scenario.functions[place].handler = .exponential(mean: .milliseconds(300))
      scenario.functions[place].functionInit = .exponential(mean: .milliseconds(300))
      let gaps = Traffic.Pattern.gaps(.exponential(mean: .seconds(5)), from: 0, until: .seconds(100))
      scenario.traffic.append(Traffic(gaps, function: place))
    }
    var run = Run(scenario)
    run.simulator.advance(to: .never, into: &run.log)
    let arrivals = run.timeline.requests.map(\.arrival)
    let inits = run.reports.map(\.initDuration).filter { $0 >= 0 }
    let durations = run.reports.map(\.duration)
    #expect(Set(arrivals).count == arrivals.count)
    #expect(Set(inits).count == inits.count)
    #expect(Set(durations).count == durations.count)
    #expect(inits.count > 10)
  }

  @Test("patterns at the end of time end, and never go back")
  func endOfTime() {
    #expect(arrivals(.gaps(.fixed(1), from: .never, until: .never), start: .seconds(9)) == [])
    #expect(arrivals(.every(1, from: .never, until: .never), start: .seconds(9)) == [])
    #expect(arrivals(.burst(count: 2, at: .never, over: .never), start: .seconds(9)) == [])
    #expect(arrivals(.ramp(from: 1e-12, to: 0, begin: 0, end: .never), start: .seconds(1 << 33)).count <= 1)
  }
}
