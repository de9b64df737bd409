import LambdaLifecycle
import Testing

@Suite("Population")
struct PopulationTests {
  @Test("means are of time, peaks of moments; an environment created for a request was never idle")
  func means() {
    var statistics = Statistics()
    statistics.population.environmentCreated(at: 100)
    statistics.population.began(at: 100)
    statistics.population.ended(at: 150)
    statistics.population.environmentCreated(at: 150)
    statistics.population.began(at: 150)
    statistics.population.ended(at: 160)
    statistics.population.environmentGone(at: 180, born: 100)
    statistics.population.began(at: 190)
    let figures = statistics.fleet(from: 100, until: 200)
    #expect(figures.meanEnvironments == 1.3)
    #expect(figures.peakEnvironments == 2)
    #expect(figures.meanRunning == 0.7)
    #expect(figures.peakRunning == 1)
    #expect(abs(figures.meanIdle - 0.6) < 1e-12)
    #expect(figures.peakIdle == 2)
    #expect(figures.meanLifespan == 80)
  }

  @Test("several invocations at once are one environment that runs")
  func concurrent() {
    var statistics = Statistics()
    statistics.population.environmentCreated(at: 0)
    statistics.population.began(at: 20)
    statistics.population.began(at: 40, wakes: false)
    statistics.population.ended(at: 60, rests: false)
    statistics.population.ended(at: 100)
    let figures = statistics.fleet(from: 0, until: 200)
    #expect(figures.meanRunning == 0.4)
    #expect(figures.peakRunning == 1)
    #expect(figures.meanConcurrency == 0.5)
    #expect(figures.peakConcurrency == 2)
    #expect(figures.peakIdle == 1)
  }

  @Test("100 million requests of 15 minutes, in this century, do not overflow")
  func long() {
    // As many as one after the other: the sums of 10,000 of them, 10,000 times as long.
    var level = Level()
    let begin = Timestamp.seconds(1_700_000_000)
    for _ in 0..<10_000 { level.rise(at: begin) }
    #expect(level.total(until: begin + .seconds(9_000_000)) == Int128(9_000_000_000_000_000) * 10_000)
    #expect(level.mean(from: begin, until: begin + .seconds(9_000_000)) == 10_000)
  }

  @Test("no time, no means")
  func empty() {
    let figures = Statistics().fleet(from: 5, until: 5)
    #expect(figures.meanEnvironments == 0)
    #expect(figures.meanLifespan == nil)
    #expect(figures.coldShare == 0)
  }

  @Test("a timeline's population is that of the events one after the other", arguments: seeds.prefix(40))
  func timeline(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let timeline = Timeline(folding: events)
    var population = Population()
    var born: [EnvironmentID: Timestamp] = [:]
    var inFlight: Set<RequestID> = []
    for event in events {
      switch event.kind {
      case .environmentCreated:
        born[event.environment] = event.time
        population.environmentCreated(at: event.time)
      case .environmentGone: population.environmentGone(at: event.time, born: born[event.environment] ?? 0)
      case .requestAssigned:
        inFlight.insert(event.request)
        population.began(at: event.time)
      case .report where inFlight.remove(event.request) != nil: population.ended(at: event.time)
      default: break
      }
    }
    var expected = Statistics()
    expected.population = population
    let (first, last) = (timeline.first, timeline.last)
    let figures = timeline.statistics.fleet(from: first, until: last)
    var counted = expected.fleet(from: first, until: last)
    (counted.coldShare, counted.throttledShare) = (figures.coldShare, figures.throttledShare)
    #expect(figures == counted)
  }

  @Test("late events: the same population at every moment", arguments: seeds.prefix(20))
  func late(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let timeline = Timeline(folding: events)
    let ordered = events.indices.sorted {
      (events[$0].environment.rawValue, $0) < (events[$1].environment.rawValue, $1)
    }
    let apart = ordered.map { events[$0] }
    let late = Timeline(
      folding: apart.filter { $0.environment == .none } + apart.filter { $0.environment != .none })
    let (first, last) = (timeline.first, timeline.last)
    for place in stride(from: 0, to: events.count, by: 7) {
      let time = events[place].time
      var cursors = (StatisticsCursor(), StatisticsCursor())
      let expected = cursors.0.statistics(of: timeline, at: time).populationFigures(from: first, until: time)
      #expect(
        cursors.1.statistics(of: late, at: time).populationFigures(from: first, until: time) == expected)
      let fresh = Timeline(folding: events.filter { $0.time <= time })
      #expect(fresh.statistics.populationFigures(from: first, until: time) == expected)
    }
    #expect(
      late.statistics.populationFigures(from: first, until: last)
        == timeline.statistics.populationFigures(from: first, until: last))
  }
}
