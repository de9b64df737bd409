import LambdaLifecycle
import Testing
import TimelineExport

@Suite("Figures of simulations")
struct SimulationTests {
  /// One function, ten requests a second apart: the first is cold, the others are warm.
  private func figures(seed: UInt64 = 1, handler: DurationModel = .fixed(.milliseconds(200)))
    -> SimulationFigures
  {
    var scenario = Scenario()
    scenario.function.memoryMB = 1_024
    scenario.function.functionInit = .fixed(.milliseconds(300))
    scenario.function.handler = handler
    scenario.function.idleTimeout = .fixed(.seconds(60))
    scenario.traffic = [Traffic(.every(.seconds(1), from: 0, until: .seconds(10)))]
    var log = EventLog()
    var simulator = Simulator(scenario, seed: seed, start: .seconds(1_000), keepsEvents: false, into: &log)
    simulator.advance(to: .seconds(1_100), into: &log)
    return SimulationFigures(simulator)
  }

  @Test("counts, shares, means over time, cost")
  func oneRun() {
    let figures = figures()
    #expect(figures["requests"] == 10)
    #expect(figures["coldStarts"] == 1)
    #expect(figures["coldShare"] == 0.1)
    #expect(figures["initMs.max"] == 300)
    #expect(figures["durationMs.p50"] == 200)
    #expect(figures["coldWaitMs.max"] == 500)
    // 10 × 0.2 s and 0.3 s of init in 100 s; the environment lives 9.2 s and a minute.
    #expect(figures["running.mean"] == 0.023)
    #expect(figures["environments.mean"] == 0.692)
    #expect(figures["lifespanSeconds"] == 69.2)
    #expect(figures["billedGBSeconds"] == 2.3)
    // 10 requests at $0.20 a million, 2.3 GB-seconds at $0.0000166667.
    #expect(abs((figures["costUSD"] ?? 0) - (0.000002 + 2.3 * 0.0000166667)) < 1e-12)
    #expect(figures["restoreMs.p50"] == nil)
    #expect(figures["no such figure"] == nil)
  }

  @Test("the interval of the mean of several runs is Student's")
  func interval() throws {
    let lengths: [Int64] = [100, 200, 300]
    let runs = RunsFigures(lengths.map { figures(handler: .fixed(.milliseconds($0))) })
    let place = try #require(runs.figures.firstIndex { $0.key == "durationMs.p50" })
    let estimate = try #require(runs.estimates[place])
    #expect(estimate.mean == 200)
    // t(97.5 %, 2 degrees) = 4.303, the standard deviation is 100.
    #expect(abs((estimate.margin ?? 0) - 4.303 * 100 / 3.0.squareRoot()) < 1e-9)
    #expect(RunsFigures([figures()]).estimates.allSatisfy { $0?.margin == nil })
  }

  @Test("for people: a line for each group")
  func text() {
    let text = SimulationText.figures(RunsFigures([figures()]))
    #expect(
      text == """
        requests             10
        answered well        10
        errors               0
        timeouts             0
        throttled            0
        not yet answered     0
        retries              0
        events dropped       0
        cold starts          1
        re-inits             0
        initialized ahead    0
        p_cold               10.000 %
        p_throttle           0.000 %
        init                 p50 300.0 ms  p95 300.0 ms  p99 300.0 ms  max 300.0 ms
        duration             p50 200.0 ms  p95 200.0 ms  p99 200.0 ms  max 200.0 ms
        caller waited, cold  p50 500.0 ms  p95 500.0 ms  p99 500.0 ms  max 500.0 ms
        caller waited, warm  p50 200.0 ms  p95 200.0 ms  p99 200.0 ms  max 200.0 ms
        environments         mean 0.692  peak 1
        running              mean 0.023  peak 1
        idle                 mean 0.669  peak 1
        concurrency          mean 0.023  peak 1
        mean lifespan        69.2 s
        billed               2.3 GB-s
        cost                 $0.000040

        """)
  }

  @Test("for people: a sweep is a table")
  func sweep() {
    let rows = [100, 1_500].map { length in
      (value: "\(length) ms", runs: RunsFigures([figures(handler: .fixed(.milliseconds(Int64(length))))]))
    }
    #expect(
      SimulationText.sweep("handler", rows) == """
        handler    p_cold  p_throttle    cold p50    cold p99    warm p50    warm p99  duration p50  environments     billed       cost
        100 ms   10.000 %     0.000 %    400.0 ms    400.0 ms    100.0 ms    100.0 ms      100.0 ms         0.691   1.3 GB-s  $0.000024
        1500 ms  20.000 %     0.000 %  1,800.0 ms  1,800.0 ms  1,500.0 ms  1,500.0 ms    1,500.0 ms         1.390  15.6 GB-s  $0.000262

        """)
  }

  @Test("for scripts: numbers of one run, mean and margin of several")
  func json() {
    let setup = SimulationJSON.Setup(title: "two", seed: 3, seconds: 100, priceDate: "2026-11")
    let one = String(decoding: SimulationJSON.text(setup, RunsFigures([figures()])), as: UTF8.self)
    #expect(one.hasPrefix(#"{"title":"two","seed":3,"runs":1,"seconds":100.000000000,"prices":"2026-11","#))
    #expect(one.contains(#""figures":{"requests":10,"successes":10,"#))
    #expect(one.contains(#""initMs":{"p50":300.000,"p95":300.000,"p99":300.000,"max":300.000},"#))
    // There is no restore to report.
    #expect(!one.contains("restoreMs"))
    let two = String(
      decoding: SimulationJSON.text(setup, RunsFigures([figures(), figures()])), as: UTF8.self)
    #expect(two.contains(#""requests":{"mean":10,"margin":0},"#))
  }

  @Test("several functions are told apart, and add up to the whole")
  func functions() throws {
    var scenario = Scenario()
    scenario.account.concurrency = 101
    var busy = FunctionScenario()
    busy.name = "busy"
    busy.reservedConcurrency = 1
    busy.handler = .fixed(.milliseconds(700))
    busy.failures.handlerError = 0.5
    var kept = FunctionScenario()
    kept.name = "kept"
    kept.architecture = .arm64
    kept.initializationType = .provisionedConcurrency
    kept.provisioned = ProvisionedConcurrency(environments: 2)
    kept.handler = .fixed(.milliseconds(300))
    scenario.functions = [busy, kept]
    scenario.traffic = [0, 1].map {
      Traffic(.every(.milliseconds(400), from: 0, until: .seconds(120)), function: $0)
    }
    var log = EventLog()
    var simulator = Simulator(scenario, seed: 1, start: 0, keepsEvents: false, into: &log)
    simulator.advance(to: .seconds(200), into: &log)
    let whole = SimulationFigures(simulator)
    let each = FunctionFigures(simulator)
    #expect(each.rows.map(\.name) == ["busy", "kept"])
    for key in ["requests", "coldStarts", "throttles", "errors", "timeouts", "billedGBSeconds", "costUSD"] {
      let sum = each.rows.flatMap(\.figures).filter { $0.key == key }.compactMap(\.value).reduce(0, +)
      #expect(abs(sum - (try #require(whole[key]))) < 1e-9, "\(key)")
    }
    let throttles = each.rows.map { row in row.figures.first { $0.key == "throttles" }?.value }
    #expect(throttles[0] != 0)
    #expect(throttles[1] == 0)
    let mean = FunctionFigures(meanOf: [each, each])
    #expect(mean == each)
    #expect(SimulationText.functions(each).split(separator: "\n").count == 3)
    #expect(SimulationText.functions(FunctionFigures(meanOf: [])).isEmpty)
  }
}
