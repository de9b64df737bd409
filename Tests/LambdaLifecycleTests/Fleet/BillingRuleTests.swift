import LambdaLifecycle
import Testing

@Suite("Fleet: billing")
struct BillingRuleTests {
  /// Init 542.01 ms, handler 3.1 ms, 1,024 MB.
  private var scenario: Scenario {
    var scenario = Scenario.small
    scenario.function.runtimeInit = .fixed(0)
    scenario.function.functionInit = .fixed(542_010_000)
    scenario.function.handler = .fixed(3_100_000)
    scenario.function.memoryMB = 1_024
    return scenario
  }

  @Test(
    "rule Billed Duration = ceil(Duration + Init Duration) in milliseconds [real logs of 2026]",
    arguments: [(3_100_000, 542_010_000, 546), (2_460_000, 413_610_000, 417), (55_010_000, 127_750_000, 183)])
  func formula(_ duration: Nanoseconds, _ initialization: Nanoseconds, _ billed: Int32) {
    var scenario = scenario
    scenario.function.handler = .fixed(duration)
    scenario.function.functionInit = .fixed(initialization)
    var run = Run(scenario)
    run.request(at: 0)
    run.advance(to: 2_000)
    #expect(run.reports.map(\.billedMs) == [billed])
    #expect(run.reports.map(\.duration) == [duration])
    #expect(run.reports.map(\.initDuration) == [initialization])
  }

  @Test(
    "rule a timeout is billed with the limit and the init [real log of 2026: 600000.00 + 516.31 → 600517]")
  func timeout() {
    var scenario = scenario
    scenario.function.functionInit = .fixed(516_310_000)
    scenario.function.timeout = .seconds(600)
    var run = Run(scenario)
    run.request(.hang, at: 0)
    run.advance(to: 700_000)
    #expect(run.reports.map(\.billedMs) == [600_517])
    #expect(run.reports.map(\.duration) == [.seconds(600)])
  }

  @Test("rule a crash and lack of memory are billed for what has run, init included [real log of 2026]")
  func outOfMemory() {
    var scenario = scenario
    scenario.function.functionInit = .fixed(399_330_000)
    scenario.function.handler = .fixed(344_356_220_000)
    scenario.function.timeout = .seconds(900)
    for kind in [RequestKind.outOfMemory, .crash] {
      var run = Run(scenario)
      run.request(kind, at: 0)
      run.advance(to: 400_000)
      #expect(run.reports.map(\.billedMs) == [344_756])
    }
  }

  @Test("rule a suppressed init is part of the duration, and billed with it [execution environment page]")
  func suppressed() {
    var run = Run(scenario)
    run.request(.crash, at: 0)
    run.request(at: 1_000)
    run.advance(to: 3_000)
    #expect(run.reports.map(\.initDuration) == [542_010_000, -1])
    #expect(run.reports.map(\.duration) == [3_100_000, 545_110_000])
    #expect(run.reports.map(\.billedMs) == [546, 546])
  }

  @Test("rule create and download are not billed [pricing page: code, from init on]")
  func createIsFree() {
    var scenario = scenario
    scenario.function.create = .fixed(.seconds(1))
    scenario.function.code.packageMB = 100
    var run = Run(scenario)
    run.request(at: 0)
    run.advance(to: 4_000)
    #expect(run.timeline.requests.first?.wait == .seconds(2) + 545_110_000)
    #expect(run.reports.map(\.billedMs) == [546])
  }

  @Test("rule what extensions take after the runtime is billed too [Extensions API page]")
  func extensions() {
    var scenario = scenario
    var agent = ExtensionScenario.quick
    agent.work = .fixed(50_000_000)
    scenario.function.extensions = [agent]
    var run = Run(scenario)
    run.request(at: 0)
    run.advance(to: 3_000)
    #expect(run.reports.map(\.duration) == [53_100_000])
    #expect(run.reports.map(\.billedMs) == [596])
  }

  @Test("rule the price goes by memory times time, requests by the million, Arm has its own [pricing page]")
  func cost() {
    for (architecture, price) in [(Architecture.x86, 0.0000166667), (.arm64, 0.0000133334)] {
      var scenario = scenario
      scenario.function.architecture = architecture
      scenario.function.memoryMB = 512
      var run = Run(scenario, keepsEvents: false)
      run.request(at: 0, 1_000)
      run.advance(to: 2_000)
      // 546 ms and 4 ms at half a GB.
      #expect(run.simulator.figures.billing.gbSeconds(.onDemand, architecture) == 0.275)
      #expect(abs(run.simulator.cost - (0.275 * price + 2 * 0.0000002)) < 1e-15)
    }
  }

  @Test("rule a throttled request costs nothing, a failed one does [pricing page]")
  func throttled() {
    var scenario = scenario
    scenario.account.concurrency = 1
    var run = Run(scenario, keepsEvents: false)
    run.request(.handlerError, at: 0)
    run.request(at: 0)
    run.advance(to: 2_000)
    #expect(abs(run.simulator.cost - (0.546 * 0.0000166667 + 0.0000002)) < 1e-15)
  }

  @Test("prices can be given")
  func prices() {
    var scenario = scenario
    scenario.prices.requests = 1
    scenario.prices.gbSecondX86 = 10
    var run = Run(scenario, keepsEvents: false)
    run.request(at: 0)
    run.advance(to: 2_000)
    #expect(abs(run.simulator.cost - 6.46) < 1e-9)
  }
}
