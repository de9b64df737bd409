import LambdaLifecycle
import Testing

@Suite("Fleet: Managed Instances")
struct ManagedFleetTests {
  /// Init 300 ms, handler 300 ms, two workers in each environment.
  private var scenario: Scenario {
    var scenario = Scenario.small
    scenario.function.initializationType = .managedInstances
    scenario.function.managedInstances.concurrencyPerEnvironment = 2
    scenario.function.managedInstances.maximum = 5
    return scenario
  }

  @Test("rule at least three environments, kept without any request [Managed Instances scaling page]")
  func minimum() {
    var run = Run(scenario)
    run.advance(to: 100_000)
    #expect(run.creations == [0, 0, 0])
    #expect(run.simulator.environments.count == 3)
    #expect(ManagedInstances().minimum == 3)
  }

  @Test("rule no freeze: an environment goes on running between invocations [Managed Instances page]")
  func noFreeze() {
    var run = Run(scenario)
    run.request(at: 1_000, 2_000)
    run.advance(to: 3_000)
    #expect(run.count { $0 == .thawed } == 0)
    #expect(run.count { if case .phaseBegan(.frozen, _) = $0 { true } else { false } } == 0)
    #expect(run.picture.contains("rff       iii       iii"))
  }

  @Test("rule unfinished work goes on at once, because nothing is frozen [Managed Instances page]")
  func background() {
    var scenario = scenario
    scenario.function.background = .fixed(.milliseconds(400))
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 3_000)
    let outputs = run.log.events.compactMap { event -> Int64? in
      if case .output(.function, _) = event.kind { event.time / .milliseconds(1) } else { nil }
    }
    #expect(outputs == [1_700])
  }

  @Test(
    "rule several invocations at once in one environment, to the one with most free workers first [Managed Instances page]"
  )
  func several() {
    var run = Run(scenario)
    run.requests(4, at: 1_000)
    run.advance(to: 1_200)
    #expect(run.assigned == ["env-1", "env-2", "env-3", "env-1"])
    run.advance(to: 2_000)
    #expect(run.outcomes == Array(repeating: "success", count: 4))
    #expect(run.timeline.requests.allSatisfy { $0.wait == .milliseconds(300) && !$0.isCold })
    #expect(run.timeline.anomalies == 0)
  }

  @Test("rule when all workers are busy, further work is rejected [Managed Instances page]")
  func rejected() {
    var scenario = scenario
    scenario.function.managedInstances.maximum = 3
    var run = Run(scenario)
    run.requests(7, at: 1_000)
    run.advance(to: 2_000)
    #expect(run.outcomes.count { $0 == "success" } == 6)
    #expect(run.throttles == ["ConcurrentInvocationLimitExceeded"])
  }

  @Test("rule before the first worker is ready there is nobody to take work [Managed Instances page]")
  func notReady() {
    var run = Run(scenario)
    run.request(at: 299, 300)
    run.advance(to: 2_000)
    #expect(run.outcomes == ["throttled", "success"])
  }

  @Test(
    "environments are added when more than the target share of workers is busy, and go when idle [simulation's choice]"
  )
  func scaling() {
    var run = Run(scenario)
    // Four of six are busy: one is added, of eight that is half.
    run.requests(4, at: 1_000)
    #expect(run.simulator.environments.count == 4)
    run.advance(to: 1_100)
    run.requests(2, at: 1_100)
    #expect(run.simulator.environments.count == 5)
    // Idle for a second from 1,400 or 1,500 on; at least three stay.
    run.advance(to: 100_000)
    #expect(run.simulator.environments.count == 3)
    #expect(run.creations.count == 5)
  }

  @Test("with extensions that take their time to end, no more environments go than may")
  func notBelowMinimum() {
    var scenario = scenario
    var agent = ExtensionScenario.quick
    agent.exit = .fixed(.milliseconds(900))
    agent.wantsInvoke = false
    scenario.function.extensions = [agent]
    scenario.function.managedInstances.targetUtilization = 0.1
    var run = Run(scenario)
    run.requests(4, at: 1_000)
    #expect(run.simulator.environments.count == 5)
    run.advance(to: 100_000)
    #expect(run.creations.count == 5)
    #expect(run.simulator.environments.count == 3)
  }

  @Test(
    "rule the crash of an extension ends the environment with all that is in flight; it is replaced [Managed Instances page]"
  )
  func extensionCrash() {
    var scenario = scenario
    var agent = ExtensionScenario.quick
    agent.wantsInvoke = false
    scenario.function.extensions = [agent]
    scenario.function.managedInstances.minimum = 1
    scenario.function.managedInstances.maximum = 1
    var run = Run(scenario)
    run.request(.extensionCrash, at: 900)
    run.request(at: 1_000)
    run.advance(to: 5_000)
    #expect(
      run.story.filter { $0.hasSuffix("error") || $0.hasSuffix("success") } == ["1200 success", "1200 error"])
    #expect(run.timeline.tracks.count == 2)
    #expect(run.timeline.tracks[0].gone >= .milliseconds(1_200))
    #expect(run.timeline.tracks[1].created <= run.timeline.tracks[0].gone + .seconds(1))
    #expect(run.timeline.anomalies == 0)
    #expect(run.simulator.anomalies == 0)
  }

  @Test("rule a worker that crashes leaves the environment running with the others [Managed Instances page]")
  func workerCrash() {
    var scenario = scenario
    scenario.function.managedInstances.minimum = 1
    scenario.function.managedInstances.maximum = 1
    var run = Run(scenario)
    run.request(.crash, at: 1_000)
    run.request(at: 1_000, 1_500)
    run.requests(1, at: 1_600)
    run.advance(to: 2_000)
    // One worker is left.
    #expect(run.outcomes == ["error", "success", "success", "throttled"])
    #expect(run.simulator.environments.count == 1)
    #expect(run.timeline.statistics.reinits == 0)
  }

  @Test("rule the caller gets the timeout, the code goes on running; no reset [Managed Instances page]")
  func timeout() {
    var scenario = scenario
    scenario.function.timeout = .seconds(1)
    scenario.function.managedInstances.minimum = 1
    scenario.function.managedInstances.maximum = 1
    var run = Run(scenario)
    run.request(.hang, at: 1_000)
    run.request(.hang, at: 1_000)
    // The callers have their timeout at 2,000, the workers come back at 3,000.
    run.request(at: 2_500, 3_500)
    run.advance(to: 5_000)
    #expect(run.outcomes == ["timeout", "timeout", "throttled", "success"])
    #expect(run.creations == [0])
    #expect(run.timeline.anomalies == 0)
    #expect(run.simulator.anomalies == 0)
    var headless = Run(scenario, keepsEvents: false)
    headless.request(.hang, at: 1_000)
    headless.request(.hang, at: 1_000)
    headless.request(at: 2_500, 3_500)
    headless.advance(to: 5_000)
    #expect(headless.simulator.statistics.figures == run.timeline.statistics.figures)
    #expect(headless.simulator.fleetFigures == run.timeline.statistics.fleet(from: 0, until: .seconds(5)))
  }

  @Test("rule an environment whose init fails is replaced [execution environment page]")
  func initFails() {
    var scenario = scenario
    scenario.function.failures.initError = 0.5
    var run = Run(scenario)
    run.advance(to: 60_000)
    #expect(run.simulator.environments.count == 3)
    #expect(run.creations.count > 3)
    #expect(run.initReports.count { $0.outcome == .success } == 3)
  }

  @Test("rule GB-seconds are not billed, instances are: of these, requests alone are counted [pricing page]")
  func billing() {
    var run = Run(scenario, keepsEvents: false)
    run.requests(3, at: 1_000)
    run.advance(to: 5_000)
    #expect(run.simulator.figures.billing.gbSeconds == 0)
    #expect(abs(run.simulator.cost - 3 * 0.0000002) < 1e-15)
    var told = Run(scenario)
    told.requests(3, at: 1_000)
    told.advance(to: 5_000)
    #expect(told.timeline.statistics.billing == run.simulator.figures.billing)
  }
}
