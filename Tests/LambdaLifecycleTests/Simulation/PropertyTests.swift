import LambdaLifecycle
import Testing

@Suite("Random sessions")
struct PropertyTests {
  @Test("simulator, engine and timeline agree: no anomaly, nothing late, nothing twice", arguments: seeds)
  func noAnomalies(seed: UInt64) {
    let run = RandomSession(seed: seed).run()
    let timeline = run.timeline
    #expect(run.simulator.anomalies == 0)
    #expect(timeline.anomalies == 0)
    #expect(timeline.duplicates == 0)
    #expect(timeline.late == 0)
    #expect(zip(run.log.events, run.log.events.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test("an environment does one thing at a time, and time adds up", arguments: seeds)
  func timeAddsUp(seed: UInt64) {
    let timeline = RandomSession(seed: seed).run().timeline
    for track in timeline.tracks {
      let spans = track.spans(timeline.requests)
      var now = track.created
      var before: Phase?
      for span in spans where span.extensionName == .none {
        #expect(span.start >= now, "\(span.phase) overlaps")
        if span.start > now {
          switch before {
          // After a reset nothing runs until the next request.
          case .runtimeShutdown, .extensionShutdown: break
          // Init waits for extensions.
          default:
            let lane = track[.extensionReadiness]
            let waits = stretches(lane).contains { $0.start <= now && $0.end >= span.start }
            #expect(
              waits, "nothing between \(now) and \(span.start), after \(before.map { $0.title } ?? "birth")")
          }
        }
        now = max(now, span.end ?? .never)
        before = span.phase
      }
      #expect(track.gone != .never)
      #expect(now <= track.gone)
      #expect(now == track.gone || before?.isShutdown == true)
    }
  }

  private func stretches(_ lane: Lane) -> [(start: Timestamp, end: Timestamp)] {
    zip(lane.starts.times, lane.ends.times).map { ($0, $1) }
  }

  @Test("every request is answered exactly once, or throttled", arguments: seeds)
  func answeredOnce(seed: UInt64) {
    let run = RandomSession(seed: seed).run()
    var arrived: [RequestID: Int] = [:]
    var answered: [RequestID: Int] = [:]
    var throttled: [RequestID: Int] = [:]
    var reported: [RequestID: Int] = [:]
    for event in run.log.events {
      switch event.kind {
      case .requestArrived: arrived[event.request, default: 0] += 1
      case .requestAnswered: answered[event.request, default: 0] += 1
      case .requestThrottled: throttled[event.request, default: 0] += 1
      case .report: reported[event.request, default: 0] += 1
      default: break
      }
    }
    for (request, count) in arrived {
      #expect(count == 1)
      #expect(answered[request, default: 0] + throttled[request, default: 0] == 1)
      #expect(reported[request, default: 0] + throttled[request, default: 0] == 1)
    }
    #expect(arrived.count == run.timeline.statistics.requests)
    #expect(throttled.count == run.timeline.statistics.throttles)
  }

  @Test(
    "no environment idles longer than the idle timeout; no more requests at once than allowed",
    arguments: seeds)
  func limits(seed: UInt64) {
    let session = RandomSession(seed: seed)
    let timeline = session.run().timeline
    for track in timeline.tracks {
      for span in track.spans(timeline.requests) where span.phase == .frozen {
        #expect((span.end ?? .never) - span.start <= session.longestIdle)
      }
    }
    #expect(timeline.statistics.peakConcurrency <= session.mostConcurrency)
    #expect(timeline.statistics.concurrency == 0)
  }

  @Test("phases never last longer than their limits", arguments: seeds)
  func phaseLimits(seed: UInt64) {
    let session = RandomSession(seed: seed)
    let timeline = session.run().timeline
    for track in timeline.tracks {
      var shutdownBegan: Timestamp?
      for span in track.spans(timeline.requests) where span.extensionName == .none {
        let length = (span.end ?? .never) - span.start
        switch span.phase {
        case .invoke: #expect(length <= session.longestTimeout)
        case .extensionInit, .runtimeInit, .functionInit:
          #expect(length <= .seconds(track.initializationType == .onDemand ? 10 : 130))
        case .runtimeShutdown:
          shutdownBegan = span.start
          #expect(length <= .milliseconds(300))
        case .extensionShutdown:
          #expect((span.end ?? .never) - (shutdownBegan ?? span.start) <= .milliseconds(2_000))
        default: break
        }
      }
    }
    #expect(timeline.requests.allSatisfy { $0.duration <= session.longestTimeout })
  }

  @Test("same seed, same events; another seed, others", arguments: seeds.prefix(40))
  func deterministic(seed: UInt64) {
    let session = RandomSession(seed: seed, traffic: true)
    let (first, second) = (session.run().log.events, session.run().log.events)
    #expect(first == second)
  }

  @Test("headless figures are those of the timeline of the same run with events", arguments: seeds)
  func headless(seed: UInt64) {
    let session = RandomSession(seed: seed)
    let headless = session.run(keepsEvents: false)
    let timeline = session.run().timeline
    #expect(headless.log.events.isEmpty)
    #expect(headless.simulator.statistics.figures == timeline.statistics.figures)
  }

  @Test("a request sent beside the traffic does not change how long others take", arguments: seeds.prefix(40))
  func injected(seed: UInt64) {
    var scenario = RandomSession(seed: seed, traffic: true).scenario
    scenario.function.timeout = .seconds(900)
    scenario.account.concurrency = 1_000
    scenario.function.functionInit = .logNormal(median: .milliseconds(200), p99: .milliseconds(900))
    scenario.function.handler = .logNormal(median: .milliseconds(200), p99: .milliseconds(900))
    var plain = Run(scenario, seed: seed)
    plain.advance(to: 60_000)
    var disturbed = Run(scenario, seed: seed)
    disturbed.request(.crash, at: 5_000, 5_000, 20_000)
    disturbed.advance(to: 60_000)
    let (expected, found) = (lengths(plain), lengths(disturbed))
    #expect(Set(expected.arrivals.keys).isSubset(of: found.arrivals.keys))
    for (request, arrival) in expected.arrivals { #expect(found.arrivals[request] == arrival) }
    for (request, length) in expected.handlers {
      if let other = found.handlers[request] { #expect(other == length) }
    }
    // Init takes the same time for a request that is the first of its environment in both.
    for (request, length) in expected.inits {
      if let other = found.inits[request] { #expect(other == length) }
    }
    #expect(!expected.handlers.isEmpty)
    #expect(!expected.inits.isEmpty)
  }

  private typealias Lengths = (
    arrivals: [RequestID: Timestamp], handlers: [RequestID: Nanoseconds], inits: [RequestID: Nanoseconds]
  )

  private func lengths(_ run: Run) -> Lengths {
    var lengths: Lengths = ([:], [:], [:])
    var began: [RequestID: Timestamp] = [:]
    var created: [EnvironmentID: RequestID] = [:]
    for event in run.log.events {
      switch event.kind {
      case .requestArrived: lengths.arrivals[event.request] = event.time
      case .requestAssigned:
        if created[event.environment] == nil { created[event.environment] = event.request }
      case .phaseBegan(.invoke, _): began[event.request] = event.time
      case .requestAnswered: lengths.handlers[event.request] = event.time - (began[event.request] ?? 0)
      case .report(let report) where report.initDuration >= 0:
        if created[event.environment] == event.request { lengths.inits[event.request] = report.initDuration }
      default: break
      }
    }
    return lengths
  }
}

extension Statistics {
  /// Everything that is counted, as text.
  var figures: String {
    func lengths(_ lengths: Quantiles) -> String {
      "\(lengths.count) (p50 \(lengths.median ?? -1), p99 \(lengths.value(atPercent: 99) ?? -1), max \(lengths.max))"
    }
    return """
      requests \(requests), cold \(coldStarts), reinits \(reinits), throttles \(throttles)
      retries \(retries), dropped \(dropped)
      successes \(successes), errors \(errors), timeouts \(timeouts)
      inits \(lengths(initLengths)) restores \(lengths(restoreLengths))
      durations \(lengths(durations))
      waits cold \(lengths(coldWaits)) warm \(lengths(warmWaits))
      concurrency \(concurrency), peak \(peakConcurrency)
      billed \(billing)
      """
  }

  /// The figures of the population between two moments.
  func populationFigures(from begin: Timestamp, until end: Timestamp) -> String {
    "\(fleet(from: begin, until: end)) of \(population.environments.count) environments"
  }
}
