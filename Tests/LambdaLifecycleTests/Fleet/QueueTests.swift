import LambdaLifecycle
import Testing

@Suite("Fleet: queue and event sources")
struct QueueTests {
  private func scenario(
    _ invocation: InvocationType = .asynchronous(RetryPolicy()), kind: RequestKind = .handlerError
  ) -> Scenario {
    var scenario = Scenario.small
    var traffic = Traffic(.times([0]))
    traffic.invocation = invocation
    traffic.kind = kind
    scenario.traffic = [traffic]
    return scenario
  }

  @Test(
    "rule an event whose function fails is tried again after one and after two minutes, then dropped [asynchronous invocation page]",
    arguments: [RequestKind.handlerError, .crash, .outOfMemory])
  func retries(_ kind: RequestKind) {
    var run = Run(scenario(kind: kind))
    run.advance(to: 1_000_000)
    #expect(
      run.story == [
        "0 arrives", "600 error", "60600 arrives", "61200 error", "181200 arrives", "181800 error",
        "181800 dropped: RetriesExhausted",
      ])
  }

  @Test("rule a retry has the request id of the event [real logs of asynchronous retries, 2023]")
  func sameID() {
    var run = Run(scenario())
    run.advance(to: 1_000_000)
    let ids = Set(run.log.events.map(\.request)).subtracting([.none])
    #expect(ids.count == 1)
    #expect(run.count { $0 == .requestArrived } == 3)
  }

  @Test(
    "rule after a handler's exception the retry finds the same environment warm [real logs of asynchronous retries, 2023]"
  )
  func sameEnvironment() {
    var scenario = scenario()
    scenario.function.idleTimeout = .fixed(.seconds(360))
    var run = Run(scenario)
    run.advance(to: 400_000)
    #expect(run.creations.count == 1)
    #expect(run.assigned == ["env-1", "env-1", "env-1"])
    #expect(run.reports.map(\.initDuration) == [.milliseconds(300), -1, -1])
  }

  @Test("rule an event that times out is tried again [asynchronous invocation page]")
  func timeout() {
    var scenario = scenario(kind: .hang)
    scenario.function.timeout = .seconds(1)
    var run = Run(scenario)
    run.advance(to: 61_500)
    #expect(run.story == ["0 arrives", "1300 timeout", "61300 arrives"])
  }

  @Test("rule the retries are a setting, 0 to 2 [asynchronous invocation page]", arguments: [0, 1])
  func fewerRetries(_ count: Int) {
    var policy = RetryPolicy()
    policy.maximumRetries = count
    var run = Run(scenario(.asynchronous(policy)))
    run.advance(to: 1_000_000)
    #expect(run.count { $0 == .requestArrived } == 1 + count)
    #expect(run.story.last?.hasSuffix("dropped: RetriesExhausted") == true)
  }

  @Test("rule a synchronous caller is left to its own devices [invocation page]")
  func synchronous() {
    var run = Run(scenario(.synchronous))
    run.advance(to: 1_000_000)
    #expect(run.story == ["0 arrives", "600 error"])
    var throttled = scenario(.synchronous)
    throttled.account.concurrency = 0
    var other = Run(throttled)
    other.advance(to: 1_000_000)
    #expect(other.story == ["0 arrives", "0 throttled"])
  }

  @Test(
    "rule a throttled event is tried again after 1 s, 2 s, 4 s … 5 min, for up to six hours [asynchronous invocation page]"
  )
  func backOff() {
    var scenario = scenario(kind: .normal)
    scenario.function.reservedConcurrency = 0
    var run = Run(scenario)
    run.advance(to: 10 * 3_600_000)
    let arrivals = run.timeline.requests.map { $0.arrival / .seconds(1) }
    let gaps = zip(arrivals.dropFirst(), arrivals).map { $0 - $1 }
    #expect(gaps.prefix(10) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
    #expect(gaps.dropFirst(9).allSatisfy { $0 == 300 })
    #expect(arrivals.last.map { $0 <= 6 * 3_600 && $0 + 300 > 6 * 3_600 } == true)
    #expect(run.story.last?.hasSuffix("dropped: EventAgeExceeded") == true)
    #expect(run.count { if case .requestDropped = $0 { true } else { false } } == 1)
  }

  @Test("rule throttled attempts use up none of the retries [asynchronous invocation page]")
  func throttledAndFailed() {
    var scenario = scenario()
    scenario.account.concurrency = 1
    // Somebody else has the only unit for the first two attempts.
    scenario.function.handler = .fixed(.milliseconds(900))
    scenario.traffic.insert(Traffic(.times([0])), at: 0)
    scenario.function.idleTimeout = .fixed(.seconds(360))
    var run = Run(scenario)
    run.advance(to: 1_000_000)
    #expect(
      run.story == [
        "0 arrives", "0 arrives", "0 throttled", "1000 arrives", "1000 throttled", "1200 success",
        "3000 arrives", "3900 error", "63900 arrives", "64800 error", "184800 arrives", "185700 error",
        "185700 dropped: RetriesExhausted",
      ])
  }

  @Test(
    "rule an event older than its maximum age is dropped instead of tried again [asynchronous invocation page]"
  )
  func age() {
    var policy = RetryPolicy()
    policy.maximumAge = .seconds(90)
    var run = Run(scenario(.asynchronous(policy)))
    run.advance(to: 1_000_000)
    #expect(
      run.story == [
        "0 arrives", "600 error", "60600 arrives", "61200 error", "61200 dropped: EventAgeExceeded",
      ])
  }

  @Test(
    "rule what fails or is throttled comes back from an event source by its own policy [event source mappings page]"
  )
  func eventSource() {
    var policy = RetryPolicy()
    policy.maximumRetries = 3
    policy.firstDelay = .seconds(30)
    policy.laterDelay = .seconds(30)
    var run = Run(scenario(.eventSource(policy)))
    run.advance(to: 1_000_000)
    let arrivals = run.timeline.requests.map { $0.arrival / .milliseconds(1) }
    #expect(arrivals == [0, 30_600, 61_200, 91_800])
    #expect(run.story.last == "92400 dropped: RetriesExhausted")
  }

  @Test("a further attempt draws anew: what fails by chance need not fail again")
  func drawsAnew() {
    var scenario = scenario(kind: .normal)
    scenario.function.failures.handlerError = 0.5
    scenario.function.handler = .exponential(mean: .milliseconds(100))
    scenario.traffic[0].pattern = .every(.seconds(1), from: 0, until: .seconds(400))
    var run = Run(scenario)
    run.advance(to: 1_000_000)
    let dropped = run.count { if case .requestDropped = $0 { true } else { false } }
    // One of eight is expected to fail three times: 50 of 400, standard deviation 6.6.
    #expect((24...76).contains(dropped))
  }

  @Test("a further attempt draws anew: an init that fails by chance need not fail again")
  func initDrawsAnew() {
    var scenario = scenario(kind: .normal)
    scenario.function.failures.initError = 0.7
    scenario.function.idleTimeout = .fixed(0)
    scenario.traffic[0].pattern = .every(.seconds(1), from: 0, until: .seconds(400))
    var run = Run(scenario)
    run.advance(to: 1_000_000)
    let dropped = run.count { if case .requestDropped = $0 { true } else { false } }
    // An attempt fails when init and suppressed init do: 0.49; three times: 0.1176, 47 of 400, standard deviation 6.4.
    #expect((21...73).contains(dropped))
  }

  @Test("headless: attempts, retries and dropped events are counted as they are told")
  func headless() {
    var scenario = scenario()
    scenario.traffic[0].pattern = .burst(count: 3, at: 0, over: 0)
    scenario.account.concurrency = 2
    var told = Run(scenario)
    told.advance(to: 1_000_000)
    var counted = Run(scenario, keepsEvents: false)
    counted.advance(to: 1_000_000)
    let statistics = counted.simulator.statistics
    #expect(statistics.requests == told.count { $0 == .requestArrived })
    #expect(statistics.retries == statistics.requests - 3)
    #expect(statistics.dropped == 3)
    #expect(statistics.throttles == told.throttles.count)
    #expect(statistics.throttles > 0)
  }
}
