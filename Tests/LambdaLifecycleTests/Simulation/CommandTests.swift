import LambdaLifecycle
import Testing

/// Commands to a simulation, and what comes of them. One character of a picture is 100 ms, see
/// `Timeline.picture`.
@Suite("Commands")
struct CommandTests {
  /// Runtime init 200 ms, function init 300 ms, handler 300 ms, kept for 5 s.
  private static var scenario: Scenario {
    var scenario = Scenario()
    scenario.function.runtimeInit = .fixed(.milliseconds(200))
    scenario.function.functionInit = .fixed(.milliseconds(300))
    scenario.function.handler = .fixed(.milliseconds(300))
    scenario.function.idleTimeout = .fixed(.seconds(5))
    scenario.function.timeout = .seconds(3)
    return scenario
  }

  private func run(
    _ scenario: Scenario = scenario, until end: Int64, _ commands: [(Int64, SimulationCommand)]
  ) -> Run {
    var run = Run(scenario)
    for (time, command) in commands {
      run.advance(to: time)
      run.simulator.perform(command, into: &run.log)
    }
    run.advance(to: end)
    #expect(run.simulator.anomalies == 0)
    #expect(run.timeline.anomalies == 0)
    return run
  }

  // MARK: Requests

  @Test("several requests, one every so often: what is free by then is used")
  func spaced() {
    let run = run(until: 3_000, [(0, .request(.normal, count: 3, every: .milliseconds(800)))])
    #expect(run.picture == "env-1 rrfffiiiiii.....iii...........")
  }

  @Test("a slow request takes five times as long")
  func slow() {
    let run = run(until: 2_500, [(0, .request(.slow))])
    #expect(run.picture == "env-1 rrfffiiiiiiiiiiiiiii.....")
  }

  @Test("a request to a function that there is not is none")
  func noFunction() {
    let run = run(until: 100, [(0, .request(.normal, function: 1)), (0, .set(.memory, 1_024, function: -1))])
    #expect(run.log.events.count == 1)
  }

  // MARK: Steady traffic

  @Test("steady traffic: the first request a period after the change, evenly spaced, until it is ended")
  func steady() {
    let run = run(
      until: 9_000,
      [
        (1_000, .set(.requestRate, 1_000)), (3_500, .set(.requestRate, 2_000)),
        (5_200, .set(.requestRate, 0)),
      ])
    let arrivals = run.story.filter { $0.hasSuffix("arrives") }.map { $0.split(separator: " ")[0] }
    #expect(arrivals == ["2000", "3000", "4000", "4500", "5000"])
    #expect(run.simulator.nextTime != .never)
    #expect(run.simulator.settings.value(of: .requestRate) == 0)
  }

  @Test("a request in between does not change how long those of the steady traffic take")
  func independent() {
    var scenario = Self.scenario
    scenario.function.handler = .exponential(mean: .milliseconds(100))
    let plain = run(scenario, until: 20_000, [(0, .set(.requestRate, 500))])
    let disturbed = run(scenario, until: 20_000, [(0, .set(.requestRate, 500)), (5_000, .request(.normal))])
    let others = plain.timeline.requests.map { ($0.id, $0.duration) }
    for (id, duration) in others {
      #expect(disturbed.timeline.requests.first { $0.id == id }?.duration == duration)
    }
    #expect(others.count == 10)
  }

  @Test("each function has a stream of its own")
  func streams() {
    let run = run(
      .small(functions: 2), until: 2_000,
      [(0, .set(.requestRate, 1_000)), (0, .set(.requestRate, 0, function: 1))])
    let arrivals = run.log.events.filter { $0.kind == .requestArrived }
    #expect(arrivals.map { run.log.catalog.text($0.function) } == ["f0", "f0"])
    #expect(run.simulator.settings.value(of: .requestRate, function: 1) == 0)
  }

  // MARK: Crashes

  @Test("while it initializes: init fails now, the first invocation inits anew")
  func crashInInit() {
    let run = run(until: 2_000, [(0, .request(.normal)), (300, .crash(environment: 1))])
    #expect(run.picture == "env-1 rrfrrfffiii.........")
    #expect(run.outcomes == ["success"])
  }

  @Test("while it invokes: the caller gets Runtime.ExitError now, the environment is reset")
  func crashInInvoke() {
    let run = run(until: 2_000, [(0, .request(.normal)), (600, .crash(environment: 1))])
    #expect(run.picture == "env-1 rrfffi")
    #expect(run.outcomes == ["error"])
    #expect(run.log.catalog.text(run.reports[0].errorType) == "Runtime.ExitError")
  }

  @Test("while it is frozen: a stopped process cannot end, it crashes when the next request thaws it")
  func crashFrozen() {
    let run = run(
      until: 4_000,
      [
        (0, .request(.normal)), (1_000, .crash(environment: 1)), (2_000, .request(.normal)),
        (3_000, .request(.normal)),
      ])
    #expect(run.picture == "env-1 rrfffiii............s         rrfffiii..")
    #expect(run.outcomes == ["success", "error", "success"])
    let length = run.timeline.requests[1].duration
    #expect(length == .milliseconds(1))
  }

  @Test("after a reset: the next runtime crashes as it starts, and the one after that does not")
  func crashAfterReset() {
    let run = run(
      until: 4_000,
      [
        (0, .request(.crash)), (1_000, .crash(environment: 1)), (2_000, .request(.normal)),
        (3_000, .request(.normal)),
      ])
    #expect(run.outcomes == ["error", "error", "success"])
  }

  @Test(
    "while the sandbox is created, or extensions initialize: the runtime crashes as it starts",
    arguments: [50, 250])
  func crashEarly(moment: Int64) {
    var scenario = Self.scenario
    scenario.function.create = .fixed(.milliseconds(100))
    scenario.function.extensions = [
      ExtensionScenario(
        name: "agent", register: .fixed(.milliseconds(300)), ready: .fixed(0), work: .fixed(0),
        exit: .fixed(0))
    ]
    let run = run(scenario, until: 3_000, [(0, .request(.normal)), (moment, .crash(environment: 1))])
    #expect(run.picture.hasPrefix("env-1 ceeeeeerrfffiii."))
    #expect(run.outcomes == ["success"])
  }

  @Test("an environment that is gone or does not exist cannot crash")
  func crashNobody() {
    let run = run(
      until: 3_000,
      [
        (0, .request(.normal)), (1_000, .shutDownAll), (1_500, .crash(environment: 1)),
        (1_500, .crash(environment: 7)),
      ])
    #expect(run.outcomes == ["success"])
  }

  @Test(
    "Managed Instances: a worker crashes, with the oldest invocation; the others go on [Managed Instances page]"
  )
  func crashWorker() {
    let run = run(
      Self.managed, until: 3_000,
      [(1_000, .request(.normal, count: 2)), (1_100, .crash(environment: 1)), (1_200, .request(.normal))])
    #expect(run.outcomes == ["error", "success", "success"])
    #expect(run.timeline.tracks[0].gone == .never)
  }

  @Test("an idle one: a worker crashes with the next invocation")
  func crashIdleWorker() {
    let run = run(
      Self.managed, until: 3_000,
      [(900, .crash(environment: 1)), (1_000, .request(.normal)), (1_000, .request(.normal))])
    #expect(run.outcomes == ["error", "success"])
  }

  private static var managed: Scenario {
    var scenario = scenario
    scenario.function.initializationType = .managedInstances
    scenario.function.managedInstances.minimum = 1
    scenario.function.managedInstances.maximum = 1
    scenario.function.managedInstances.concurrencyPerEnvironment = 4
    return scenario
  }
}
