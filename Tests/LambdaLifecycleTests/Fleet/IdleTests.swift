import LambdaLifecycle
import Testing

@Suite("Fleet: idle environments and their life")
struct IdleTests {
  @Test(
    "which idle environment gets a request is a setting: newest, most recently used or oldest [not documented by AWS]",
    arguments: [(IdleChoice.newest, "env-3"), (.mostRecentlyUsed, "env-2"), (.oldest, "env-1")])
  func choice(_ choice: IdleChoice, _ taken: String) {
    var scenario = Scenario.small
    scenario.function.idleChoice = choice
    scenario.function.idleTimeout = .fixed(.seconds(60))
    // Three at once; the second is the last to be done.
    let requests = ([500, 2_000, 1_000] as [Int64]).map { length in
      var request = TracedRequest(at: 0)
      request.duration = .milliseconds(length)
      return request
    }
    scenario.traffic = [Traffic(.trace(requests))]
    var run = Run(scenario)
    run.request(at: 5_000)
    #expect(run.assigned == ["env-1", "env-2", "env-3", taken])
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
    let timeline = run.timeline
    for track in timeline.tracks {
      for span in track.spans(timeline.requests) where span.phase == .frozen {
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
