import LambdaLifecycle
import Testing

/// 2,000 scenarios, 50 in each test case.
@Suite("Random fleets")
struct FleetPropertyTests {
  private static let batches = 0..<40

  private func sessions(_ batch: Int) -> [RandomFleet] {
    (0..<50).map { place in
      RandomFleet(seed: UInt64(batch * 50 + place + 1), byHand: place % 2 == 0)
    }
  }

  @Test(
    "what happens is legal, adds up, keeps its limits, ends once, is billed right, and is the same again",
    arguments: batches)
  func properties(batch: Int) {
    for (place, session) in sessions(batch).enumerated() {
      let run = session.run()
      let audit = FleetAudit(session, run)
      #expect(audit.flaws == [])
      let timeline = Timeline(folding: run.log.events)
      let said = "seed \(session.seed)"
      #expect(run.simulator.anomalies == 0, "\(said)")
      #expect(timeline.anomalies == 0, "\(said)")
      #expect(timeline.duplicates == 0, "\(said)")
      #expect(timeline.late == 0, "\(said)")
      #expect(
        audit.billing == timeline.statistics(withProvisionedUntil: session.end).billing
          || audit.hasFailedAllocation, "\(said)")
      headless(session, timeline, audit)
      if place % 3 == 0 { again(session, run) }
    }
  }

  private func headless(_ session: RandomFleet, _ timeline: Timeline, _ audit: FleetAudit) {
    let headless = session.run(keepsEvents: false)
    let said = "seed \(session.seed)"
    #expect(headless.log.events.isEmpty)
    #expect(headless.simulator.anomalies == 0, "\(said)")
    #expect(headless.simulator.figures.billing == audit.billing, "\(said)")
    #expect(headless.simulator.statistics.figures == timeline.statistics.figures, "\(said)")
    let fleet = timeline.statistics.fleet(from: session.start, until: session.end)
    #expect(headless.simulator.fleetFigures == fleet, "\(said)")
  }

  /// Same seed, same events, wherever it stops on its way.
  private func again(_ session: RandomFleet, _ run: Run) {
    var dice = Dice(session.seed &+ 1_000_000)
    let stops = (0..<5).map { _ in session.start + dice.roll(session.length) }.sorted()
    #expect(session.run(stops: stops).log.events == run.log.events, "seed \(session.seed)")
  }

  @Test(
    "forked at a moment: as if nothing later had been told; told again, it is as before", arguments: 0..<4)
  func forked(batch: Int) {
    for session in sessions(batch) {
      let events = session.run().log.events
      let whole = Timeline(folding: events)
      var dice = Dice(session.seed)
      let moment = events[Int(dice.roll(Int64(events.count)))].time
      let fork = LifecycleEvent(time: moment, kind: .forked(at: moment))
      let fresh = Timeline(folding: events.filter { $0.time <= moment })
      let forked = Timeline(folding: events + [fork])
      #expect(forked.statistics.figures == fresh.statistics.figures, "seed \(session.seed)")
      #expect(forked.account == fresh.account, "seed \(session.seed)")
      let again = Timeline(folding: events + [fork] + events.filter { $0.time > moment })
      #expect(again.statistics.figures == whole.statistics.figures, "seed \(session.seed)")
    }
  }

  @Test("the scenarios have what they are for: every type, every end of a request, every failure")
  func coverage() {
    var types: Set<InitializationType> = []
    var reasons: Set<String> = []
    var errors: Set<String> = []
    var drops: Set<String> = []
    var total = Statistics()
    for batch in 0..<6 {
      for session in sessions(batch) {
        let run = session.run()
        for event in run.log.events {
          switch event.kind {
          case .environmentCreated(let type): types.insert(type)
          case .requestThrottled(let reason): reasons.insert(run.log.catalog.text(reason))
          case .requestDropped(let reason): drops.insert(run.log.catalog.text(reason))
          case .requestAnswered(_, let type): errors.insert(run.log.catalog.text(type))
          case .phaseEnded(let end): errors.insert(run.log.catalog.text(end.errorType))
          default: break
          }
        }
        let figures = run.timeline.statistics
        total.requests += figures.requests
        total.retries += figures.retries
        total.reinits += figures.reinits
      }
    }
    #expect(types == [.onDemand, .provisionedConcurrency, .snapStart, .managedInstances])
    #expect(reasons == Set(ThrottleReason.allCases.map(\.text)))
    #expect(drops == ["RetriesExhausted", "EventAgeExceeded"])
    #expect(
      errors.isSuperset(of: [
        "", "Sandbox.Timedout", "Runtime.ExitError", "Runtime.OutOfMemory", "Extension.InitError",
        "Extension.Crash", "SnapStartException", "SnapStartNotReadyException",
      ]))
    #expect(total.requests > 2_000)
    #expect(total.retries > 200)
    #expect(total.reinits > 50)
  }
}
