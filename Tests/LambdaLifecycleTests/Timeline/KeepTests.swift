@testable import LambdaLifecycle
import Testing

@Suite("What a live session keeps")
struct KeepTests {
  /// The events of a session from a source that reports everything, or from one that reports neither freezing
  /// nor requests.
  private func events(_ seed: UInt64, _ source: SourceKind) -> [LifecycleEvent] {
    RandomSession(seed: seed, traffic: true).run().log.events.filter { event in
      guard source != .simulation else { return true }
      switch event.kind {
      case .phaseBegan(.frozen, _), .thawed, .requestArrived, .requestAssigned: return false
      case .phaseEnded(let end): return end.phase != .frozen
      default: return true
      }
    }
  }

  @Test(
    "what is kept looks as if everything were, and the figures are those of everything",
    arguments: seeds.prefix(20), [SourceKind.simulation, .rie])
  func sameFromThere(seed: UInt64, source: SourceKind) throws {
    let events = events(seed, source)
    let whole = Timeline(folding: events, source)
    var part = Timeline(source)
    var dice = Dice(seed)
    let length = (whole.last - whole.first) / (3 + dice.roll(20)) + .seconds(1)
    for (number, event) in events.enumerated() {
      part.fold(event)
      guard dice.chance(20) || number == events.count - 1 else { continue }
      part.settle()
      part.keep(.time(length))
    }
    let from = try #require(part.keptFrom)
    #expect(part.requests.count < whole.requests.count)
    #expect(part.beginning == whole.beginning && part.first == from && part.last == whole.last)
    #expect(part.statistics.figures == whole.statistics.figures)
    #expect(part.anomalies == whole.anomalies && part.duplicates == whole.duplicates)
    var cursors = (StatisticsCursor(), StatisticsCursor())
    let moments = (0..<8).map { _ in from + dice.roll(whole.last - from + 1) } + [whole.last]
    for moment in moments {
      #expect(
        cursors.0.statistics(of: part, at: moment).figures
          == cursors.1.statistics(of: whole, at: moment).figures)
      for track in whole.tracks where track.created <= moment && track.gone > from {
        let kept = try #require(part.track(track.id))
        expectSame(kept, track, part, whole, from, moment)
      }
      let edges = (0...40).map { from + Int64($0) * ((moment - from) / 40 + 1) }
      #expect(
        part.concurrency(edges: edges, limit: moment) == whole.concurrency(edges: edges, limit: moment))
    }
  }

  @Test("figures of a part of a session are its own, whatever is let go", arguments: seeds.prefix(20))
  func ofAPart(seed: UInt64) throws {
    let events = events(seed, .simulation)
    let (first, last) = (try #require(events.map(\.time).min()), try #require(events.map(\.time).max()))
    let begin = first + (last - first) / 3
    var timelines = [Timeline(.simulation), Timeline(.simulation)]
    for place in timelines.indices {
      timelines[place].become(SessionPart(origin: first, begin: begin, end: last))
      for (number, event) in events.enumerated() {
        timelines[place].fold(event)
        guard number % 20 == 0 || number == events.count - 1 else { continue }
        timelines[place].settle()
        if place == 1 { timelines[place].keep(.time((last - first) / 5 + .seconds(1))) }
      }
    }
    #expect(timelines[1].keptFrom != nil)
    let (whole, kept) = (timelines[0].statistics, timelines[1].statistics)
    #expect(kept.figures == whole.figures)
    #expect(kept.requests == whole.requests && kept.coldStarts == whole.coldStarts)
    let fleets = [whole, kept].map { $0.fleet(from: begin, until: last) }
    #expect(fleets[0] == fleets[1])
  }

  private func expectSame(
    _ kept: EnvironmentTrack, _ track: EnvironmentTrack, _ part: Timeline, _ whole: Timeline,
    _ from: Timestamp,
    _ moment: Timestamp
  ) {
    #expect(kept.state(at: moment) == track.state(at: moment))
    #expect(kept.stateBegan(at: moment) == track.stateBegan(at: moment))
    #expect(kept.invocationCount(upTo: moment) == track.invocationCount(upTo: moment))
    #expect(
      kept.stateEnd(at: moment, StateLimits(part.description(of: kept.function, at: moment)))
        == track.stateEnd(at: moment, StateLimits(whole.description(of: track.function, at: moment))))
    var bills = (EnvironmentBillCursor(), EnvironmentBillCursor())
    #expect(bills.0.bill(of: kept, part, at: moment) == bills.1.bill(of: track, whole, at: moment))
    #expect(
      kept.spans(part.requests).filter { $0.start > from }
        == track.spans(whole.requests).filter { $0.start > from })
    for phase in Phase.allCases {
      #expect(shares(kept[phase], from, moment) == shares(track[phase], from, moment))
    }
    for lane in [EnvironmentTrack.LaneIndex.inferredFrozen, .extensionWork] {
      #expect(shares(kept[lane], from, moment) == shares(track[lane], from, moment))
    }
    for lane in [EnvironmentTrack.LaneIndex.failedInvoke, .failedInit, .failedShutdown] {
      #expect(kept[lane].starts.times.filter { $0 > from } == track[lane].starts.times.filter { $0 > from })
    }
  }

  private func cells(_ from: Timestamp, _ limit: Timestamp) -> [Timestamp] {
    let width = (limit - from) / 50 + 1
    return (0...60).map { from + 1 + Int64($0) * width }
  }

  private func shares(_ lane: Lane, _ from: Timestamp, _ limit: Timestamp) -> [Lane.Share] {
    var shares: [Lane.Share] = []
    let width = (limit - from) / 50 + 1
    lane.shares(edges: (0...60).map { from + 1 + Int64($0) * width }, limit: limit) { column, share in
      while shares.count <= column { shares.append(Lane.Share()) }
      shares[column] = share
    }
    return shares
  }

  private func endless(_ keep: Keep, invocations: Int64, environments: Int64 = 1) -> Timeline {
    var catalog = Catalog()
    let names = (0..<environments).map { catalog.environment(catalog.name("e\($0)"), of: catalog.name("f")) }
    var timeline = Timeline(.telemetry)
    for number in 0..<invocations {
      let environment = names[Int(number % environments)]
      let request = RequestID(high: 1, low: UInt64(number) + 1)
      let end = PhaseEnd(.invoke, outcome: number % 7 == 0 ? .error : .success)
      let kinds: [(Int64, LifecycleEvent.Kind)] = [(0, .phaseBegan(.invoke)), (5, .phaseEnded(end))]
      for (time, kind) in kinds {
        timeline.fold(
          LifecycleEvent(
            time: .milliseconds(number * 10 + time), environment: environment, request: request, kind: kind))
      }
      guard number % 100 == 99 else { continue }
      timeline.settle()
      timeline.keep(keep)
    }
    return timeline
  }

  @Test("what else the program needs leaves less room for the timeline, but some")
  func room() throws {
    func kept(beside others: Int) -> Int {
      var timeline = endless(.events(1_000_000), invocations: 100_000)
      timeline.keep(.bytes(8_000_000), beside: others)
      return timeline.reckonedBytes
    }
    let alone = kept(beside: 0)
    #expect((4_000_000...8_000_000).contains(alone))
    #expect(kept(beside: 4_000_000) < alone * 3 / 4)
    #expect(kept(beside: 100_000_000) > 0)
  }

  @Test("an environment is counted with all of its columns, a name with its text")
  func environmentsAreReckoned() {
    let few = endless(.events(1_000_000), invocations: 2_000, environments: 1)
    let many = endless(.events(1_000_000), invocations: 2_000, environments: 2_000)
    let each = (many.reckonedBytes - few.reckonedBytes) / 2_000
    #expect(each > MemoryLayout<EnvironmentTrack>.stride + 10 * MemoryLayout<Lane>.stride)
    var catalog = Catalog()
    let empty = catalog.reckonedBytes
    for number in 0..<1_000 { _ = catalog.name("an environment with a rather long name \(number)") }
    #expect(catalog.reckonedBytes - empty > 1_000 * 100)
  }

  @Test("the newest events are kept, about as many as were asked for")
  func newest() throws {
    let timeline = endless(.events(20_000), invocations: 100_000)
    #expect((10_000...14_500).contains(timeline.requests.count))
    let rows = try #require(timeline.tracks.first).rows.count
    #expect((10_000...14_500).contains(rows))
    #expect(timeline.statistics.requests == 100_000)
    #expect(timeline.statistics.errors == 14_286)
    #expect(timeline.tracks.first?.invocationCount(upTo: timeline.last) == 100_000)
  }

  @Test("memory is bounded, also of environments that come and go")
  func memory() {
    let timeline = endless(.bytes(4_000_000), invocations: 200_000, environments: 50)
    #expect(timeline.keptFrom != nil)
    #expect(timeline.requests.count < 4_000_000 / 150)
    #expect(timeline.statistics.requests == 200_000)
    #expect(timeline.statistics.durations.count == 200_000)

    var log = HandLog()
    for number in 0..<2_000 as Range<Int64> {
      log.span(.invoke, 10 * number, 10 * number + 1, in: "e\(number)", UInt64(number) + 1)
      log.add(10 * number + 2, .environmentGone(.spindown, detail: .none), in: "e\(number)")
    }
    var fleeting = Timeline(.simulation)
    for event in log.events {
      fleeting.fold(event)
      fleeting.settle()
      fleeting.keep(.time(.seconds(1_000)))
    }
    #expect(fleeting.tracks.count < 120)
    #expect(fleeting.statistics.population == log.timeline().statistics.population)
  }

  @Test("what comes too late to be drawn is counted as late")
  func tooLate() {
    var log = HandLog()
    log.span(.invoke, 0, 1, 1)
    log.add(2, .environmentGone(.spindown, detail: .none), in: "a")
    log.span(.invoke, 100, 101, in: "b", 2)
    var timeline = log.timeline()
    timeline.keep(.time(.seconds(10)))
    #expect(timeline.keptFrom == .seconds(91))
    #expect(timeline.tracks.map(\.invocations) == [1])
    var late = HandLog()
    late.catalog = log.catalog
    late.span(.invoke, 3, 4, 3)
    // Its environment is gone, whatever is said of it afterwards.
    late.span(.invoke, 101, 102, 4)
    for event in late.events { timeline.fold(event) }
    timeline.settle()
    #expect(timeline.late == 4)
    #expect(timeline.tracks.count == 1)
    #expect(timeline.statistics.requests == 2)
  }

  @Test("reports on inits that came out of order are each billed once")
  func lateInitReports() throws {
    var log = HandLog()
    log.add(0, .environmentCreated(.provisionedConcurrency), in: "a")
    for (time, billed) in [(10, 100), (5, 20), (6, 3)] as [(Int64, Int32)] {
      let report = InitReport(
        initializationType: .provisionedConcurrency, billedMs: billed, memoryMB: 1_024)
      log.add(time, .initReport(report), in: "a")
    }
    log.span(.invoke, 20, 21, in: "a", 1)
    var timeline = log.timeline()
    let whole = timeline
    for horizon in [7, 12] as [Int64] {
      timeline.letGo(before: .seconds(horizon))
      var cursors = (EnvironmentBillCursor(), EnvironmentBillCursor())
      let bill = cursors.0.bill(of: timeline.tracks[0], timeline, at: .seconds(30))
      #expect(bill == cursors.1.bill(of: whole.tracks[0], whole, at: .seconds(30)))
      #expect(bill.milliseconds == 123, "horizon \(horizon)")
      #expect(timeline.statistics.figures == whole.statistics.figures)
    }
  }

  @Test("amounts as a user writes them")
  func amounts() {
    #expect(Keep("2GB") == .bytes(2_000_000_000))
    #expect(Keep("512mb") == .bytes(512_000_000))
    #expect(Keep("1.5h") == .time(.seconds(5_400)))
    #expect(Keep("30m") == .time(.seconds(1_800)))
    #expect(Keep("2d") == .time(.seconds(172_800)))
    #expect(Keep("100000") == .events(100_000))
    for wrong in ["", "GB", "0", "-1h", "6 h", "10", "1kb", "99999999d", "1e3", "6hours"] {
      #expect(Keep(wrong) == nil, "\(wrong)")
    }
  }
}
