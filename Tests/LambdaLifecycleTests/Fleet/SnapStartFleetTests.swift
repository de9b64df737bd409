import LambdaLifecycle
import Testing

@Suite("Fleet: SnapStart")
struct SnapStartFleetTests {
  /// Init 300 ms when the version is published, restore 100 ms and hooks of 200 ms, handler 300 ms.
  private var scenario: Scenario {
    var scenario = Scenario.small
    scenario.function.initializationType = .snapStart
    scenario.function.restore = .fixed(.milliseconds(100))
    scenario.function.afterRestore = .fixed(.milliseconds(200))
    return scenario
  }

  @Test(
    "rule init runs when the version is published; each environment is restored from its snapshot [SnapStart page]"
  )
  func restore() {
    var run = Run(scenario)
    run.requests(2, at: 1_000)
    run.advance(to: 2_000)
    #expect(
      run.picture == """
        env-1 rff|
        env-2           RRRiii....
        env-3           RRRiii....
        """)
    #expect(run.markers == ["300 snapshot taken"])
    #expect(run.timeline.requests.map(\.isCold) == [true, true])
    #expect(run.timeline.anomalies == 0)
  }

  @Test("rule hooks before the checkpoint are part of init [SnapStart runtime hooks page]")
  func beforeCheckpoint() {
    var scenario = scenario
    scenario.function.beforeCheckpoint = .fixed(.milliseconds(200))
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 2_000)
    #expect(run.initReports.map(\.duration) == [.milliseconds(500)])
    #expect(run.initReports.map(\.billedMs) == [500])
    #expect(run.initReports.map(\.initializationType) == [.snapStart])
    #expect(run.count { if case .environmentCreated = $0 { true } else { false } } == 2)
  }

  @Test("rule before the snapshot is there, SnapStartNotReadyException [Invoke API]")
  func notReady() {
    var run = Run(scenario)
    run.request(at: 299, 300)
    run.advance(to: 2_000)
    #expect(run.story == ["299 arrives", "299 error", "300 arrives", "900 success"])
    let error = run.log.events.compactMap { event -> String? in
      if case .requestAnswered(.error, let type) = event.kind { run.log.catalog.text(type) } else { nil }
    }
    #expect(error == ["SnapStartNotReadyException"])
    #expect(run.assigned == ["env-2"])
    #expect(run.timeline.anomalies == 0)
  }

  @Test(
    "rule an event that comes before the snapshot is tried again, as after a throttle [asynchronous invocation page]"
  )
  func notReadyAsynchronous() {
    var scenario = scenario
    scenario.function.functionInit = .fixed(.milliseconds(1_400))
    var traffic = Traffic(.times([0]))
    traffic.invocation = .asynchronous(RetryPolicy())
    scenario.traffic = [traffic]
    var run = Run(scenario)
    run.advance(to: 10_000)
    #expect(
      run.story == ["0 arrives", "0 error", "1000 arrives", "1000 error", "3000 arrives", "3600 success"])
    #expect(run.timeline.anomalies == 0)
    #expect(run.timeline.duplicates == 0)
    #expect(run.timeline.statistics.requests == 3)
  }

  @Test("rule where publishing fails, the version cannot be invoked [SnapStart page]")
  func publishingFails() {
    var scenario = scenario
    scenario.function.failures.initError = 1
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 2_000)
    #expect(run.story == ["1000 arrives", "1000 error"])
    #expect(run.initReports.map(\.outcome) == [.error])
    #expect(run.timeline.tracks.count == 1)
    #expect(run.markers == [])
  }

  @Test("rule a warm environment is reused without another restore [SnapStart page]")
  func warm() {
    var run = Run(scenario)
    run.request(at: 1_000, 2_000)
    run.advance(to: 4_000)
    #expect(run.timeline.requests.map(\.isCold) == [true, false])
    #expect(run.reports.map(\.restoreDuration) == [.milliseconds(300), -1])
    #expect(run.timeline.tracks.map { $0.gone / .milliseconds(1) } == [300, 3_300])
  }

  @Test("rule Billed Duration = ceil(Duration + Billed Restore Duration), without init [real log of 2023]")
  func billed() {
    var scenario = scenario
    scenario.function.restore = .fixed(470_000_000)
    scenario.function.afterRestore = .fixed(303_000_000)
    scenario.function.handler = .fixed(306_340_000)
    scenario.function.memoryMB = 1_024
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 3_000)
    let report = run.reports[0]
    #expect(report.billedMs == 610)
    #expect(report.billedRestoreMs == 303)
    #expect(report.restoreDuration == .milliseconds(773))
    #expect(report.initDuration == -1)
    // And the init at publishing, by itself.
    #expect(run.timeline.statistics.billing.gbSeconds(.onDemand, .x86) == 0.91)
  }

  @Test(
    "rule loading the runtime and hooks after restore: 10 s at most, then SnapStartTimeoutException [execution environment page]"
  )
  func limit() {
    var scenario = scenario
    // Loading the snapshot does not count.
    scenario.function.restore = .fixed(.seconds(11))
    scenario.function.afterRestore = .fixed(.seconds(9))
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 40_000)
    #expect(run.outcomes == ["success"])
    scenario.function.afterRestore = .fixed(.seconds(11))
    var late = Run(scenario)
    late.request(at: 1_000)
    late.advance(to: 40_000)
    #expect(late.story == ["1000 arrives", "22000 timeout"])
    #expect(late.reports.isEmpty)
    #expect(late.timeline.tracks.map { $0.gone / .seconds(1) } == [0, 22])
    #expect(late.timeline.anomalies == 0)
  }

  @Test(
    "rule a hook that fails fails the request: SnapStartException; the next one is restored anew [SnapStart page]"
  )
  func restoreError() {
    var scenario = scenario
    scenario.function.failures.restoreError = 1
    var run = Run(scenario)
    run.request(at: 1_000)
    run.advance(to: 5_000)
    #expect(run.story == ["1000 arrives", "1300 error"])
    let errors = run.log.events.compactMap { event -> String? in
      if case .requestAnswered(_, let type) = event.kind { run.log.catalog.text(type) } else { nil }
    }
    #expect(errors == ["SnapStartException"])
    #expect(run.simulator.environments.isEmpty)
    #expect(run.timeline.statistics.concurrency == 0)
  }

  @Test("headless, restores are counted apart from inits")
  func headless() {
    var run = Run(scenario, keepsEvents: false)
    run.requests(2, at: 1_000)
    run.request(at: 2_000)
    run.advance(to: 5_000)
    let statistics = run.simulator.statistics
    #expect(statistics.restoreLengths.count == 2)
    #expect(statistics.initLengths.count == 1)
    #expect(statistics.coldStarts == 2)
  }
}
