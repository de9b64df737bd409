import LambdaLifecycle
import Testing

/// Lengths are measured, stamps are rounded and say when a line was written.
@Suite struct LengthTests {
  private var log = MillisecondLog()

  @Test("an init that would reach into its invocation by rounding begins that much earlier")
  func rounding() {
    var log = log
    log.add(0, .phaseBegan(.initialization))
    log.add(480, .phaseBegan(.invoke), 1)
    log.end(.initialization, microseconds: 480_610, told: 480)
    log.end(.invoke, microseconds: 119_400, told: 600, 1)
    let timeline = log.timeline(.cloudWatch)
    #expect(timeline.phases == "init -0.61-480, invoke 480-599.4, frozen 599.4-…")
    #expect(timeline.requests[0].wait == .microseconds(600_010))
    #expect(timeline.tracks[0].created == timeline.first)
    #expect(timeline.anomalies == 0)
    #expect(timeline.statistics.initLengths.max == .microseconds(480_610))
    let fleet = timeline.statistics.fleet(from: timeline.first, until: timeline.last)
    #expect(fleet.meanEnvironments == 1 && fleet.meanRunning > 0.99)
  }

  @Test("what follows a span within a rounding begins where that has ended")
  func next() {
    var log = log
    log.add(0, .phaseBegan(.invoke), 1)
    log.end(.invoke, microseconds: 100_700, told: 100, 1)
    log.add(100, .phaseBegan(.invoke), 2)
    log.end(.invoke, 50, told: 151, 2)
    #expect(log.timeline(.cloudWatch).phases == "invoke 0-100.7, invoke 100.7-150.7, frozen 150.7-…")
    // Reported twice, it is the same.
    log.events += log.events
    let twice = log.timeline(.cloudWatch)
    #expect(twice.requests.count == 2 && twice.phases == log.timeline(.cloudWatch).phases)
  }

  @Test("a restore is over when it is reported: it began its length before")
  func restore() {
    var log = log
    log.add(10_000, .phaseBegan(.restore))
    log.end(.restore, 450, told: 10_300)
    log.add(10_302, .phaseBegan(.invoke), 1)
    log.end(.invoke, 200, told: 10_502, 1)
    let timeline = log.timeline(.cloudWatch)
    #expect(timeline.phases == "restore 9850-10300, invoke 10302-10502, frozen 10502-…")
    #expect(timeline.statistics.coldWaits.max == .milliseconds(652))
  }

  @Test("an invocation that took longer than its lines say began before its START")
  func invocation() {
    var log = log
    log.span(.invoke, 0, 100, 1)
    log.add(1_000, .phaseBegan(.invoke), 2)
    log.end(.invoke, 300, told: 1_100, 2)
    let timeline = log.timeline(.cloudWatch)
    #expect(timeline.phases == "invoke 0-100, frozen 100-800, invoke 800-1100, frozen 1100-…")
    #expect(timeline.requests[1].arrival == .milliseconds(800))
    #expect(timeline.statistics.warmWaits.max == .milliseconds(300))
  }

  @Test("lengths that fit nowhere overlap nothing all the same")
  func crowded() {
    var log = log
    log.span(.invoke, 0, 100, 1)
    log.add(110, .phaseBegan(.invoke), 2)
    log.end(.invoke, 300, told: 150, 2)
    log.add(150, .phaseBegan(.invoke), 3)
    let timeline = log.timeline(.cloudWatch)
    let rows = timeline.tracks[0].rows
    for (row, next) in zip(rows, rows.dropFirst()) { #expect(row.end <= next.start) }
  }

  @Test("exact times of a simulation stay")
  func exact() {
    var log = log
    log.add(0, .phaseBegan(.invoke), 1)
    log.end(.invoke, 300, told: 100, 1)
    #expect(log.timeline(.simulation).phases == "invoke 0-300")
  }

  @Test("a failure told after REPORT is that invocation's, not the retry's")
  func lateFailure() {
    var log = log
    log.span(.invoke, 0, 4_000, 1)
    log.add(4_000, .report(Report(duration: .seconds(4), billedMs: 4_000, memoryMB: 256)), 1)
    let timedOut = LifecycleEvent.Kind.phaseEnded(
      PhaseEnd(.invoke, outcome: .timeout, duration: .milliseconds(4_000)))
    log.add(4_000, timedOut, 1)
    log.span(.invoke, 70_000, 70_150, 1)
    var timeline = log.timeline(.cloudWatch)
    #expect(timeline.tracks[0].rows.map(\.outcome) == [.timeout, .success])
    let figures = timeline.statistics
    #expect(figures.requests == 2 && figures.timeouts == 1 && figures.successes == 1 && figures.retries == 1)
    #expect(timeline.landmarks[.error].map(\.time) == [.seconds(4)])
    #expect(timeline.phases == "invoke 0-4000, invoke 70000-70150, frozen 70150-…")
    // The retry had begun already.
    log.events.append(log.events.remove(at: 3))
    timeline = log.timeline(.cloudWatch)
    #expect(timeline.tracks[0].rows.map(\.outcome) == [.timeout, .success])
    #expect(timeline.phases == "invoke 0-4000, invoke 70000-70150, frozen 70150-…")
  }
}
