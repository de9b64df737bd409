import LambdaLifecycle
import Testing

@Suite("Marks")
struct MarkTests {
  private func mark(
    _ log: inout HandLog, _ time: Int64, _ name: String, _ edge: Mark.Edge, _ request: UInt64 = 0
  ) {
    let name = log.catalog.name(name)
    log.add(time, .mark(Mark(name, edge)), in: "a", request)
  }

  /// `name phase start-end`, a `?` where the end was not reported, by depth indented.
  private func marks(_ timeline: Timeline, _ log: HandLog) -> [String] {
    guard let track = timeline.tracks.first else { return [] }
    return track.marks.indices.map { index in
      let mark = track.markSpan(index)
      let end = mark.end.map { "\($0 / 1_000_000_000)" } ?? "…"
      return String(repeating: " ", count: mark.depth) + log.catalog.text(mark.name)
        + " \(mark.phase?.wireName ?? "-") \(mark.start / 1_000_000_000)-\(end)"
        + (mark.isObserved ? "" : "?")
    }
  }

  @Test("sub-spans lie in the phase that runs, nested in one another")
  func nested() {
    var log = HandLog()
    log.add(0, .phaseBegan(.functionInit), in: "a")
    mark(&log, 1, "outer", .begin)
    mark(&log, 2, "inner", .begin)
    mark(&log, 3, "inner", .end)
    mark(&log, 4, "now", .moment)
    mark(&log, 5, "outer", .end)
    log.add(6, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)), in: "a")
    log.span(.invoke, 7, 9, 1)
    mark(&log, 8, "later", .moment)
    #expect(
      marks(log.timeline(), log) == [
        "outer functionInit 1-5", " inner functionInit 2-3", " now functionInit 4-4", "later invoke 8-8",
      ])
    #expect(log.timeline().anomalies == 0)
    #expect(log.timeline().tracks.first?.markDepth == 2)
  }

  @Test("workers of a Managed Instance: what is open already is another's, and nothing is drawn over it")
  func workers() {
    var log = HandLog()
    log.add(0, .environmentCreated(.managedInstances), in: "a")
    log.add(0, .phaseBegan(.functionInit), in: "a")
    mark(&log, 1, "db", .begin)
    mark(&log, 2, "db", .begin)
    mark(&log, 3, "query", .begin)
    mark(&log, 4, "query", .begin)
    mark(&log, 5, "query", .end)
    mark(&log, 6, "query", .end)
    mark(&log, 7, "db", .end)
    mark(&log, 8, "other", .begin)
    mark(&log, 9, "other", .end)
    mark(&log, 9, "db", .end)
    log.add(10, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)), in: "a")
    #expect(
      marks(log.timeline(), log) == [
        "db functionInit 1-7", " db functionInit 2-9", "  query functionInit 3-5",
        "   query functionInit 4-6",
        "other functionInit 8-9",
      ])
    #expect(log.timeline().anomalies == 0)
  }

  @Test("a mark that nobody ends is open as long as its phase, and ends with it")
  func endsWithItsPhase() {
    var log = HandLog()
    log.add(0, .phaseBegan(.invoke), in: "a", 1)
    mark(&log, 1, "db", .begin, 1)
    #expect(marks(log.timeline(), log) == ["db invoke 1-…"])
    log.add(3, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout)), in: "a", 1)
    #expect(marks(log.timeline(), log) == ["db invoke 1-3?"])
    // The next invocation's mark is not inside of it, although the name is the same.
    log.add(5, .phaseBegan(.invoke), in: "a", 2)
    mark(&log, 6, "db", .begin, 2)
    mark(&log, 7, "db", .end, 2)
    #expect(marks(log.timeline(), log) == ["db invoke 1-3?", "db invoke 6-7"])
  }

  @Test("output and phases come in any order: the marks are the same")
  func order() {
    var log = HandLog()
    log.span(.initialization, 0, 4)
    log.span(.invoke, 5, 9, 1)
    let phases = log.events
    mark(&log, 1, "a", .begin)
    mark(&log, 2, "a", .end)
    mark(&log, 6, "b", .begin)
    let marks = Array(log.events.dropFirst(phases.count))
    let expected = self.marks(log.timeline(), log)
    #expect(expected == ["a init 1-2", "b invoke 6-9?"])
    for split in 0...phases.count {
      log.events = Array(phases.prefix(split)) + marks + Array(phases.dropFirst(split))
      #expect(self.marks(log.timeline(), log) == expected)
    }
    // The second first.
    log.events = phases + [marks[2], marks[0], marks[1]]
    #expect(self.marks(log.timeline(), log) == expected)
  }

  @Test("an end without a begin is an anomaly and nothing else")
  func endAlone() {
    var log = HandLog()
    log.span(.invoke, 0, 3, 1)
    mark(&log, 1, "x", .end)
    #expect(marks(log.timeline(), log).isEmpty)
    #expect(log.timeline().anomalies == 1)
  }

  @Test("marks of invocations that run at once belong to their requests")
  func atOnce() {
    var log = HandLog()
    log.add(0, .environmentCreated(.managedInstances), in: "a")
    log.arrive(1, 1)
    log.add(1, .phaseBegan(.invoke), in: "a", 1)
    log.arrive(2, 2)
    log.add(2, .phaseBegan(.invoke), in: "a", 2)
    mark(&log, 3, "db", .begin, 1)
    mark(&log, 4, "db", .begin, 2)
    log.add(5, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), in: "a", 2)
    mark(&log, 6, "db", .end, 1)
    log.add(7, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), in: "a", 1)
    #expect(marks(log.timeline(), log) == ["db invoke 3-6", " db invoke 4-5?"])
  }

  @Test("a fork takes back what came after it")
  func fork() {
    var log = HandLog()
    log.add(0, .phaseBegan(.invoke), in: "a", 1)
    mark(&log, 1, "a", .begin)
    mark(&log, 2, "b", .moment)
    mark(&log, 4, "a", .end)
    log.add(5, .forked(at: .seconds(1)), in: "")
    #expect(marks(log.timeline(), log) == ["a invoke 1-…"])
    mark(&log, 3, "a", .end)
    #expect(marks(log.timeline(), log) == ["a invoke 1-3"])
  }

  // MARK: Function init

  private func spans(_ timeline: Timeline) -> [String] {
    guard let track = timeline.tracks.first else { return [] }
    return track.spans(timeline.requests).filter { $0.phase != .frozen }.map {
      "\($0.phase.wireName) \($0.start / 1_000_000_000)-\($0.end.map { "\($0 / 1_000_000_000)" } ?? "…")"
        + ($0.outcome == .none ? "" : " \($0.outcome.wireName)")
    }
  }

  private let init0to9 = PhaseEnd(.initialization, outcome: .success, duration: .seconds(9))

  @Test(
    "function-init divides the init that a source does not divide",
    arguments: [
      (SourceKind.rie, ["runtimeInit 0-4 success", "functionInit 4-9 success"]),
      // The time before may be the extensions' as well.
      (.telemetry, ["init 0-4 success", "functionInit 4-9 success"]),
    ])
  func functionInit(source: SourceKind, expected: [String]) {
    var log = HandLog()
    log.add(0, .phaseBegan(.initialization), in: "a")
    mark(&log, 4, Mark.functionInit, .begin)
    log.add(10, .phaseEnded(init0to9), in: "a")
    #expect(spans(log.timeline(source)) == expected)
    #expect(log.timeline(source).anomalies == 0)
    var served = log
    served.span(.invoke, 9, 10, 1)
    #expect(served.timeline(source).statistics.initLengths.max == .seconds(9))
    #expect(marks(log.timeline(source), log).isEmpty)

    // Reported twice, the end is known; so is the beginning.
    log.add(10, .phaseEnded(init0to9), in: "a")
    mark(&log, 5, Mark.functionInit, .begin)
    #expect(spans(log.timeline(source)) == expected)
    #expect(log.timeline(source).duplicates == 1)

    // The mark comes after the end of init.
    log.events = [log.events[0], log.events[2], log.events[1]]
    #expect(spans(log.timeline(source)) == expected)
  }

  @Test("function-init of an open init; its end is that of init")
  func openFunctionInit() {
    var log = HandLog()
    log.add(0, .phaseBegan(.initialization), in: "a")
    mark(&log, 4, Mark.functionInit, .begin)
    mark(&log, 5, Mark.functionInit, .end)
    #expect(spans(log.timeline(.rie)) == ["runtimeInit 0-4 success", "functionInit 4-…"])
    #expect(log.timeline(.rie).anomalies == 0)
    log.add(9, .phaseEnded(PhaseEnd(.initialization, outcome: .error)), in: "a")
    #expect(spans(log.timeline(.rie)) == ["runtimeInit 0-4 success", "functionInit 4-9 error"])
  }

  @Test("the length of a divided init that comes with the first report is that of its parts")
  func lengthComesLate() {
    var log = HandLog()
    log.add(0, .phaseBegan(.initialization), in: "a")
    mark(&log, 4, Mark.functionInit, .begin)
    log.add(9, .phaseBegan(.invoke), in: "a", 1)
    let length = PhaseEnd(.initialization, outcome: .success, duration: .seconds(8))
    log.add(10, .phaseEnded(length), in: "a")
    let timeline = log.timeline(.cloudWatch)
    #expect(spans(timeline) == ["init 0-4 success", "functionInit 4-8 success", "invoke 9-…"])
    #expect(timeline.tracks.first?.rows.contains { $0.endIsInferred } == false)
    #expect(timeline.anomalies == 0)
    #expect(timeline.statistics.initLengths.max == .seconds(8))
  }

  @Test("a Managed Instance's init of which nobody told the end was over by the first invocation")
  func managedInit() {
    var log = HandLog()
    log.add(0, .environmentCreated(.managedInstances), in: "a")
    log.add(0, .phaseBegan(.initialization), in: "a")
    mark(&log, 2, Mark.functionInit, .begin)
    mark(&log, 3, Mark.functionInit, .begin)
    log.add(5, .phaseBegan(.invoke), in: "a", 1)
    log.add(6, .phaseBegan(.invoke), in: "a", 2)
    let timeline = log.timeline(.rieManaged)
    #expect(
      spans(timeline) == ["init 0-2 success", "functionInit 2-5", "invoke 5-…", "invoke 6-…"])
    #expect(timeline.tracks.first?.rows.map(\.endIsInferred) == [false, true, false, false])
    #expect(timeline.anomalies == 0)
  }

  @Test("a re-init is divided for itself")
  func reinit() {
    var log = HandLog()
    log.add(0, .phaseBegan(.initialization), in: "a")
    mark(&log, 1, Mark.functionInit, .begin)
    log.add(2, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    log.span(.invoke, 2, 3, 1, .error)
    log.span(.shutdown, 3, 4, 0, .failure)
    log.span(.initialization, 5, 6)
    log.add(7, .phaseBegan(.initialization), in: "a")
    mark(&log, 8, Mark.functionInit, .begin)
    log.add(9, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    #expect(
      spans(log.timeline(.rie)) == [
        "runtimeInit 0-1 success", "functionInit 1-2 success", "invoke 2-3 error", "shutdown 3-4 failure",
        "init 5-6 success", "runtimeInit 7-8 success", "functionInit 8-9 success",
      ])
  }

  @Test("outside of an init, function-init is a mark like others")
  func functionInitElsewhere() {
    var log = HandLog()
    log.span(.invoke, 0, 3, 1)
    mark(&log, 1, Mark.functionInit, .begin)
    #expect(marks(log.timeline(.rie), log) == ["function-init invoke 1-3?"])
  }

  @Test("the imports of the latest init, the largest first")
  func imports() {
    var log = HandLog()
    func cost(_ time: Int64, _ name: String, _ own: Int64, _ total: Int64) {
      let name = log.catalog.name(name)
      log.add(time, .imported(ImportTime(name, own: own, total: total, depth: 0)), in: "a")
    }
    log.add(0, .phaseBegan(.initialization), in: "a")
    cost(1, "small", 1, 1)
    cost(2, "large", 2, 9)
    log.add(3, .phaseEnded(PhaseEnd(.initialization, outcome: .success)), in: "a")
    log.span(.shutdown, 4, 5)
    log.add(6, .phaseBegan(.initialization), in: "a")
    cost(7, "again", 3, 3)
    let track = log.timeline(.rie).tracks.first
    func names(_ time: Timestamp) -> [String] {
      (track?.latestInit(at: time)?.imports ?? []).map { log.catalog.text($0.name) }
    }
    #expect(names(.seconds(3)) == ["large", "small"])
    #expect(names(.seconds(8)) == ["again"])
    #expect(names(0).isEmpty)
  }
}
