import LambdaLifecycle
import Testing

/// Averages of an independent simulator (SimFaaS 0.2.2; Mahmoudi and Khazaei, 2021), over five seeds of 1,000,000 s
/// each: exponential arrivals and service times, warm mean 1.991 s, cold mean 2.244 s, the newest idle instance first.
/// Mean and standard deviation of one such run; ours may differ by three, of a run as long as ours and of their mean.
@Suite("Averages of SimFaaS")
struct SimFaaSAverageTests {
  private struct Average {
    let mean: Double
    let deviation: Double

    /// - Parameter share: the length of our run in theirs.
    func fits(_ value: Double, share: Double = 1) -> Bool {
      abs(value - mean) <= 3 * deviation * (1 / share + 1.0 / 5).squareRoot()
    }
  }

  private func scenario(idleTimeout: Nanoseconds, concurrency: Int) -> Scenario {
    var scenario = Scenario()
    scenario.account.concurrency = concurrency
    scenario.function.timeout = .seconds(900)
    scenario.function.idleTimeout = .fixed(idleTimeout)
    scenario.function.handler = .exponential(mean: .milliseconds(1_991))
    return scenario
  }

  @Test("0.1 requests a second, idle timeout 60 s, no limit: 1,000,000 s")
  func sparse() {
    // One sample of the cold duration covers init and execution.
    var requests: [TracedRequest] = []
    var time: Nanoseconds = 0
    for number in 1... as PartialRangeFrom<UInt64> {
      time += DurationModel.exponential(mean: .seconds(10)).sample(draw(seed: 5, .arrival, number))
      guard time < .seconds(1_000_000) else { break }
      var request = TracedRequest(at: time)
      request.coldDuration = DurationModel.exponential(mean: .milliseconds(2_244)).sample(
        draw(seed: 5, .functionInit, number))
      requests.append(request)
    }
    var scenario = scenario(idleTimeout: .seconds(60), concurrency: 1_000)
    scenario.traffic = [Traffic(.trace(requests))]
    var run = Run(scenario, keepsEvents: false)
    run.advance(to: 1_000_000_000)
    let figures = run.simulator.fleetFigures
    #expect(Average(mean: 0.07588, deviation: 0.00079).fits(figures.coldShare), "\(figures.coldShare)")
    #expect(figures.throttledShare == 0)
    #expect(
      Average(mean: 1.6914, deviation: 0.0058).fits(figures.meanEnvironments), "\(figures.meanEnvironments)")
    #expect(Average(mean: 0.2006, deviation: 0.0006).fits(figures.meanRunning), "\(figures.meanRunning)")
    #expect(Average(mean: 1.4908, deviation: 0.0057).fits(figures.meanIdle), "\(figures.meanIdle)")
    let lifespan = (figures.meanLifespan ?? 0) / 1e9
    #expect(Average(mean: 223.3, deviation: 1.7).fits(lifespan), "\(lifespan)")
  }

  @Test("10 requests a second, idle timeout 600 s, at most 10 at once: 20,000 s")
  func saturated() {
    var scenario = scenario(idleTimeout: .seconds(600), concurrency: 10)
    scenario.traffic = [Traffic(.gaps(.exponential(mean: .milliseconds(100)), from: 0, until: .never))]
    var run = Run(scenario, keepsEvents: false)
    run.advance(to: 20_000_000)
    let figures = run.simulator.fleetFigures
    let share = 0.02
    // Ten cold starts, whatever the length.
    #expect(run.simulator.statistics.coldStarts == 10)
    #expect(figures.meanLifespan == nil)
    #expect(abs(figures.meanEnvironments - 10) < 0.002, "\(figures.meanEnvironments)")
    let rejected = Average(mean: 0.53617, deviation: 0.00026)
    #expect(rejected.fits(figures.throttledShare, share: share), "\(figures.throttledShare)")
    let running = Average(mean: 9.2361, deviation: 0.0007)
    #expect(running.fits(figures.meanRunning, share: share), "\(figures.meanRunning)")
    let idle = Average(mean: 0.7639, deviation: 0.0007)
    #expect(idle.fits(figures.meanIdle, share: share), "\(figures.meanIdle)")
    #expect(abs(figures.throttledShare - erlangB(servers: 10, load: 19.91)) < 0.006)
  }

  /// The share of calls that find all servers busy (A. K. Erlang, 1917).
  private func erlangB(servers: Int, load: Double) -> Double {
    (1...servers).reduce(1) { blocked, server in load * blocked / (Double(server) + load * blocked) }
  }
}
