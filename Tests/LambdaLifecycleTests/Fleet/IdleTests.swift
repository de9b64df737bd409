import LambdaLifecycle
import Testing

@Suite("Fleet: idle environments and their life")
struct IdleTests {
  /// Three environments that become idle in the order 2, 3, 1; then one request.
  private func taken(_ choice: IdleChoice) -> String? {
    var scenario = Scenario.small
    scenario.function.idleChoice = choice
    scenario.function.idleTimeout = .fixed(.seconds(60))
    var run = Run(scenario)
    run.requests(3, at: 0)
    // All are idle at 600; env-3, env-2 and env-1 work again, by the choice in some order.
    run.advance(to: 700)
    return nextTaken(&run)
  }

  private func nextTaken(_ run: inout Run) -> String? {
    run.request(at: 2_000)
    return run.assigned.last
  }

  @Test("which idle environment gets a request is a setting: the newest created [not documented by AWS]")
  func newest() {
    #expect(taken(.newest) == "env-3")
  }

  @Test("which idle environment gets a request is a setting: the oldest [not documented by AWS]")
  func oldest() {
    #expect(taken(.oldest) == "env-1")
  }

  @Test("which idle environment gets a request is a setting: the most recently used [not documented by AWS]")
  func mostRecentlyUsed() {
    var scenario = Scenario.small
    scenario.function.idleTimeout = .fixed(.seconds(60))
    var last: [IdleChoice: String] = [:]
    for choice in IdleChoice.allCases {
      scenario.function.idleChoice = choice
      var run = Run(scenario)
      // env-1 is busy until 600, env-2 until 700, env-3 until 800 …
      run.request(at: 0, 100, 200)
      // … and the one taken now, by whatever choice, until 1,300; it is the most recently used then.
      run.request(at: 1_000)
      let used = run.assigned.last
      run.request(at: 2_000)
      last[choice] = run.assigned.last
      if choice == .mostRecentlyUsed { #expect(run.assigned.last == used) }
    }
    // All were used in the order of their age, so the most recently used was the newest, and stayed it.
    #expect(last == [.newest: "env-3", .oldest: "env-1", .mostRecentlyUsed: "env-3"])
    // Out of that order: env-1 is used again after env-2.
    scenario.function.idleChoice = .mostRecentlyUsed
    scenario.traffic = [Traffic(.trace([longOne]))]
    var run = Run(scenario)
    run.request(at: 100)
    run.request(at: 5_000)
    #expect(run.assigned == ["env-1", "env-2", "env-1"])
  }

  /// It is done at 2,300, long after the other.
  private var longOne: TracedRequest {
    var request = TracedRequest(at: 0)
    request.duration = .seconds(2)
    return request
  }

  @Test(
    "idle timeouts are drawn anew for each idle time, from the lengths that are given [observed, not documented]"
  )
  func empirical() {
    var scenario = Scenario.small
    let lengths: [Nanoseconds] = [.seconds(328), .seconds(351), .seconds(359), .seconds(368)]
    scenario.function.idleTimeout = .empirical(lengths)
    // Far enough apart that each has an environment of its own.
    scenario.traffic = [Traffic(.every(.seconds(1_000), from: 0, until: .seconds(200_000)))]
    var run = Run(scenario)
    run.simulator.advance(to: .never, into: &run.log)
    var found: [Nanoseconds: Int] = [:]
    for track in run.timeline.tracks {
      for span in track.spans(run.timeline.requests) where span.phase == .frozen {
        found[(span.end ?? .never) - span.start, default: 0] += 1
      }
    }
    #expect(Set(found.keys) == Set(lengths))
    // 200 of them, 50 of each are expected, standard deviation 6.1.
    #expect(found.values.allSatisfy { (26...74).contains($0) })
  }

  @Test("rule environments are replaced even under continuous load [execution environment page]")
  func lifetime() {
    var scenario = Scenario.small
    scenario.function.maximumLifetime = .fixed(.seconds(5))
    // A request every 400 ms of 300 ms: it is never idle for long.
    scenario.traffic = [Traffic(.every(.milliseconds(400), from: 0, until: .seconds(60)))]
    var run = Run(scenario)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.timeline.tracks.count >= 10)
    for track in run.timeline.tracks {
      // Nobody is interrupted: what is in flight when the time is over is finished.
      #expect(track.gone - track.created <= .seconds(5) + .milliseconds(300))
    }
    #expect(run.timeline.requests.allSatisfy { $0.outcome == .success })
  }

  @Test(
    "rule an idle environment goes at its maximum lifetime, however long it might idle [execution environment page]"
  )
  func lifetimeWhileIdle() {
    var scenario = Scenario.small
    scenario.function.idleTimeout = .fixed(.seconds(360))
    scenario.function.maximumLifetime = .fixed(.seconds(5))
    var run = Run(scenario)
    run.request(at: 0)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.timeline.tracks.map(\.gone) == [.seconds(5)])
  }

  @Test("an environment that is too old takes no request, not even at the moment it becomes free")
  func tooOld() {
    var scenario = Scenario.small
    scenario.function.maximumLifetime = .fixed(.milliseconds(500))
    var policy = RetryPolicy()
    policy.firstDelay = .milliseconds(200)
    policy.maximumRetries = 1
    var traffic = Traffic(.times([0]))
    traffic.kind = .handlerError
    traffic.handler = .fixed(.milliseconds(100))
    traffic.invocation = .asynchronous(policy)
    // Its retry comes at 600, in the moment in which the other environment is free, and too old.
    scenario.traffic = [traffic, Traffic(.times([0]))]
    var run = Run(scenario)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.assigned == ["env-1", "env-2", "env-3"])
    #expect(run.timeline.tracks.map(\.gone) == [500, 600, 1_100].map { .milliseconds($0) })
  }
}
