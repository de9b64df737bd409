import LambdaLifecycle
import Testing

/// The waits of callers, where a source reports invocations alone: they follow from the spans before them.
@Suite struct WaitTests {
  private var log = MillisecondLog()

  private func waits(_ timeline: Timeline) -> [String] {
    timeline.requests.sorted { $0.arrival < $1.arrival }.map { request in
      "\(request.start) \(request.wait.map { $0 / 1_000_000 } ?? -1)"
    }
  }

  @Test("an init that ended more than 100 ms before START ran ahead of it", arguments: [100, 101, 180_000])
  func ahead(gap: Int64) {
    var log = log
    log.span(.initialization, 0, 400)
    log.span(.invoke, 400 + gap, 430 + gap, 1)
    let timeline = log.timeline(.cloudWatch)
    let isCold = gap <= 100
    #expect(waits(timeline) == [isCold ? "cold 530" : "ahead 30"])
    #expect(timeline.statistics.coldStarts == (isCold ? 1 : 0))
    #expect(timeline.statistics.initializedAhead == (isCold ? 0 : 1))
    #expect(timeline.statistics.warmWaits.count == (isCold ? 0 : 1))
    #expect(timeline.statistics.initLengths.max == .milliseconds(400))
    // Nothing is frozen in a cold start; what was initialized ahead rests.
    #expect(timeline.phases.contains("frozen 400-") == !isCold)
  }

  @Test("its length comes with REPORT: until then the request was thought to wait for it")
  func aheadToldLate() {
    var log = log
    log.add(0, .phaseBegan(.initialization))
    log.add(180_000, .phaseBegan(.invoke), 1)
    #expect(waits(log.timeline(.cloudWatch)) == ["cold -1"])
    log.end(.initialization, 400, told: 180_000)
    #expect(waits(log.timeline(.cloudWatch)) == ["ahead -1"])
    log.end(.invoke, 30, told: 180_031, 1)
    let timeline = log.timeline(.cloudWatch)
    #expect(waits(timeline) == ["ahead 30"])
    #expect(timeline.landmarks[.coldStart].isEmpty)
    #expect(timeline.phases == "init 0-400, frozen 400-180000, invoke 180000-180030, frozen 180030-…")
    #expect(timeline.statistics.fleet(from: timeline.first, until: timeline.last).meanRunning < 0.001)
  }

  @Test("REPORT told it after the answer had been counted: it is counted again")
  func countedAgain() {
    var log = log
    log.span(.invoke, 1_000, 1_030, 1)
    var timeline = log.timeline(.cloudWatch)
    var cursor = StatisticsCursor()
    #expect(cursor.statistics(of: timeline, at: timeline.last).warmWaits.count == 1)
    log.end(.initialization, 400, told: 1_000)
    timeline.fold(log.events[2])
    timeline.settle()
    let figures = cursor.statistics(of: timeline, at: timeline.last)
    #expect(figures.warmWaits.count == 0 && figures.coldWaits.max == .milliseconds(430))
    #expect(figures.coldStarts == 1)
  }

  @Test("a first init that failed and ran again is a cold start, whose caller waited for both")
  func failedFirstInit() {
    var log = log
    log.span(.initialization, 0, 10_000, .timeout)
    log.span(.initialization, 10_000, 14_000)
    log.span(.invoke, 14_000, 14_300, 1)
    let timeline = log.timeline(.cloudWatch)
    #expect(waits(timeline) == ["cold 14300"])
    #expect(timeline.statistics.coldStarts == 1 && timeline.statistics.reinits == 0)
    // Duration has the init that ran inside the invocation (execution environment page).
    #expect(timeline.requests[0].duration == .milliseconds(4_300))
  }

  @Test("a re-init is one whether or not the first init lies in the log; the rest before it is no wait")
  func reinit() {
    for hasFirst in [true, false] {
      var log = log
      if hasFirst { log.span(.initialization, 0, 400) }
      log.span(.invoke, 400, 521, 1, .error)
      log.add(6_500, .phaseBegan(.invoke), 2)
      log.end(.initialization, 800, told: 6_500)
      log.end(.invoke, 80, told: 6_580, 2)
      let timeline = log.timeline(.cloudWatch)
      #expect(waits(timeline).last == "reinit 880")
      #expect(timeline.statistics.reinits == 1)
      #expect(timeline.statistics.coldStarts == (hasFirst ? 1 : 0))
      #expect(timeline.statistics.reinitWaits.max == .milliseconds(880))
      #expect(timeline.requests[1].duration == .milliseconds(880))
    }
  }

  @Test("nobody waits for an environment that is kept ready")
  func provisioned() {
    var log = log
    log.add(0, .environmentCreated(.provisionedConcurrency))
    log.span(.initialization, 0, 400)
    log.span(.invoke, 410, 430, 1)
    #expect(waits(log.timeline(.telemetry)) == ["ahead 20"])
  }

  @Test("a request that arrives while a first init runs counts as concurrency from then on")
  func concurrency() {
    var log = log
    log.span(.initialization, 0, 300)
    log.span(.invoke, 300, 400, 1)
    let timeline = log.timeline(.cloudWatch)
    let fleet = timeline.statistics.fleet(from: timeline.first, until: timeline.last)
    #expect(fleet.meanRunning == 1 && fleet.meanIdle == 0)
  }
}

@Suite struct WaitsLetGoTests {
  @Test("lengths that come late move nothing that has been let go: figures are those of everything")
  func kept() {
    var log = MillisecondLog()
    for number in 0..<2_000 {
      let start = Int64(number) * 100
      log.add(start, .phaseBegan(.invoke), UInt64(number + 1))
      // Longer than its lines say: it began earlier.
      log.end(.invoke, 70, told: start + 40, UInt64(number + 1))
    }
    let whole = log.timeline(.cloudWatch)
    var kept = Timeline(.cloudWatch)
    for (place, event) in log.events.enumerated() {
      kept.fold(event)
      if place.isMultiple(of: 7) {
        kept.settle()
        kept.keep(.time(.seconds(5)))
      }
    }
    kept.settle()
    #expect(kept.keptFrom != nil)
    let (figures, expected) = (kept.statistics, whole.statistics)
    #expect(figures.requests == expected.requests && figures.requests == 2_000)
    #expect(figures.successes == expected.successes)
    #expect(figures.population.requests.peak == expected.population.requests.peak)
    #expect(figures.population.requests.count == 0)
  }
}
