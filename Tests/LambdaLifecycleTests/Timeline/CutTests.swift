import LambdaLifecycle
import Testing

/// A part of a random session shows of its stretch of time what the whole shows.
@Suite struct CutTests {
  private struct Played {
    var log = EventLog()
    var start: Timestamp
    var end: Timestamp

    init(seed: UInt64) {
      let fleet = RandomFleet(seed: seed, byHand: true)
      (start, end) = (fleet.start, fleet.end)
      var session = SimulationSession(fleet.scenario, seed: seed, start: fleet.start, into: &log)
      for (time, command) in fleet.steps {
        session.advance(to: time, into: &log)
        session.perform(command, into: &log)
      }
      session.advance(to: fleet.end, into: &log)
    }

    func timeline(_ events: [LifecycleEvent], figuresFrom begin: Timestamp = .min) -> Timeline {
      var timeline = Timeline(.simulation)
      if begin != .min { timeline.become(SessionPart(origin: start, begin: begin, end: begin)) }
      timeline.learnSources(from: log.catalog)
      for event in events { timeline.fold(event) }
      timeline.settle()
      return timeline
    }
  }

  /// Spans and requests that reach beyond a moment.
  private func lines(_ timeline: Timeline, after time: Timestamp) -> [String] {
    var lines: [String] = []
    for track in timeline.tracks where track.gone >= time {
      for span in track.spans(timeline.requests) where (span.end ?? .never) > time {
        lines.append("\(track.id.index) \(span.phase) \(span.start) \(span.end ?? -1) \(span.outcome)")
      }
    }
    for request in timeline.requests where request.answered > time {
      lines.append(
        "\(request.id) \(request.arrival) \(request.answered) \(request.outcome) \(request.start)"
          + " \(request.environment.index)")
    }
    return lines.sorted()
  }

  @Test(arguments: 0..<20)
  func ofAnyStretch(batch: UInt64) {
    for seed in (batch * 5 + 1)...(batch * 5 + 5) {
      let played = Played(seed: seed)
      var dice = Dice(seed)
      for _ in 0..<6 {
        let start = played.start + dice.roll(played.end - played.start)
        let end = start + dice.roll(played.end - start + 1)
        let part = Cut(start: start, end: end).events(of: played.log.events, played.log.catalog)
        let whole = played.timeline(played.log.events.filter { $0.time <= end })
        let (found, expected) = (lines(played.timeline(part), after: start), lines(whole, after: start))
        guard found != expected else { continue }
        let (more, less) = (found.filter { !expected.contains($0) }, expected.filter { !found.contains($0) })
        Issue.record("seed \(seed), \(start)...\(end)\nfound:\n\(more)\nexpected:\n\(less)")
        return
      }
    }
  }

  @Test("figures of a part are those of its own time", arguments: 0..<10)
  func figures(batch: UInt64) {
    for seed in (batch * 5 + 1)...(batch * 5 + 5) {
      let played = Played(seed: seed)
      var dice = Dice(seed ^ 7)
      for _ in 0..<4 {
        let start = played.start + dice.roll(played.end - played.start)
        let end = start + dice.roll(played.end - start + 1)
        let part = played.timeline(
          Cut(start: start, end: end).events(of: played.log.events, played.log.catalog), figuresFrom: start)
        guard part.last > start else { continue }
        let whole = played.timeline(played.log.events.filter { $0.time <= end })
        let (found, expected) = (counted(part), counted(whole, from: start, until: part.last))
        if found != expected {
          Issue.record("seed \(seed), \(start)...\(end)\nfound:\n\(found)\nexpected:\n\(expected)")
        }
      }
    }
  }

  /// As the program counts them.
  private func counted(_ timeline: Timeline) -> [String] {
    let figures = timeline.statistics
    let fleet = figures.fleet(from: timeline.beginOfFigures, until: timeline.last)
    return [
      "\(figures.requests) requests", "\(figures.coldStarts) cold", "\(figures.reinits) re-inits",
      "\(figures.throttles) throttled", "\(figures.successes) well",
      "\(figures.errors + figures.timeouts) failed",
      "\(figures.coldWaits.count) cold waits", "\(fleet.peakEnvironments) environments at most",
      "\(Int((fleet.meanEnvironments * 1e6).rounded())) millionths of an environment",
    ]
  }

  /// One by one.
  private func counted(_ timeline: Timeline, from start: Timestamp, until end: Timestamp) -> [String] {
    let requests = timeline.requests.filter { $0.arrival >= start }
    let answered = requests.filter { $0.answered <= end && !$0.isThrottled }
    let lives = timeline.tracks.map { ($0.created, $0.gone) }
    let moments = [start] + lives.map(\.0).filter { $0 > start && $0 <= end }
    let most = moments.map { moment in lives.count { $0.0 <= moment && $0.1 > moment } }.max() ?? 0
    let together = lives.reduce(Nanoseconds(0)) { $0 + max(0, min($1.1, end) - max($1.0, start)) }
    return [
      "\(requests.count) requests", "\(requests.count { $0.isCold }) cold",
      "\(requests.count { $0.isReinit }) re-inits",
      "\(requests.count { $0.isThrottled }) throttled",
      "\(answered.count { !$0.outcome.isBad }) well", "\(answered.count { $0.outcome.isBad }) failed",
      "\(answered.count { $0.isCold && !$0.outcome.isBad }) cold waits", "\(most) environments at most",
      "\(Int((Double(together) / Double(end - start) * 1e6).rounded())) millionths of an environment",
    ]
  }

  @Test("a name is the whole name; a star stands for any text")
  func patterns() {
    var catalog = Catalog()
    let function = catalog.name("checkout")
    let environment = catalog.environment(catalog.name("env-1"), of: function)
    func isChosen(_ pattern: String) -> Bool {
      NameSelection([pattern]).contains(environment, of: .none, catalog)
    }
    for pattern in ["env-1", "checkout", "*", "env*", "*1", "ch*out", "c*e*t", "*check*"] {
      #expect(isChosen(pattern), "\(pattern)")
    }
    for pattern in ["env", "env-10", "check", "Checkout", "*2", "checkout*checkout", "e*v-1*1", ""] {
      #expect(!isChosen(pattern), "\(pattern)")
    }
  }

  @Test("of some environments: they as they were, and nothing of the others")
  func named() throws {
    let played = Played(seed: 3)
    let whole = played.timeline(played.log.events)
    let track = try #require(whole.tracks.first)
    let name = played.log.catalog.text(track.id)
    let part = Cut(names: NameSelection([name])).events(of: played.log.events, played.log.catalog)
    let timeline = played.timeline(part)
    let same = timeline.tracks.filter { played.log.catalog.text($0.id) == name }
    #expect(same.count == timeline.tracks.count)
    let found = try #require(timeline.tracks.first { $0.id == track.id })
    #expect(found.spans(timeline.requests).map(\.start) == track.spans(whole.requests).map(\.start))
    #expect(
      timeline.requests.count { $0.environment == track.id }
        == whole.requests.count { $0.environment == track.id })
  }
}
