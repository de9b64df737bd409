import LambdaLifecycle
import Testing

@Suite("Forked")
struct ForkTests {
  /// Some moments of a session: between, at and just after events.
  private func moments(_ events: [LifecycleEvent], _ dice: inout Dice) -> [Timestamp] {
    (0..<5).map { _ in
      max(events[0].time, events[Int(dice.roll(Int64(events.count)))].time + dice.roll(3) - 1)
    }
  }

  @Test("forked at a moment: as if nothing later had been folded", arguments: seeds.prefix(10))
  func void(seed: UInt64) {
    let events = RandomSession(seed: seed, traffic: true).run().log.events
    var dice = Dice(seed)
    for moment in moments(events, &dice) {
      let fresh = Timeline(folding: events.filter { $0.time <= moment })
      let forked = Timeline(folding: events + [LifecycleEvent(time: moment, kind: .forked(at: moment))])
      #expect(forked.account == fresh.account)
      #expect(forked.statistics.figures == fresh.statistics.figures)
      #expect(forked.markers.filter { $0.kind != .forked } == fresh.markers)
      #expect(forked.functions == fresh.functions)
      for track in fresh.tracks {
        #expect(forked.track(track.id)?.state(at: moment) == track.state(at: moment))
      }
    }
  }

  @Test("after a fork the same events fold as before", arguments: seeds.prefix(10))
  func goOn(seed: UInt64) {
    let events = RandomSession(seed: seed, traffic: true).run().log.events
    let expected = Timeline(folding: events)
    var dice = Dice(seed)
    for moment in moments(events, &dice) {
      let again = events.filter { $0.time > moment }
      let forked = Timeline(
        folding: events + [LifecycleEvent(time: moment, kind: .forked(at: moment))] + again)
      #expect(forked.account == expected.account)
      #expect(forked.statistics.figures == expected.statistics.figures)
    }
  }

  @Test("a fork in a session told in no order at all leaves nothing dangling", arguments: seeds.prefix(10))
  func shuffled(seed: UInt64) {
    var events = RandomSession(seed: seed, traffic: true).run().log.events
    var dice = Dice(seed)
    let moments = moments(events, &dice)
    for index in events.indices.reversed() {
      events.swapAt(index, Int(dice.roll(Int64(index + 1))))
    }
    for moment in moments {
      let timeline = Timeline(
        folding: events + [LifecycleEvent(time: moment, kind: .forked(at: moment))] + events)
      #expect(timeline.flaws == [])
    }
  }

  @Test("a request that is answered, or begins to run, before it arrives, and a fork in between")
  func beforeArrival() {
    let request = RequestID(high: 1, low: 1)
    var catalog = Catalog()
    let environment = catalog.environment(catalog.name("e"), of: catalog.name("f"))
    for kind in [.requestAnswered(.success, errorType: .none), .phaseBegan(.invoke)]
      as [LifecycleEvent.Kind]
    {
      let timeline = Timeline(folding: [
        LifecycleEvent(time: 10, request: request, kind: .requestArrived),
        LifecycleEvent(time: 3, environment: environment, request: request, kind: kind),
        LifecycleEvent(time: 5, kind: .forked(at: 5)),
      ])
      #expect(timeline.requests.isEmpty)
      #expect(timeline.flaws == [])
    }
  }

  @Test("a fork leaves a marker")
  func marker() {
    var run = Run(.small)
    run.request(at: 0)
    run.advance(to: 800)
    run.log.append(LifecycleEvent(time: .milliseconds(200), kind: .forked(at: .milliseconds(200))))
    let timeline = run.timeline
    #expect(timeline.markers.last?.kind == .forked)
    #expect(timeline.markers.last?.time == .milliseconds(200))
    #expect(timeline.picture(run.log.catalog, now: .milliseconds(200)) == "env-1 rf")
  }
}
