import LambdaLifecycle
import Testing

/// A log in CloudWatch gives the length of an init with its first request's REPORT, and often no begin at
/// all.
@Suite struct LateInitTests {
  private func end(_ phase: Phase, _ outcome: Outcome = .success, seconds: Int64) -> LifecycleEvent.Kind {
    .phaseEnded(PhaseEnd(phase, outcome: outcome, duration: .seconds(seconds)))
  }

  @Test func theLengthComesAfterTheInvocationHasBegun() {
    var log = HandLog()
    log.add(0, .phaseBegan(.initialization), in: "a")
    log.add(5, .phaseBegan(.invoke), in: "a", 1)
    let before = log.timeline(.cloudWatch)
    #expect(before.anomalies == 0)
    #expect(before.tracks[0].rows[0].endIsInferred)
    log.add(5, end(.initialization, seconds: 5), in: "a")
    log.add(8, end(.invoke, seconds: 3), in: "a", 1)
    let after = log.timeline(.cloudWatch)
    #expect(after.anomalies == 0)
    #expect(after.tracks[0].rows.map(\.end) == [.seconds(5), .seconds(8)])
    #expect(after.statistics.coldStarts == 1)
    #expect(after.requests[0].arrival == 0)
    // Another source should have reported the end.
    #expect(before.tracks[0].rows[0].end == .seconds(5))
    #expect(log.timeline(.telemetry).anomalies == 0)
    log.events.removeLast(2)
    #expect(log.timeline(.telemetry).anomalies == 1)
  }

  @Test func withoutABeginItRanBeforeItsRequest() {
    var log = HandLog()
    log.add(5, .phaseBegan(.invoke), in: "a", 1)
    log.add(5, end(.initialization, seconds: 4), in: "a")
    log.add(8, end(.invoke, seconds: 3), in: "a", 1)
    let timeline = log.timeline(.cloudWatch)
    let rows = timeline.tracks[0].rows
    #expect(rows.map(\.phase) == [.initialization, .invoke])
    #expect(rows[0].start == .seconds(1) && rows[0].end == .seconds(5) && rows[0].startIsInferred)
    #expect(!rows[1].startIsInferred)
    #expect(timeline.tracks[0].created == .seconds(1))
    #expect(timeline.statistics.coldStarts == 1)
    #expect(timeline.requests[0].wait == .seconds(7))
    let spans = timeline.tracks[0].spans(timeline.requests)
    #expect(spans.map(\.phase) == [.initialization, .invoke, .frozen])
    #expect(spans.map(\.isObserved) == [false, true, false])
  }

  /// An init after a reset counts into Duration [execution environment page].
  @Test func aReinitBeforeItsRequestIsPartOfItsDuration() {
    var log = HandLog()
    log.span(.initialization, 0, 1)
    log.span(.invoke, 1, 4, 1, .timeout)
    log.add(20, .phaseBegan(.invoke), in: "a", 2)
    log.add(20, end(.initialization, seconds: 2), in: "a")
    log.add(21, end(.invoke, seconds: 1), in: "a", 2)
    let timeline = log.timeline(.cloudWatch)
    #expect(timeline.requests[1].duration == .seconds(3))
    #expect(timeline.statistics.reinits == 1)
    #expect(timeline.statistics.coldStarts == 1)
    let spans = timeline.tracks[0].spans(timeline.requests)
    #expect(spans.map(\.phase) == [.initialization, .invoke, .initialization, .invoke, .frozen])
  }
}
