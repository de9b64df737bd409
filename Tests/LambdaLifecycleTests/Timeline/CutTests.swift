import LambdaLifecycle
import Testing

/// A part of a random session tells of its stretch of time what the whole tells.
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

    func timeline(_ events: [LifecycleEvent]) -> Timeline {
      var timeline = Timeline(.simulation)
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

  @Test("of some environments: they as they were, and nothing of the others")
  func named() throws {
    let played = Played(seed: 3)
    let whole = played.timeline(played.log.events)
    let track = try #require(whole.tracks.first)
    let name = played.log.catalog.text(track.id)
    let part = Cut(names: [name.uppercased()]).events(of: played.log.events, played.log.catalog)
    let timeline = played.timeline(part)
    let same = timeline.tracks.filter { played.log.catalog.text($0.id).contains(name) }
    #expect(same.count == timeline.tracks.count)
    let found = try #require(timeline.tracks.first { $0.id == track.id })
    #expect(found.spans(timeline.requests).map(\.start) == track.spans(whole.requests).map(\.start))
    #expect(
      timeline.requests.count { $0.environment == track.id }
        == whole.requests.count { $0.environment == track.id })
  }
}
