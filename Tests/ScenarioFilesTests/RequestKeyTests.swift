import LambdaLifecycle
import ScenarioFiles
import Testing

/// Every key of a source of requests and its effect.
@Suite struct RequestKeyTests {
  @Test func moments() throws {
    #expect(try traffic("at: 1.5 s").pattern == .times([.milliseconds(1_500)]))
    #expect(try traffic("at: [2 s, 0 s, 1 ms]").pattern == .times([0, .milliseconds(1), .seconds(2)]))
  }

  @Test func regular() throws {
    #expect(
      try traffic("every: 10 s, from: 1 s, until: 5 min").pattern
        == .every(.seconds(10), from: .seconds(1), until: .seconds(300)))
    #expect(try traffic("every: 10 s").pattern == .every(.seconds(10), from: 0, until: .never))
    #expect(
      try traffic("every: {from: 1 s, to: 3 s}, until: 1 h").pattern
        == .gaps(.uniform(.seconds(1), .seconds(3)), from: 0, until: .seconds(3_600)))
  }

  @Test func poisson() throws {
    #expect(
      try traffic("poisson: 2 per second, from: 1 s, until: 2 s").pattern
        == .gaps(.exponential(mean: .milliseconds(500)), from: .seconds(1), until: .seconds(2)))
    func gap(_ rate: String) throws -> Traffic.Pattern { try traffic("poisson: \(rate)").pattern }
    #expect(try gap("120 per minute") == gap("2 per second"))
    #expect(try gap("0.5 per hour") == .gaps(.exponential(mean: .seconds(7_200)), from: 0, until: .never))
    // A third of a second, rounded to the nanosecond.
    #expect(try gap("3 per second") == .gaps(.exponential(mean: 333_333_333), from: 0, until: .never))
    #expect(try gap("1.5 per second") == .gaps(.exponential(mean: 666_666_667), from: 0, until: .never))
  }

  @Test func burst() throws {
    #expect(try traffic("burst: 50").pattern == .burst(count: 50, at: 0, over: 0))
    #expect(
      try traffic("burst: 50, at: 30 s, over: 1 s").pattern
        == .burst(count: 50, at: .seconds(30), over: .seconds(1)))
  }

  @Test func ramp() throws {
    #expect(
      try traffic("ramp: {from: 0 per second, to: 30 per minute}, from: 1 s, until: 10 s").pattern
        == .ramp(from: 0, to: 0.5, begin: .seconds(1), end: .seconds(10)))
  }

  @Test func kindsAndHandler() throws {
    let words = [
      "normal", "slow", "handlerError", "crash", "outOfMemory", "timeout", "initCrash", "extensionCrash",
      "slowExtension",
    ]
    let kinds = try words.map { try traffic("at: 0 s, kind: \($0)").kind }
    #expect(kinds == RequestKind.allCases)
    #expect(try traffic("at: 0 s").handler == nil)
    #expect(try traffic("at: 0 s, handler: 3 s").handler == .fixed(.seconds(3)))
  }

  /// Twice, after one and two minutes; throttled from 1 s to 5 minutes, up to 6 hours [asynchronous invocation page].
  @Test func invocationTypes() throws {
    #expect(try traffic("at: 0 s").invocation == .synchronous)
    #expect(try traffic("at: 0 s, invocation: asynchronous").invocation == .asynchronous(RetryPolicy()))
    var policy = RetryPolicy()
    policy.maximumRetries = 1
    policy.maximumAge = .seconds(600)
    policy.firstDelay = .seconds(1)
    policy.laterDelay = .seconds(2)
    policy.throttleDelay = .seconds(3)
    policy.longestThrottleDelay = .seconds(4)
    #expect(
      try traffic(
        """
        at: 0 s, invocation: eventSource, retries: {maximumRetryAttempts: 1, maximumEventAge: 10 min, firstDelay: 1 s,
        laterDelay: 2 s, throttleDelay: 3 s, longestThrottleDelay: 4 s}
        """
      ).invocation == .eventSource(policy))
  }

  @Test func functionsByName() throws {
    // The requests stand before the functions that they name.
    let file = try read(
      """
      requests: [{function: two, at: 0 s}, {function: one, at: 0 s}]
      functions: {one: {}, two: {}}
      """)
    #expect(file.scenario.functions.map(\.name) == ["one", "two"])
    #expect(file.scenario.traffic.map(\.function) == [1, 0])
  }
}
