import LambdaLifecycle
import Testing

@Suite("Initialization types in a timeline")
struct InitializationTypeTests {
  private func states(_ timeline: Timeline, _ track: Int, _ seconds: ClosedRange<Int64>) -> [EnvironmentState]
  {
    seconds.map { timeline.tracks[track].state(at: .milliseconds($0 * 1_000 + 500)) }
  }

  /// A version is published from 0 to 4 s; at 10 s a request is served by an environment restored from it.
  private func snapStart() -> HandLog {
    var log = HandLog()
    log.add(0, .functionDescribed(FunctionDescription(memoryMB: 2_048, initializationType: .snapStart)))
    log.add(0, .environmentCreated(.snapStart), in: "publisher")
    log.span(.create, 0, 1, in: "publisher")
    log.span(.runtimeInit, 1, 2, in: "publisher")
    log.span(.functionInit, 2, 3, in: "publisher")
    let report = InitReport(
      initializationType: .snapStart, duration: .seconds(2), billedMs: 2_000, memoryMB: 2_048,
      outcome: .success)
    log.add(3, .initReport(report), in: "publisher")
    log.add(4, .environmentGone(.spindown, detail: .none), in: "publisher")
    log.arrive(10)
    log.add(10, .environmentCreated(.snapStart), in: "a")
    log.add(10, .requestAssigned, in: "a", 1)
    log.span(.restore, 10, 12, in: "a")
    log.span(.invoke, 12, 13, in: "a", 1)
    log.add(13, .report(Report(restoreDuration: .seconds(2), billedMs: 1_500, memoryMB: 2_048)), in: "a", 1)
    log.add(13, .phaseBegan(.frozen), in: "a")
    return log
  }

  @Test(
    "the environment of a publication is no cold start; a restore is one, with its own length [SnapStart page]"
  )
  func publishing() {
    let timeline = snapStart().timeline()
    let statistics = timeline.statistics
    #expect(statistics.requests == 1)
    #expect(statistics.coldStarts == 1)
    #expect(timeline.requests.map(\.environment) == [timeline.tracks[1].id])
    #expect(statistics.initLengths.count == 1)
    #expect(statistics.initLengths.max == .seconds(2))
    #expect(statistics.restoreLengths.count == 1)
    #expect(statistics.restoreLengths.max == .seconds(2))
    #expect(statistics.coldWaits.max == .seconds(3))
    #expect(statistics.reinits == 0)
    #expect(timeline.anomalies == 0)
    #expect(statistics.billing.gbSeconds(.onDemand, .x86) == 4 + 3)
    #expect(
      states(timeline, 0, 0...4) == [.creating, .publishing, .publishing, .publishing, .gone])
    #expect(states(timeline, 1, 10...13) == [.restoring, .restoring, .invoking, .frozen])
    let held = StatisticsTests.figures(of: timeline)
    #expect(held == statistics.figures)
  }

  @Test("an init and its restore in one environment: two lengths, one cold start, no re-init")
  func initAndRestore() {
    var log = HandLog()
    log.add(0, .environmentCreated(.snapStart), in: "a")
    log.span(.initialization, 0, 2, in: "a")
    log.arrive(10)
    log.add(10, .requestAssigned, in: "a", 1)
    log.span(.restore, 10, 11, in: "a")
    log.span(.invoke, 11, 12, in: "a", 1)
    let timeline = log.timeline()
    #expect(timeline.statistics.initLengths.max == .seconds(2))
    #expect(timeline.statistics.restoreLengths.max == .seconds(1))
    #expect(timeline.statistics.coldStarts == 1)
    #expect(timeline.statistics.reinits == 0)
    #expect(timeline.requests.map(\.start) == [.cold])
    var forked = timeline
    forked.fold(LifecycleEvent(time: .milliseconds(10_500), kind: .forked(at: .milliseconds(10_500))))
    for event in log.events where event.time > .milliseconds(10_500) { forked.fold(event) }
    forked.settle()
    #expect(forked.account == timeline.account)
    #expect(forked.statistics.figures == timeline.statistics.figures)
  }

  @Test(
    "provisioned concurrency: init is billed even if unused, at its own price [provisioned concurrency page]")
  func provisioned() {
    var log = HandLog()
    log.add(
      0,
      .functionDescribed(
        FunctionDescription(architecture: .arm64, memoryMB: 1_024, provisionedConcurrency: 2)))
    for name in ["a", "b"] {
      log.add(0, .environmentCreated(.provisionedConcurrency), in: name)
      log.span(.initialization, 0, 2, in: name)
      let report = InitReport(
        initializationType: .provisionedConcurrency, duration: .seconds(2), billedMs: 2_000)
      log.add(2, .initReport(report), in: name)
      log.add(2, .initReport(report), in: name)
      log.add(2, .phaseBegan(.frozen), in: name)
    }
    log.arrive(10)
    log.add(10, .requestAssigned, in: "a", 1)
    log.add(10, .phaseEnded(PhaseEnd(.frozen)), in: "a")
    log.add(10, .thawed, in: "a")
    log.span(.invoke, 10, 13, in: "a", 1)
    log.add(13, .report(Report(duration: .seconds(3), billedMs: 3_000, memoryMB: 1_024)), in: "a", 1)
    log.arrive(11, 2)
    log.add(11, .environmentCreated(.onDemand), in: "spill")
    log.add(11, .requestAssigned, in: "spill", 2)
    log.span(.initialization, 11, 12, in: "spill")
    log.span(.invoke, 12, 13, in: "spill", 2)
    log.add(13, .report(Report(duration: .seconds(1), billedMs: 2_000, memoryMB: 1_024)), in: "spill", 2)
    let timeline = log.timeline()
    let billing = timeline.statistics.billing
    #expect(timeline.duplicates == 2)
    #expect(timeline.requests.map(\.start) == [.ahead, .cold])
    #expect(billing.gbSeconds(.provisionedRun, .arm64) == 2 + 2 + 3)
    #expect(billing.gbSeconds(.onDemand, .arm64) == 2)
    #expect(billing.gbSeconds(.onDemand, .x86) == 0)
    #expect(timeline.statistics.billedGBSeconds == 9)
    #expect(StatisticsTests.figures(of: timeline) == timeline.statistics.figures)
    // Held from the moment it is configured, used or not.
    let all = timeline.statistics(withProvisionedUntil: .seconds(20))
    #expect(all.billing.gbSeconds(.provisionedHeld, .arm64) == 40)
    #expect(all.billedGBSeconds == 9)
    let prices = PriceTable()
    let expected =
      2 * prices.requests + 7 * prices.provisionedRunArm + 2 * prices.gbSecondArm
      + 40 * prices.provisionedHeldArm
    #expect(abs(prices.cost(of: all) - expected) < 1e-15)
  }

  /// Ready after 2 s; invocations 1 (3 to 6 s), 2 (4 to 8 s, times out), 3 (7 to 9 s), 4 (20 to 21 s).
  private func managedInstance() -> HandLog {
    var log = HandLog()
    log.add(0, .environmentCreated(.managedInstances), in: "a")
    log.span(.initialization, 0, 2, in: "a")
    let kinds: [(Int64, UInt64, Outcome?)] = [
      (3, 1, nil), (4, 2, nil), (6, 1, .success), (7, 3, nil), (8, 2, .timeout), (9, 3, .success),
      (20, 4, nil),
      (21, 4, .success),
    ]
    for (time, request, outcome) in kinds {
      if let outcome {
        log.add(time, .phaseEnded(PhaseEnd(.invoke, outcome: outcome)), in: "a", request)
        log.add(
          time, .report(Report(duration: .seconds(1), billedMs: 1_000, memoryMB: 2_048)), in: "a", request)
      } else {
        log.arrive(time, request)
        log.add(time, .requestAssigned, in: "a", request)
        log.add(time, .phaseBegan(.invoke), in: "a", request)
      }
    }
    return log
  }

  @Test(
    "several invocations at once, idle between them, never frozen or reset [Managed Instances pages]",
    arguments: [SourceKind.simulation, .native, .telemetry])
  func managedInstances(source: SourceKind) {
    let timeline = managedInstance().timeline(source)
    #expect(timeline.anomalies == 0)
    #expect(timeline.duplicates == 0)
    #expect(timeline.statistics.coldStarts == 0)
    #expect(timeline.statistics.initLengths.count == 1)
    #expect(timeline.requests.map(\.duration) == [3, 4, 2, 1].map { .seconds($0) })
    #expect(timeline.tracks[0][.inferredFrozen].isEmpty)
    #expect(timeline.tracks[0][.frozen].isEmpty)
    #expect(
      states(timeline, 0, 0...10) == [
        .initializing, .initializing, .idle, .invoking, .invoking, .invoking, .invoking, .invoking, .invoking,
        .idle, .idle,
      ])
    #expect(timeline.tracks[0].stateBegan(at: .seconds(12)) == .seconds(9))
    let figures = timeline.statistics.fleet(from: 0, until: .seconds(21))
    #expect(figures.meanRunning == 7.0 / 21)
    #expect(figures.meanConcurrency == 10.0 / 21)
    #expect(figures.peakRunning == 1)
    #expect(figures.peakConcurrency == 2)
    #expect(figures.peakIdle == 1)
    // Instances are billed, not GB-seconds.
    #expect(timeline.statistics.billedGBSeconds == 0)
  }

  @Test("an invocation takes the first place that is free")
  func places() {
    let timeline = managedInstance().timeline()
    let track = timeline.tracks[0]
    #expect(track.places == 2)
    #expect(track[.invocation(0)].starts.times == [3, 7, 20].map { .seconds($0) })
    #expect(track[.invocation(0)].ends.times == [6, 9, 21].map { .seconds($0) })
    #expect(track[.invocation(1)].starts.times == [.seconds(4)])
    #expect(track[.invocation(1)].ends.times == [.seconds(8)])
    #expect(track[.failedInvocation(1)].starts.times == [.seconds(8)])
    #expect(track[.failedInvocation(0)].isEmpty)
  }

  @Test("a fork in a Managed Instance: as if nothing later had been told", arguments: 0...21)
  func fork(second: Int64) {
    let log = managedInstance()
    let timeline = log.timeline()
    var forked = timeline
    forked.fold(LifecycleEvent(time: .seconds(second), kind: .forked(at: .seconds(second))))
    forked.settle()
    let fresh = Timeline(folding: log.events.filter { $0.time <= .seconds(second) })
    #expect(forked.account == fresh.account)
    #expect(forked.statistics.figures == fresh.statistics.figures)
    for event in log.events where event.time > .seconds(second) { forked.fold(event) }
    forked.settle()
    #expect(forked.account == timeline.account)
    #expect(forked.statistics.figures == timeline.statistics.figures)
    let lanes: [EnvironmentTrack.LaneIndex] = [.invocation(0), .invocation(1), .failedInvocation(1)]
    for lane in lanes { #expect(forked.tracks[0][lane] == timeline.tracks[0][lane]) }
  }

  @Test("more invocations at once than places have lanes share the last one")
  func manyPlaces() {
    var log = HandLog()
    log.add(0, .environmentCreated(.managedInstances), in: "a")
    log.span(.initialization, 0, 1, in: "a")
    for request in 1...20 as ClosedRange<UInt64> {
      log.add(Int64(request), .phaseBegan(.invoke), in: "a", request)
    }
    for request in 1...20 as ClosedRange<UInt64> {
      log.add(30 + Int64(request), .phaseEnded(PhaseEnd(.invoke, outcome: .success)), in: "a", request)
    }
    let track = log.timeline().tracks[0]
    #expect(track.places == EnvironmentTrack.placeLimit)
    #expect(track[.invocation(7)].starts.count == 13)
    #expect(track[.invocation(7)].ends.count == 13)
    #expect(track[.invocation(6)].starts.count == 1)
  }

  @Test("an environment that is thawed for its shutdown")
  func thawedForShutdown() {
    var log = HandLog()
    log.add(0, .environmentCreated(.onDemand), in: "a")
    log.span(.functionInit, 0, 1, in: "a")
    log.add(1, .phaseBegan(.frozen), in: "a")
    log.add(5, .phaseEnded(PhaseEnd(.frozen)), in: "a")
    log.add(5, .thawed, in: "a")
    log.span(.extensionShutdown, 5, 6, in: "a")
    log.add(6, .environmentGone(.spindown, detail: .none), in: "a")
    let timeline = log.timeline()
    #expect(timeline.anomalies == 0)
    #expect(timeline.duplicates == 0)
    let spans = timeline.tracks[0].spans([])
    #expect(spans.map(\.phase) == [.functionInit, .frozen, .extensionShutdown])
    #expect(spans.map(\.end) == [1, 5, 6].map { .seconds($0) })
    #expect(
      states(timeline, 0, 0...6) == [
        .initializing, .frozen, .frozen, .frozen, .frozen, .shuttingDown, .gone,
      ])
  }
}
