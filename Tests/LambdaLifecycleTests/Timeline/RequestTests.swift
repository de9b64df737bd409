import LambdaLifecycle
import Testing

@Suite("Requests")
struct RequestTests {
  /// A log by hand: seconds.
  private struct Log {
    var catalog = Catalog()
    var events: [LifecycleEvent] = []

    mutating func add(
      _ time: Int64, _ kind: LifecycleEvent.Kind, in name: String = "a", _ request: UInt64 = 0
    ) {
      let environment = catalog.environment(catalog.name(name), of: catalog.name("f"))
      events.append(
        LifecycleEvent(
          time: .seconds(time), environment: kind == .requestArrived ? .none : environment,
          request: request == 0 ? .none : RequestID(high: 1, low: request), kind: kind))
    }

    mutating func span(
      _ phase: Phase, _ start: Int64, _ end: Int64, in name: String = "a", _ request: UInt64 = 0
    ) {
      add(start, .phaseBegan(phase), in: name, request)
      add(end, .phaseEnded(PhaseEnd(phase, outcome: .success)), in: name, request)
    }

    func timeline(_ source: SourceKind = .simulation) -> Timeline { Timeline(folding: events, source) }
  }

  @Test("an arrival that is told after all of its invocation is no request of its own, where ids are")
  func arrivalAfterAll() {
    var log = Log()
    log.span(.invoke, 3, 4, 1)
    log.add(4, .requestAnswered(.success, errorType: .none), 1)
    log.add(5, .requestArrived, 1)
    log.add(5, .requestAssigned, 1)
    log.span(.invoke, 6, 7, 2)
    #expect(log.timeline(.rie).statistics.requests == 2)
    // Lambda tries an event again with its id.
    #expect(log.timeline(.cloudWatch).statistics.requests == 3)
  }

  @Test("a restore is a first init: the request that waited for it is cold, the next one is not")
  func restore() {
    var log = Log()
    log.add(0, .environmentCreated(.snapStart))
    log.add(0, .requestArrived, 1)
    log.add(0, .requestAssigned, 1)
    log.span(.restore, 0, 1)
    log.span(.invoke, 1, 2, 1)
    log.add(3, .requestArrived, 2)
    log.add(3, .requestAssigned, 2)
    log.span(.invoke, 3, 4, 2)
    #expect(log.timeline().requests.map(\.start) == [.cold, .warm])
    #expect(log.timeline().statistics.coldStarts == 1)
  }

  @Test("no arrival told: a request whose invocation follows a restore at once has waited for it, not frozen")
  func restoreWithoutArrival() {
    var log = Log()
    log.span(.restore, 0, 1)
    log.span(.invoke, 1, 2, 1)
    for index in log.events.indices.suffix(2) { log.events[index].time += .milliseconds(50) }
    let timeline = log.timeline(.rie)
    #expect(timeline.requests.map(\.start) == [.cold])
    #expect(timeline.requests.map(\.arrival) == [0])
    #expect(timeline.tracks[0][.inferredFrozen].starts.times == [.milliseconds(2_050)])
  }

  @Test("an environment that was there before we began to listen is not cold for want of an init")
  func joined() {
    var log = Log()
    log.add(3, .requestArrived, 1)
    log.add(3, .requestAssigned, 1)
    log.span(.invoke, 3, 4, 1)
    #expect(log.timeline().requests.map(\.start) == [.warm])
  }

  @Test("an init that begins while the request waits makes it cold, and one that overlaps its wait")
  func waiting() {
    var log = Log()
    log.add(1, .requestArrived, 1)
    log.add(1, .requestAssigned, 1)
    log.span(.initialization, 2, 3)
    log.span(.invoke, 3, 4, 1)
    log.add(5, .requestArrived, 2)
    log.span(.initialization, 5, 6, in: "b")
    log.span(.invoke, 6, 7, in: "b", 2)
    #expect(log.timeline().requests.map(\.start) == [.cold, .cold])
  }

  @Test(
    "a request that a reset environment takes waits for a re-init from the beginning of that init [execution environment page]"
  )
  func reinit() {
    var log = Log()
    log.add(0, .environmentCreated(.onDemand))
    log.add(0, .requestArrived, 1)
    log.add(0, .requestAssigned, 1)
    log.span(.initialization, 0, 1)
    log.span(.invoke, 1, 2, 1)
    log.span(.shutdown, 2, 3)
    log.add(5, .requestArrived, 2)
    log.add(5, .requestAssigned, 2)
    log.add(5, .phaseBegan(.initialization))
    // Before its invocation begins.
    #expect(log.timeline().requests.map(\.start) == [.cold, .reinit])
    log.add(6, .phaseEnded(PhaseEnd(.initialization, outcome: .success)))
    log.span(.invoke, 6, 7, 2)
    log.add(8, .requestArrived, 3)
    log.add(8, .requestAssigned, 3)
    log.span(.invoke, 8, 9, 3)
    let timeline = log.timeline()
    #expect(timeline.requests.map(\.start) == [.cold, .reinit, .warm])
    #expect(timeline.statistics.reinits == 1)
    #expect(timeline.reinitArrivals.times == [.seconds(5)])
    var cursor = StatisticsCursor()
    #expect(cursor.statistics(of: timeline, at: .seconds(4)).reinits == 0)
    #expect(cursor.statistics(of: timeline, at: .seconds(5)).reinits == 1)
  }

  @Test(
    "who waited for a first init that failed, and for the next one, is a cold start alone [execution environment page]"
  )
  func suppressedAfterFailedInit() {
    var log = Log()
    log.add(0, .environmentCreated(.onDemand))
    log.add(0, .requestArrived, 1)
    log.add(0, .requestAssigned, 1)
    log.add(0, .phaseBegan(.initialization))
    log.add(10, .phaseEnded(PhaseEnd(.initialization, outcome: .timeout)))
    log.span(.shutdown, 10, 10)
    log.span(.initialization, 10, 12)
    log.span(.invoke, 12, 13, 1)
    let timeline = log.timeline()
    #expect(timeline.requests.map(\.start) == [.cold])
    #expect(timeline.statistics.coldStarts == 1)
    #expect(timeline.statistics.reinits == 0)
  }

  @Test("a fork before the re-init takes it back, one in the midst of it keeps it")
  func forkedReinit() {
    for (moment, start) in [(5, StartKind.warm), (6, .reinit), (7, .reinit)] as [(Int64, StartKind)] {
      var log = Log()
      log.add(0, .environmentCreated(.onDemand))
      log.span(.initialization, 0, 1)
      log.span(.invoke, 1, 2, 1)
      log.span(.shutdown, 2, 3)
      log.add(5, .requestArrived, 2)
      log.add(5, .requestAssigned, 2)
      log.span(.initialization, 6, 7)
      log.span(.invoke, 7, 8, 2)
      log.add(moment, .forked(at: .seconds(moment)))
      let timeline = log.timeline()
      #expect(timeline.requests[1].start == start, "forked at \(moment)")
      #expect(timeline.statistics.reinits == (start == .reinit ? 1 : 0))
      #expect(timeline.reinitArrivals.count == timeline.statistics.reinits)
    }
  }

  @Test("a retry with the id of a request that is over is a request of its own")
  func retry() {
    var log = Log()
    for start in [0, 10, 20] as [Int64] {
      log.add(start, .requestArrived, 1)
      log.span(.invoke, start, start + 1, 1)
    }
    let timeline = log.timeline()
    #expect(timeline.requests.map(\.duration) == [.seconds(1), .seconds(1), .seconds(1)])
    #expect(timeline.statistics.durations.count == 3)
  }

  @Test("invocations without an id are requests of their own, at the same time too")
  func withoutID() {
    var log = Log()
    log.span(.invoke, 0, 1)
    log.add(2, .phaseBegan(.invoke))
    log.span(.invoke, 2, 3, in: "b")
    log.add(4, .phaseEnded(PhaseEnd(.invoke, outcome: .success)))
    let timeline = log.timeline()
    #expect(timeline.requests.map(\.duration) == [.seconds(1), .seconds(2), .seconds(1)])
    #expect(timeline.statistics.peakConcurrency == 2)
  }

  @Test("requests at the same time count as such, even if they are told one after the other")
  func peak() {
    var log = Log()
    log.span(.invoke, 0, 5, in: "a", 1)
    log.span(.invoke, 1, 4, in: "b", 2)
    log.span(.invoke, 5, 6, in: "c", 3)
    let timeline = log.timeline()
    var cursor = StatisticsCursor()
    #expect(timeline.statistics.peakConcurrency == 2)
    #expect(cursor.statistics(of: timeline, at: .milliseconds(500)).peakConcurrency == 1)
    #expect(cursor.statistics(of: timeline, at: .seconds(6)).peakConcurrency == 2)
  }

  @Test(
    "an end that comes after the next begin counts as if it had come in time",
    arguments: [Outcome.success, .timeout], [SourceKind.simulation, .rie])
  func lateEnd(outcome: Outcome, source: SourceKind) {
    var log = Log()
    log.span(.initialization, 0, 1)
    log.add(1, .phaseBegan(.invoke), 1)
    log.add(3, .runtimeDone(outcome, errorType: .none), 1)
    log.add(5, .phaseEnded(PhaseEnd(.invoke, outcome: outcome)), 1)
    log.span(.invoke, 10, 11, 2)
    let expected = log.timeline(source)
    log.events.swapAt(4, 5)
    let timeline = log.timeline(source)
    #expect(timeline.late == 1)
    #expect(timeline.account == expected.account)
    #expect(timeline.statistics.figures == expected.statistics.figures)
    #expect(timeline.markers == expected.markers)
    #expect(timeline.anomalies == 0)
    var cursor = StatisticsCursor()
    #expect(
      cursor.statistics(of: timeline, at: timeline.last).figures == expected.statistics.figures)
  }

  @Test("answers and reports that are told late count where they belong")
  func lateAnswer() {
    var log = Log()
    log.span(.invoke, 6, 7, in: "b", 2)
    log.span(.invoke, 0, 1, in: "a", 1)
    log.add(8, .report(Report(billedMs: 1_024, memoryMB: 1_000)), in: "a", 1)
    let timeline = log.timeline()
    var cursor = StatisticsCursor()
    #expect(cursor.statistics(of: timeline, at: .seconds(2)).durations.count == 1)
    #expect(cursor.statistics(of: timeline, at: .seconds(2)).billedGBSeconds == 1)
    #expect(cursor.statistics(of: timeline, at: .seconds(7)).durations.count == 2)
  }

  @Test("where a log's clock is behind the caller's, the parts of a wait add up to it all the same")
  func partsOfTwoClocks() throws {
    var log = Log()
    log.add(1, .requestArrived, 1)
    log.add(1, .requestAssigned, in: "a", 1)
    log.span(.invoke, 0, 5, in: "a", 1)
    let timeline = log.timeline(.rie)
    let parts = RequestParts(0, timeline, at: .seconds(9)).upTo(answer: timeline.requests[0].answered)
    #expect(parts.length == .seconds(4))
    #expect(parts.parts.map(\.begin) == [.seconds(1)])
    #expect(parts.parts.reduce(0) { $0 + $1.length } == parts.length)
  }
}
