import LambdaLifecycle
import Testing

/// Settings that change while environments exist.
@Suite("Settings that change")
struct SettingChangeTests {
  private func run(
    _ scenario: Scenario, until end: Int64, _ commands: [(Int64, SimulationCommand)], keepsEvents: Bool = true
  ) -> Run {
    var run = Run(scenario, keepsEvents: keepsEvents)
    for (time, command) in commands {
      run.advance(to: time)
      run.simulator.perform(command, into: &run.log)
    }
    run.advance(to: end)
    #expect(run.simulator.anomalies == 0)
    return run
  }

  /// Function init 300 ms, handler 300 ms, all of it computing, measured at 512 MB.
  private static var scenario: Scenario {
    var scenario = Scenario()
    scenario.function.functionInit = .fixed(.milliseconds(300))
    scenario.function.handler = .fixed(.milliseconds(300))
    scenario.function.idleTimeout = .fixed(.seconds(5))
    scenario.function.cpu.computing = 1
    scenario.function.cpu.measuredAtMB = 512
    return scenario
  }

  // MARK: Memory and timeout

  @Test(
    "more memory: what is idle goes at once, what is busy when it is idle, new ones are faster [observed]")
  func memory() {
    let run = run(
      Self.scenario, until: 4_000,
      [
        (0, .request(.normal)), (0, .request(.normal)), (1_000, .request(.normal)),
        (1_100, .set(.memory, 1_024)),
        (1_100, .request(.normal)), (2_000, .request(.normal)),
      ])
    #expect(
      run.picture == """
        env-1 fffiii.....|
        env-2 fffiii....iii|
        env-3            fffi.....i...................
        """)
    #expect(run.reports.map(\.memoryMB) == [512, 512, 512, 1_024, 1_024])
    #expect(run.timeline.functions.values.map(\.memoryMB) == [1_024])
  }

  @Test("the timeout of an invocation is that of its environment")
  func timeout() {
    let run = run(
      Self.scenario, until: 8_000,
      [(0, .request(.hang)), (1_000, .set(.timeout, .seconds(1))), (1_000, .request(.hang))])
    #expect(run.reports.map(\.duration).sorted() == [.seconds(1), .seconds(3)])
  }

  @Test("every change is told, with its function and what is known of it now")
  func told() {
    let run = run(
      .small(functions: 2), until: 1_000,
      [
        (100, .set(.memory, 1_024, function: 1)), (200, .set(.timeout, .seconds(9))),
        (300, .set(.accountConcurrency, 5)),
      ])
    let told = run.log.events.filter { $0.time > 0 }.map { event -> String in
      let name = run.log.catalog.text(event.function)
      switch event.kind {
      case .settingChanged(let setting, let value): return "\(name) \(setting) \(value)"
      case .functionDescribed(let function):
        return "\(name): \(function.memoryMB) \(function.timeout / .seconds(1))"
      default: return "\(event.kind)"
      }
    }
    #expect(
      told == [
        "f1 memory 1024", "f1: 1024 3", " timeout 9000000000", "f0: 512 9", "f1: 1024 9",
        " accountConcurrency 5",
      ])
  }

  @Test("an impossible value stops nothing", arguments: Setting.allCases)
  func impossible(setting: Setting) {
    for value in [Int64.min, -7, 0, .max] {
      var run = run(Self.scenario, until: 2_000, [(0, .request(.normal)), (100, .set(setting, value))])
      run.request(at: 2_100)
      run.advance(to: 3_000)
      #expect(run.timeline.requests.count >= 2)
    }
  }

  @Test("SnapStart: a version is published anew, and cannot be invoked before [SnapStart page]")
  func snapStart() {
    var scenario = Self.scenario
    scenario.function.initializationType = .snapStart
    let run = run(
      scenario, until: 5_000,
      [
        (1_000, .request(.normal)), (2_000, .set(.memory, 1_024)), (2_100, .request(.normal)),
        (3_000, .request(.normal)),
      ])
    #expect(run.outcomes == ["success", "error", "success"])
    #expect(
      run.markers == ["300 snapshot taken", "2150 snapshot taken"].map { $0.replacing("2150", with: "2300") })
  }

  // MARK: Concurrency

  @Test("reserved concurrency: what runs goes on and counts [reserved concurrency page]")
  func reserved() {
    let busy: [(Int64, SimulationCommand)] = [(0, .request(.normal, count: 2))]
    let run = run(
      Self.scenario, until: 3_000,
      busy + [
        (100, .set(.reservedConcurrency, 2)), (100, .request(.normal)), (700, .request(.normal)),
        (800, .set(.reservedConcurrency, 0)), (800, .request(.normal)), (900, .set(.reservedConcurrency, -1)),
        (900, .request(.normal)),
      ])
    #expect(run.outcomes == ["success", "success", "throttled", "success", "throttled", "success"])
    #expect(run.throttles.allSatisfy { $0 == "ReservedFunctionConcurrentInvocationLimitExceeded" })
  }

  @Test("what one function reserves, the others have less [reserved concurrency page]")
  func others() {
    var scenario = Scenario.small(functions: 2)
    scenario.account.concurrency = 3
    let run = run(
      scenario, until: 3_000,
      [(0, .set(.reservedConcurrency, 2, function: 0)), (0, .request(.normal, count: 2, function: 1))])
    #expect(run.throttles == ["ConcurrentInvocationLimitExceeded"])
  }

  @Test("account concurrency: fewer from now on, more from now on [concurrency page]")
  func account() {
    let run = run(
      Self.scenario, until: 5_000,
      [
        (0, .request(.normal, count: 3)), (100, .set(.accountConcurrency, 2)), (100, .request(.normal)),
        (1_000, .request(.normal, count: 3)), (2_000, .set(.accountConcurrency, 3)),
        (2_000, .request(.normal, count: 3)),
      ])
    #expect(run.timeline.statistics.throttles == 2)
    #expect(run.timeline.statistics.successes == 8)
  }

  // MARK: Provisioned concurrency

  private static var provisionable: Scenario {
    var scenario = Self.scenario
    scenario.function.provisioned = ProvisionedConcurrency(environments: 1)
    scenario.function.provisioned?.delay = .seconds(1)
    scenario.function.initializationType = .provisionedConcurrency
    return scenario
  }

  @Test("from none to some: after the delay, on demand meanwhile [provisioned concurrency page]")
  func provision() {
    let run = run(
      Self.scenario, until: 70_000,
      [
        (0, .set(.provisionedConcurrency, 2)), (1_000, .request(.normal)),
        (65_000, .request(.normal, count: 3)),
      ])
    // A minute, and 6,000 a minute from then on.
    #expect(run.creations == [1_000, 60_000, 60_010, 65_000])
    #expect(run.assigned == ["env-1", "env-3", "env-2", "env-4"])
    #expect(run.timeline.functions.values.map(\.provisionedConcurrency) == [2])
  }

  @Test("fewer: the surplus is shut down when it is idle; none: all of it")
  func withdraw() {
    let run = run(
      Self.provisionable, until: 20_000,
      [
        (0, .set(.provisionedConcurrency, 3)), (5_000, .request(.normal)), (5_000, .request(.normal)),
        (5_100, .set(.provisionedConcurrency, 1)), (8_000, .set(.provisionedConcurrency, 0)),
        (9_000, .request(.normal)),
      ])
    #expect(
      run.timeline.tracks.prefix(3).map { $0.gone / .milliseconds(1) }.sorted() == [5_100, 5_300, 8_000])
    #expect(run.timeline.tracks.map(\.initializationType).suffix(1) == [.onDemand])
    #expect(run.timeline.functions.values.map(\.initializationType) == [.onDemand])
  }

  @Test("one that is not there yet is not waited for once it is not wanted")
  func withdrawEarly() {
    let run = run(
      Self.scenario, until: 120_000,
      [
        (0, .set(.provisionedConcurrency, 2)), (30_000, .set(.provisionedConcurrency, 0)),
        (50_000, .set(.provisionedConcurrency, 1)),
      ])
    #expect(run.creations == [110_000])
  }

  @Test(
    "it is paid for from the change to the next, at the memory of the time [provisioned concurrency page]")
  func held() {
    let commands: [(Int64, SimulationCommand)] = [
      (10_000, .set(.memory, 1_024)), (20_000, .set(.provisionedConcurrency, 3)),
      (25_000, .set(.idleTimeout, .seconds(9))),
      (30_000, .set(.provisionedConcurrency, 0)),
    ]
    let held = { (figures: Statistics) in figures.billing.gbSeconds(.provisionedHeld, .x86) }
    // 10 s of 0.5 GB, 10 s of 1 GB, 10 s of three times 1 GB.
    let run = run(Self.provisionable, until: 60_000, commands)
    #expect(held(run.timeline.statistics(withProvisionedUntil: .seconds(60))) == 45)
    let headless = self.run(Self.provisionable, until: 60_000, commands, keepsEvents: false)
    #expect(held(headless.simulator.figures) == 45)
  }

  @Test(
    "not with SnapStart and Managed Instances", arguments: [InitializationType.snapStart, .managedInstances])
  func notProvisionable(type: InitializationType) {
    var scenario = Self.scenario
    scenario.function.initializationType = type
    let run = run(scenario, until: 100_000, [(0, .set(.provisionedConcurrency, 2))])
    #expect(run.simulator.settings.value(of: .provisionedConcurrency) == 0)
    #expect(run.timeline.functions.values.map(\.initializationType) == [type])
  }

  // MARK: At every moment

  @Test("a timeline knows the settings of every moment; a fork takes later ones back")
  func descriptions() throws {
    var run = run(
      Self.scenario, until: 3_000, [(1_000, .set(.memory, 1_024)), (2_000, .set(.memory, 2_048))])
    var timeline = run.timeline
    let name = run.log.catalog.name("hello")
    let memory = { (time: Int64) in timeline.description(of: name, at: .milliseconds(time))?.memoryMB }
    #expect([0, 999, 1_000, 2_500].map(memory) == [512, 512, 1_024, 2_048])
    timeline.fold(LifecycleEvent(time: .milliseconds(1_500), kind: .forked(at: .milliseconds(1_500))))
    #expect(timeline.functions[name]?.memoryMB == 1_024)
    #expect(timeline.description(of: name, at: .seconds(9))?.memoryMB == 1_024)
  }
}
