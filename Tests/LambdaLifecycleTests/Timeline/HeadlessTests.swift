import LambdaLifecycle
import Testing

/// A run without events counts the same as the timeline of that run with events: fleets of every kind.
@Suite("Figures without events")
struct HeadlessTests {
  static let scenarios: [(name: String, scenario: Scenario)] = [
    (
      "asynchronous, with a reserved concurrency of 2, failures and retries",
      scenario(.exponential(mean: .milliseconds(400)), .asynchronous(RetryPolicy())) {
        $0.reservedConcurrency = 2
        $0.timeout = .seconds(2)
        $0.failures.handlerError = 0.2
        $0.failures.crash = 0.1
        $0.failures.timeout = 0.05
      }
    ),
    (
      "provisioned concurrency with spillover",
      scenario(.exponential(mean: .milliseconds(300))) {
        var provisioned = ProvisionedConcurrency(environments: 2)
        provisioned.delay = .seconds(10)
        $0.provisioned = provisioned
        $0.architecture = .arm64
      }
    ),
    (
      "SnapStart",
      scenario(.exponential(mean: .seconds(2))) {
        $0.initializationType = .snapStart
        $0.afterRestore = .fixed(.milliseconds(90))
      }
    ),
    (
      "Managed Instances",
      scenario(.exponential(mean: .milliseconds(100))) {
        $0.initializationType = .managedInstances
        $0.managedInstances.concurrencyPerEnvironment = 4
        // After a timeout the code goes on, and its worker is not free: no more of its invocation.
        $0.timeout = .seconds(900)
      }
    ),
  ]

  private static func scenario(
    _ gaps: DurationModel, _ invocation: InvocationType = .synchronous,
    _ change: (inout FunctionScenario) -> Void
  ) -> Scenario {
    var scenario = Scenario()
    scenario.function.create = .fixed(.milliseconds(100))
    scenario.function.runtimeInit = .fixed(.milliseconds(100))
    scenario.function.functionInit = .logNormal(median: .milliseconds(200), p99: .milliseconds(900))
    scenario.function.handler = .logNormal(median: .milliseconds(200), p99: .milliseconds(1_500))
    scenario.function.idleTimeout = .fixed(.seconds(5))
    change(&scenario.function)
    var traffic = Traffic(.gaps(gaps, from: .seconds(2), until: .seconds(120)))
    traffic.invocation = invocation
    scenario.traffic = [traffic]
    return scenario
  }

  @Test("fleets of every kind", arguments: scenarios.indices, 1...5 as ClosedRange<UInt64>)
  func figures(index: Int, seed: UInt64) {
    let (name, scenario) = Self.scenarios[index]
    var headless = Run(scenario, seed: seed, keepsEvents: false)
    var run = Run(scenario, seed: seed)
    // Traffic ends after two minutes; what is under way then has ended.
    headless.advance(to: 150_000)
    run.advance(to: 150_000)
    let end = Timestamp.seconds(150)
    let timeline = run.timeline
    let (expected, found) = (headless.simulator.statistics, timeline.statistics)
    #expect(found.figures == expected.figures, "\(name)")
    #expect(
      found.populationFigures(from: 0, until: end) == expected.populationFigures(from: 0, until: end),
      "\(name)")
    #expect(
      timeline.statistics(withProvisionedUntil: end).billing == headless.simulator.figures.billing, "\(name)")
    #expect(timeline.anomalies == 0, "\(name)")
    #expect(timeline.duplicates == 0, "\(name)")
    #expect(timeline.late == 0, "\(name)")
    var cursor = StatisticsCursor()
    #expect(cursor.statistics(of: timeline, at: end).figures == expected.figures, "\(name)")
    #expect(found.requests > 10, "\(name)")
  }
}
