import LambdaLifecycle
import Testing

@Suite("Fleet: concurrency")
struct ConcurrencyTests {
  @Test("rule reserved concurrency is the most a function gets [reserved concurrency page]")
  func cap() {
    var scenario = Scenario.small
    scenario.function.reservedConcurrency = 2
    var run = Run(scenario)
    run.requests(3, at: 0)
    run.advance(to: 1_000)
    #expect(run.outcomes == ["success", "success", "throttled"])
    #expect(run.throttles == ["ReservedFunctionConcurrentInvocationLimitExceeded"])
  }

  @Test("rule reserved concurrency is a share that no other function can take [reserved concurrency page]")
  func share() {
    var scenario = Scenario.small(functions: 2)
    scenario.account.concurrency = 5
    scenario.functions[0].reservedConcurrency = 2
    var run = Run(scenario)
    run.requests(5, function: 1, at: 0)
    run.requests(2, function: 0, at: 100)
    run.advance(to: 1_000)
    #expect(run.outcomes.suffix(2) == ["success", "success"])
    #expect(run.outcomes.filter { $0 == "throttled" }.count == 2)
  }

  @Test(
    "rule unreserved concurrency is the account's less all that is reserved, shared by the rest [concurrency page]"
  )
  func unreserved() {
    var scenario = Scenario.small(functions: 4)
    scenario.account.concurrency = 10
    scenario.functions[0].reservedConcurrency = 3
    scenario.functions[1].reservedConcurrency = 4
    var run = Run(scenario)
    run.requests(2, function: 2, at: 0)
    run.requests(2, function: 3, at: 0)
    run.advance(to: 1_000)
    #expect(run.outcomes == ["success", "success", "success", "throttled"])
    #expect(run.throttles == ["ConcurrentInvocationLimitExceeded"])
  }

  @Test("rule reserved concurrency of 0 switches the function off [reserved concurrency page]")
  func off() {
    var scenario = Scenario.small
    scenario.function.reservedConcurrency = 0
    var run = Run(scenario)
    run.request(at: 0)
    #expect(run.throttles == ["ReservedFunctionConcurrentInvocationLimitExceeded"])
    #expect(run.creations.isEmpty)
  }

  @Test(
    "rule concurrency is free again when the invocation has ended, extensions included [concurrency page]")
  func freeAgain() {
    var scenario = Scenario.small
    scenario.account.concurrency = 1
    scenario.function.extensions = [
      ExtensionScenario(
        name: "agent", register: .fixed(0), ready: .fixed(0), work: .fixed(.milliseconds(200)),
        exit: .fixed(0))
    ]
    var run = Run(scenario)
    // Init 300 ms, handler 300 ms, extension 200 ms.
    run.request(at: 0, 700, 800)
    run.advance(to: 2_000)
    #expect(run.outcomes == ["success", "throttled", "success"])
  }

  @Test("rule a throttled request is no invocation: it creates nothing and is not billed [metrics page]")
  func throttledIsNoInvocation() {
    var scenario = Scenario.small
    scenario.account.concurrency = 1
    var run = Run(scenario)
    run.requests(3, at: 0)
    run.advance(to: 1_000)
    #expect(run.creations.count == 1)
    #expect(run.reports.count == 1)
    #expect(run.timeline.statistics.throttles == 2)
  }

  @Test(
    "rule a function adds 1,000 environments in ten seconds, one each 10 ms after that [scaling behaviour page]"
  )
  func scalingRate() {
    var scenario = Scenario.small
    scenario.account.concurrency = 5_000
    var run = Run(scenario, keepsEvents: false)
    run.requests(1_001, at: 0)
    #expect(run.simulator.statistics.throttles == 1)
    run.requests(2, at: 10)
    #expect(run.simulator.statistics.throttles == 2)
    run.requests(10, at: 100)
    #expect(run.simulator.statistics.throttles == 3)
    #expect(run.simulator.statistics.coldStarts == 1_010)
  }

  @Test(
    "rule the scaling rate is refilled continuously and not saved up when unused [scaling behaviour page]")
  func notSavedUp() {
    var scenario = Scenario.small
    scenario.account.environmentsPer10s = 4
    scenario.function.handler = .fixed(.seconds(2))
    scenario.function.idleTimeout = .fixed(0)
    var run = Run(scenario)
    // After a long time without use there are 4, not more.
    run.requests(6, at: 1_000_000)
    run.requests(1, at: 1_002_499)
    run.requests(2, at: 1_002_500)
    run.advance(to: 1_010_000)
    #expect(run.creations == [1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_002_500])
    #expect(run.throttles == Array(repeating: "FunctionInvocationRateLimitExceeded", count: 4))
  }

  @Test("rule the scaling rate is each function's own [scaling behaviour page]")
  func scalingRateOfEach() {
    var scenario = Scenario.small(functions: 2)
    scenario.account.environmentsPer10s = 2
    var run = Run(scenario)
    run.requests(3, function: 0, at: 0)
    run.requests(2, function: 1, at: 0)
    run.advance(to: 1_000)
    #expect(run.outcomes == ["success", "success", "throttled", "success", "success"])
  }

  @Test("rule a warm environment needs nothing of the scaling rate [scaling behaviour page]")
  func reuseIsNoScaling() {
    var scenario = Scenario.small
    scenario.account.environmentsPer10s = 1
    var run = Run(scenario)
    run.request(at: 0, 700, 1_100, 1_500)
    run.advance(to: 2_000)
    #expect(run.outcomes == Array(repeating: "success", count: 4))
  }

  @Test(
    "rule ten requests a second for each unit of concurrency: a 20 ms function is rate-bound [concurrency page]"
  )
  func requestRate() {
    var scenario = Scenario.small
    scenario.account.concurrency = 10
    scenario.function.runtimeInit = .fixed(0)
    scenario.function.functionInit = .fixed(0)
    scenario.function.handler = .fixed(.milliseconds(20))
    // 200 requests a second are a concurrency of 4, but twice the quota of 100.
    scenario.traffic = [Traffic(.every(.milliseconds(5), from: 0, until: .seconds(10)))]
    var run = Run(scenario)
    run.advance(to: 20_000)
    #expect(Set(run.throttles) == ["CallerRateLimitExceeded"])
    // 100 at the beginning, and 100 each second after it.
    #expect(run.timeline.requests.count { !$0.isThrottled } == 1_099)
    #expect(run.timeline.statistics.peakConcurrency == 4)
  }

  @Test("rule with reserved concurrency the request rate is ten for each reserved unit [concurrency page]")
  func reservedRequestRate() {
    var scenario = Scenario.small
    scenario.function.reservedConcurrency = 1
    scenario.function.runtimeInit = .fixed(0)
    scenario.function.functionInit = .fixed(0)
    scenario.function.handler = .fixed(.milliseconds(10))
    scenario.traffic = [Traffic(.every(.milliseconds(10), from: 0, until: .milliseconds(300)))]
    var run = Run(scenario)
    run.advance(to: 1_000)
    #expect(Set(run.throttles) == ["ReservedFunctionInvocationRateLimitExceeded"])
    #expect(run.outcomes.prefix(11).allSatisfy { $0 == "success" })
    #expect(run.outcomes.count { $0 == "success" } == 12)
  }

  @Test("rule the account's concurrency is 1,000 by default, 10,000 requests a second [quotas page]")
  func defaults() {
    var run = Run(.small, keepsEvents: false)
    run.requests(1_001, at: 0)
    #expect(run.simulator.statistics.throttles == 1)
    #expect(run.simulator.statistics.concurrency == 1_000)
    #expect(AccountQuotas().requestsPerConcurrency == 10)
  }
}
