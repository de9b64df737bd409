import LambdaLifecycle
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test(
    "a cursor that moves, forward in steps or back, finds what one finds at once", arguments: seeds.prefix(10)
  )
  func cursor(seed: UInt64) {
    let timeline = RandomSession(seed: seed).run().timeline
    var dice = Dice(seed)
    var moments = (0..<10).map { _ in timeline.first + dice.roll(timeline.last - timeline.first + 2) }
    moments.sort()
    moments += [timeline.last, moments[3], moments[7], moments[0]]
    var cursor = StatisticsCursor()
    for moment in moments {
      var fresh = StatisticsCursor()
      let expected = fresh.statistics(of: timeline, at: moment).figures
      #expect(cursor.statistics(of: timeline, at: moment).figures == expected)
    }
  }

  @Test("the figures at a moment are those of the events up to it", arguments: seeds.prefix(10))
  func restricted(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let timeline = Timeline(folding: events)
    var dice = Dice(seed)
    var cursor = StatisticsCursor()
    for _ in 0..<4 {
      let moment = events[Int(dice.roll(Int64(events.count)))].time
      let fresh = Timeline(folding: events.filter { $0.time <= moment })
      #expect(cursor.statistics(of: timeline, at: moment).figures == fresh.statistics.figures)
    }
    #expect(cursor.statistics(of: timeline, at: timeline.last).figures == timeline.statistics.figures)
  }

  @Test("back and forth over so many answers that the cursor keeps some of its way")
  func longWay() {
    var catalog = Catalog()
    let environment = catalog.environment(catalog.name("e"), of: catalog.name("f"))
    var timeline = Timeline(.simulation)
    for number in 0..<150_000 as Range<Int64> {
      let request = RequestID(high: 1, low: UInt64(number) + 1)
      for (time, kind) in [
        (0, .phaseBegan(.invoke)), (5, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
      ] as [(Int64, LifecycleEvent.Kind)] {
        timeline.fold(
          LifecycleEvent(time: number * 10 + time, environment: environment, request: request, kind: kind))
      }
    }
    timeline.settle()
    var cursor = StatisticsCursor()
    for answers in [150_000, 70_000, 10, 140_000, 65_537, 65_536, 0, 131_073, 150_000] as [Int64] {
      let figures = cursor.statistics(of: timeline, at: answers * 10 - 1)
      #expect(figures.durations.count == Int(answers))
      #expect(figures.requests == Int(answers))
    }
  }

  /// The figures that a cursor finds at the end.
  static func figures(of timeline: Timeline) -> String {
    var cursor = StatisticsCursor()
    return cursor.statistics(of: timeline, at: timeline.last).figures
  }

  @Test("a cursor notices a fork")
  func fork() {
    var run = Run(.small)
    run.request(at: 0, 800)
    run.advance(to: 2_000)
    var timeline = run.timeline
    var cursor = StatisticsCursor()
    #expect(cursor.statistics(of: timeline, at: .seconds(3)).requests == 2)
    timeline.fold(LifecycleEvent(time: .milliseconds(700), kind: .forked(at: .milliseconds(700))))
    timeline.settle()
    #expect(cursor.statistics(of: timeline, at: .seconds(3)).requests == 1)
  }

  @Test("quantiles are exact to 0.1 %, the longest is exact")
  func quantiles() {
    var quantiles = Quantiles()
    #expect(quantiles.median == nil)
    for length in 1...10_000 as ClosedRange<Int64> { quantiles.record(.milliseconds(length)) }
    for (percent, length) in [(50.0, 5_000), (95, 9_500), (99, 9_900)] as [(Double, Int64)] {
      let value = quantiles.value(atPercent: percent) ?? 0
      #expect(abs(value - .milliseconds(length)) <= .milliseconds(length) / 1_000)
    }
    #expect(quantiles.value(atPercent: 100) == .seconds(10))
    #expect(quantiles.max == .seconds(10))
  }

  @Test(
    "concurrency counts a request from its assignment on: an environment is busy during init [concurrency page]"
  )
  func concurrency() {
    var run = Run(.small)
    run.request(at: 0, 100, 200)
    run.advance(to: 2_000)
    let timeline = run.timeline
    var cursor = StatisticsCursor()
    let counts = [0, 100, 200, 599, 600, 700, 800].map {
      cursor.statistics(of: timeline, at: .milliseconds($0)).concurrency
    }
    #expect(counts == [1, 2, 3, 3, 2, 1, 0])
    #expect(timeline.statistics.peakConcurrency == 3)
  }
}
