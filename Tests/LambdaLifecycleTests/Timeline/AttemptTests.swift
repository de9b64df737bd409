import LambdaLifecycle
import Testing

@Suite("Attempts: retries, throttles and dropped events")
struct AttemptTests {
  /// An asynchronous event with id 1 that is throttled, fails, and is then given up; a good request with id 2 between.
  private func events(_ catalog: inout Catalog) -> [LifecycleEvent] {
    var log = HandLog()
    log.arrive(0, 1)
    log.add(
      0, .requestThrottled(reason: log.catalog.name("ReservedFunctionConcurrentInvocationLimitExceeded")), 1)
    for (start, outcome) in [(10, Outcome.error), (70, .timeout)] as [(Int64, Outcome)] {
      log.arrive(start, 1)
      log.add(start, .requestAssigned, in: "a", 1)
      log.add(start, .phaseBegan(.invoke), in: "a", 1)
      log.add(start + 1, .requestAnswered(outcome, errorType: .none), in: "a", 1)
      log.add(start + 2, .phaseEnded(PhaseEnd(.invoke, outcome: outcome)), in: "a", 1)
      log.add(start + 2, .report(Report(duration: .seconds(2), billedMs: 2_000, memoryMB: 1_024)), in: "a", 1)
      log.arrive(start + 3, UInt64(start))
      log.add(start + 3, .requestAssigned, in: "b", UInt64(start))
      log.span(.invoke, start + 3, start + 4, in: "b", UInt64(start))
    }
    log.add(72, .requestDropped(reason: log.catalog.name("RetriesExhausted")), 1)
    catalog = log.catalog
    return log.events
  }

  @Test(
    "each attempt is a request of its own, after a throttle and after failures [asynchronous invocation page]"
  )
  func rows() {
    var catalog = Catalog()
    let timeline = Timeline(folding: events(&catalog))
    #expect(timeline.requests.map(\.arrival) == [0, 10, 13, 70, 73].map { .seconds($0) })
    #expect(timeline.requests.map(\.isThrottled) == [true, false, false, false, false])
    #expect(timeline.requests.map(\.outcome) == [.none, .error, .success, .timeout, .success])
    #expect(timeline.requests.indices.map { timeline.attemptNumber(of: $0) } == [1, 2, 1, 3, 1])
    #expect(timeline.requests.map(\.billedMs) == [-1, 2_000, -1, 2_000, -1])
    #expect(timeline.duplicates == 0)
    #expect(timeline.anomalies == 0)
    let statistics = timeline.statistics
    #expect(statistics.requests == 5)
    #expect(statistics.retries == 2)
    #expect(statistics.throttles == 1)
    #expect(statistics.dropped == 1)
    #expect(statistics.successes == 2)
    #expect(statistics.errors == 1)
    #expect(statistics.timeouts == 1)
    #expect(statistics.billedGBSeconds == 4)
    #expect(
      timeline.markers.contains {
        if case .dropped(let request, let reason) = $0.kind {
          request == RequestID(high: 1, low: 1) && catalog.text(reason) == "RetriesExhausted"
        } else {
          false
        }
      })
    #expect(
      timeline.requests[0].throttleReason == catalog.name("ReservedFunctionConcurrentInvocationLimitExceeded")
    )
  }

  @Test("told twice, each or all: the same attempts")
  func twice() {
    var catalog = Catalog()
    let events = events(&catalog)
    let once = Timeline(folding: events)
    for events in [events.flatMap { [$0, $0] }, events + events, Array(events.prefix(12)) + events] {
      let twice = Timeline(folding: events)
      #expect(twice.account == once.account)
      #expect(twice.statistics.figures == once.statistics.figures)
    }
  }

  @Test("what belongs to no environment first, then one environment after the other: the same attempts")
  func apart() {
    var catalog = Catalog()
    let events = events(&catalog)
    let once = Timeline(folding: events)
    func part(_ name: String) -> [LifecycleEvent] { events.filter { catalog.text($0.environment) == name } }
    for order in [["", "a", "b"], ["", "b", "a"]] {
      let timeline = Timeline(folding: order.flatMap(part))
      #expect(timeline.statistics.figures == once.statistics.figures)
      #expect(timeline.requests.map(\.outcome).count == 5)
      #expect(timeline.duplicates == 0)
    }
  }

  @Test("the figures at a moment, and a fork at any: as if nothing later had been told")
  func moments() {
    var catalog = Catalog()
    let events = events(&catalog)
    let timeline = Timeline(folding: events)
    var cursor = StatisticsCursor()
    for second in 0...80 as ClosedRange<Int64> {
      let fresh = Timeline(folding: events.filter { $0.time <= .seconds(second) })
      #expect(cursor.statistics(of: timeline, at: .seconds(second)).figures == fresh.statistics.figures)
      var forked = timeline
      forked.fold(LifecycleEvent(time: .seconds(second), kind: .forked(at: .seconds(second))))
      for event in events where event.time > .seconds(second) { forked.fold(event) }
      forked.settle()
      #expect(forked.statistics.figures == timeline.statistics.figures)
      #expect(forked.account == timeline.account)
    }
  }

  @Test("an attempt that is told before the one before it: one retry, the later one")
  func outOfOrder() {
    var log = HandLog()
    log.arrive(10, 1)
    log.arrive(0, 1)
    log.arrive(5, 1)
    for start in [5, 0, 10] as [Int64] {
      log.add(start, .requestAssigned, in: "a", 1)
      log.add(start, .phaseBegan(.invoke), in: "a", 1)
      log.add(start + 2, .phaseEnded(PhaseEnd(.invoke, outcome: .error)), in: "a", 1)
    }
    let timeline = log.timeline()
    #expect(timeline.requests.map(\.arrival) == [10, 0, 5].map { .seconds($0) })
    #expect(timeline.requests.map(\.ended) == [12, 2, 7].map { .seconds($0) })
    #expect(timeline.requests.indices.map { timeline.attemptNumber(of: $0) } == [3, 1, 2])
    var cursor = StatisticsCursor()
    let retries = [0, 5, 9, 10].map { cursor.statistics(of: timeline, at: .seconds($0)).retries }
    #expect(retries == [0, 1, 1, 2])
  }

  @Test("a good request whose id comes again long after is no retry of it")
  func again() {
    var log = HandLog()
    for start in [0, 10] as [Int64] {
      log.arrive(start, 1)
      log.add(start, .requestAssigned, in: "a", 1)
      log.span(.invoke, start, start + 1, in: "a", 1)
    }
    let timeline = log.timeline()
    #expect(timeline.statistics.requests == 2)
    #expect(timeline.statistics.retries == 0)
  }
}
