import LambdaLifecycle
import Testing

@Suite("Fleet: provisioned concurrency")
struct ProvisionedFleetTests {
  /// `count` environments of 300 ms init, allocated at once from 1 s on.
  private func scenario(_ count: Int) -> Scenario {
    var scenario = Scenario.small
    scenario.function.initializationType = .provisionedConcurrency
    var provisioned = ProvisionedConcurrency(environments: count)
    provisioned.delay = .seconds(1)
    scenario.function.provisioned = provisioned
    return scenario
  }

  @Test("rule allocation begins after a minute or two [provisioned concurrency page]")
  func delay() {
    #expect(ProvisionedConcurrency(environments: 1).delay == .seconds(60))
    var run = Run(scenario(1))
    run.advance(to: 2_000)
    #expect(run.picture == "env-1           rff.......")
    #expect(run.creations == [1_000])
  }

  @Test("rule up to 6,000 environments a minute are allocated for a function [provisioned concurrency page]")
  func rate() {
    var run = Run(scenario(50))
    run.advance(to: 5_000)
    #expect(run.creations == (0..<50).map { 1_000 + 10 * $0 })
  }

  @Test("rule none can be used until all are allocated [provisioned concurrency page]")
  func notUsableBefore() {
    var slow = scenario(3)
    slow.function.provisioned?.perMinute = 60
    var run = Run(slow)
    // The third is up at 3,300.
    run.request(at: 2_500, 3_250, 3_350)
    run.advance(to: 5_000)
    let types = run.log.events.compactMap { event -> InitializationType? in
      if case .environmentCreated(let type) = event.kind { type } else { nil }
    }
    #expect(types == [.provisionedConcurrency, .provisionedConcurrency, .onDemand, .provisionedConcurrency])
    #expect(run.assigned.map { String($0) } == ["env-3", "env-3", "env-4"])
  }

  @Test(
    "rule what is beyond provisioned concurrency runs on demand, in environments of its own [provisioned concurrency page]"
  )
  func spillover() {
    var run = Run(scenario(2))
    run.requests(3, at: 2_000)
    run.advance(to: 3_000)
    #expect(run.timeline.requests.map(\.isCold) == [false, false, true])
    #expect(
      run.timeline.tracks.map(\.initializationType) == [
        .provisionedConcurrency, .provisionedConcurrency, .onDemand,
      ])
    // Free again, they are preferred to the one on demand.
    run.requests(2, at: 3_000)
    #expect(Set(run.assigned.suffix(2)) == ["env-1", "env-2"])
  }

  @Test("rule ten requests a second for each unit, the rest runs on demand [provisioned concurrency page]")
  func requestRate() {
    var scenario = scenario(1)
    scenario.function.handler = .fixed(.milliseconds(10))
    scenario.traffic = [Traffic(.every(.milliseconds(20), from: .seconds(2), until: .milliseconds(2_300)))]
    var run = Run(scenario)
    run.advance(to: 5_000)
    // The first ten, and one more each 100 ms: at 2,200 and 2,300 (which is no request any more).
    let provisioned = run.assigned.count { $0 == "env-1" }
    #expect(run.assigned.count == 15)
    #expect(provisioned == 12)
    #expect(run.throttles == [])
  }

  @Test(
    "rule provisioned concurrency is part of the function's reserved concurrency [provisioned concurrency page]"
  )
  func withinReserved() {
    var scenario = scenario(2)
    scenario.function.reservedConcurrency = 3
    var run = Run(scenario)
    run.requests(4, at: 2_000)
    run.advance(to: 3_000)
    #expect(run.outcomes == ["success", "success", "success", "throttled"])
    #expect(run.throttles == ["ReservedFunctionConcurrentInvocationLimitExceeded"])
  }

  @Test("rule provisioned concurrency is taken from the account's [provisioned concurrency page]")
  func withinAccount() {
    var scenario = scenario(2)
    var other = scenario.function
    other.name = "other"
    other.initializationType = .onDemand
    other.provisioned = nil
    scenario.functions.append(other)
    scenario.account.concurrency = 3
    var run = Run(scenario)
    run.requests(2, function: 1, at: 2_000)
    run.requests(2, function: 0, at: 2_000)
    run.advance(to: 3_000)
    #expect(run.outcomes == ["success", "throttled", "success", "success"])
  }

  @Test("rule it is kept ready however long it idles [provisioned concurrency page]")
  func isKept() {
    var run = Run(scenario(2))
    run.requests(3, at: 2_000)
    run.advance(to: 10_000_000)
    #expect(run.timeline.tracks.map { $0.gone == .never } == [true, true, false])
  }

  @Test("rule environments are recycled, and replaced [provisioned concurrency page]")
  func recycled() {
    var scenario = scenario(2)
    scenario.function.maximumLifetime = .fixed(.seconds(100))
    var run = Run(scenario)
    run.advance(to: 350_000)
    #expect(run.creations == [1_000, 1_010, 102_000, 102_010, 203_000, 203_010, 304_000, 304_010])
    // While one is replaced the others stay usable.
    run.request(at: 402_005)
    #expect(run.assigned == ["env-8"])
  }

  @Test("rule init is billed by itself, used or not [provisioned concurrency page]")
  func initIsBilled() {
    var scenario = scenario(2)
    scenario.function.memoryMB = 1_024
    var run = Run(scenario)
    run.request(at: 2_000)
    run.advance(to: 3_000)
    #expect(run.initReports.map(\.billedMs) == [300, 300])
    #expect(run.initReports.allSatisfy { $0.initializationType == .provisionedConcurrency })
    // Not a second time with the first invocation.
    #expect(run.reports.map(\.initDuration) == [-1])
    #expect(run.reports.map(\.billedMs) == [300])
    #expect(run.timeline.statistics.billing.gbSeconds(.provisionedRun, .x86) == 0.9)
  }

  @Test("rule it is paid for as long as it is configured, held and run at their own prices [pricing page]")
  func held() {
    var scenario = scenario(2)
    scenario.function.memoryMB = 1_024
    scenario.function.architecture = .arm64
    var run = Run(scenario, keepsEvents: false)
    run.requests(3, at: 2_000)
    run.advance(to: 100_000)
    let figures = run.simulator.figures
    #expect(figures.billing.gbSeconds(.provisionedHeld, .arm64) == 200)
    #expect(figures.billing.gbSeconds(.provisionedRun, .arm64) == 1.2)
    #expect(figures.billing.gbSeconds(.onDemand, .arm64) == 0.6)
    let cost = 200 * 0.0000033334 + 1.2 * 0.0000077778 + 0.6 * 0.0000133334 + 3 * 0.0000002
    #expect(abs(run.simulator.cost - cost) < 1e-12)
  }

  @Test(
    "rule an init that fails fails the allocation: FUNCTION_ERROR_INIT_FAILURE [LocalStack's snapshots of AWS]"
  )
  func initFailure() {
    var scenario = scenario(4)
    scenario.function.provisioned?.perMinute = 60
    scenario.function.failures.initError = 1
    var run = Run(scenario)
    run.advance(to: 100_000)
    #expect(run.markers == ["1300 provisioned concurrency: FAILED, FUNCTION_ERROR_INIT_FAILURE"])
    #expect(run.creations == [1_000])
    #expect(run.initReports.map(\.outcome) == [.error])
    #expect(run.timeline.tracks.map { $0.gone != .never } == [true])
    // Requests run on demand, and nothing is held.
    run.request(at: 100_000)
    run.advance(to: 110_000)
    #expect(run.timeline.tracks.last?.initializationType == .onDemand)
    #expect(run.simulator.figures.billing.gbSeconds(.provisionedHeld, .x86) == 0)
  }

  @Test("where one of several fails, the others are given back, and it is told once")
  func oneOfSeveral() throws {
    var scenario = scenario(20)
    scenario.function.failures.initError = 0.15
    scenario.function.extensions = [.quick]
    var run = Run(scenario, seed: 3)
    run.advance(to: 100_000)
    #expect(run.markers.count == 1)
    #expect(run.creations.count > 1)
    #expect(run.initReports.contains { $0.outcome == .success })
    #expect(run.simulator.environments.isEmpty)
    #expect(run.timeline.anomalies == 0)
  }

  @Test("a replacement whose init fails is replaced in its turn; the others stay usable")
  func replacementFails() {
    var scenario = scenario(3)
    scenario.function.maximumLifetime = .uniform(.seconds(20), .seconds(60))
    scenario.function.failures.initError = 0.05
    for seed in 1...40 as ClosedRange<UInt64> {
      var run = Run(scenario, seed: seed)
      run.advance(to: 600_000)
      let isUp = run.initReports.prefix(3).allSatisfy { $0.outcome == .success }
      #expect(run.markers.isEmpty == isUp)
      if isUp { #expect(run.simulator.environments.count >= 2) }
    }
  }

  @Test(
    "rule an init ahead of requests may take 130 s, or the function's timeout [execution environment page]")
  func initLimit() {
    var scenario = scenario(1)
    scenario.function.functionInit = .fixed(.seconds(100))
    var run = Run(scenario)
    run.advance(to: 200_000)
    #expect(run.initReports.map(\.outcome) == [.success])
    scenario.function.functionInit = .fixed(.seconds(131))
    var failed = Run(scenario)
    failed.advance(to: 200_000)
    #expect(failed.initReports.map(\.outcome) == [.timeout])
    #expect(failed.markers.count == 1)
    scenario.function.timeout = .seconds(140)
    var longer = Run(scenario)
    longer.advance(to: 200_000)
    #expect(longer.initReports.map(\.outcome) == [.success])
  }

  @Test("rule it has no CPU boost during init [Serverless Land]")
  func noBoost() {
    var scenario = scenario(1)
    scenario.function.cpu.computing = 1
    scenario.function.cpu.measuredAtMB = 1_024
    scenario.function.memoryMB = 512
    var run = Run(scenario)
    run.requests(2, at: 3_000)
    run.advance(to: 5_000)
    // Twice as long as measured; the one on demand beside it is not.
    #expect(run.initReports.map(\.duration) == [.milliseconds(600)])
    #expect(run.reports.map(\.initDuration).max() == .milliseconds(300))
  }

  @Test("a reset keeps the environment provisioned; its init then runs inside the next invocation")
  func reset() {
    var run = Run(scenario(1))
    run.request(.crash, at: 2_000)
    run.request(at: 5_000)
    run.advance(to: 6_000)
    #expect(run.assigned == ["env-1", "env-1"])
    #expect(run.creations == [1_000])
    #expect(run.outcomes == ["error", "success"])
    #expect(run.timeline.statistics.reinits == 1)
  }
}
