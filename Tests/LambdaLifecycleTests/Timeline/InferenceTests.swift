import LambdaLifecycle
import Testing

@Suite("Inference")
struct InferenceTests {
  /// A log by hand: milliseconds, phase, begin or end.
  private struct Log {
    var catalog = Catalog()
    var events: [LifecycleEvent] = []
    let environment: EnvironmentID

    init() {
      environment = catalog.environment(catalog.name("rie"), of: catalog.name("hello"))
    }

    mutating func span(_ phase: Phase, _ start: Int64, _ end: Int64, outcome: Outcome = .success) {
      let request = phase == .invoke ? RequestID(high: 1, low: UInt64(start)) : .none
      add(start, .phaseBegan(phase), request)
      add(end, .phaseEnded(PhaseEnd(phase, outcome: outcome)), request)
    }

    mutating func add(_ time: Int64, _ kind: LifecycleEvent.Kind, _ request: RequestID = .none) {
      events.append(
        LifecycleEvent(
          time: .milliseconds(time), environment: environment, request: request, kind: kind))
    }

    func picture(now: Int64) -> String {
      Timeline(folding: events, .rie).picture(catalog, now: .milliseconds(now))
    }
  }

  @Test("frozen between init, invocations and shutdown, by inference, if the source cannot tell")
  func between() {
    var log = Log()
    log.span(.initialization, 0, 300)
    log.span(.invoke, 500, 800)
    log.span(.invoke, 1_000, 1_100)
    log.span(.shutdown, 1_500, 1_600)
    log.add(1_600, .environmentGone(.spindown, detail: .none))
    #expect(log.picture(now: 2_000) == "rie fff~~iii~~i~~~~s|")
  }

  @Test("the last gap stays open as long as nothing else is known")
  func openGap() {
    var log = Log()
    log.span(.initialization, 0, 300)
    log.span(.invoke, 300, 400)
    #expect(log.picture(now: 700) == "rie fffi~~~")
    let track = Timeline(folding: log.events, .rie).tracks[0]
    #expect(track.state(at: .milliseconds(700)) == .frozen)
  }

  @Test("nothing is inferred after a bad end: no process runs to be frozen")
  func afterReset() {
    var log = Log()
    log.span(.initialization, 0, 300)
    log.span(.invoke, 300, 500, outcome: .timeout)
    log.span(.initialization, 800, 1_000)
    log.span(.invoke, 1_000, 1_100)
    #expect(log.picture(now: 1_300) == "rie fffii   ffi~~")
  }

  @Test("an init after a good end: nobody knows what was between, which is an anomaly")
  func unknownBetween() {
    var log = Log()
    log.span(.initialization, 0, 300)
    log.span(.invoke, 300, 500)
    log.span(.initialization, 800, 1_000)
    let timeline = Timeline(folding: log.events, .rie)
    #expect(timeline.anomalies == 1)
    #expect(log.picture(now: 1_000) == "rie fffii   ff")
  }

  @Test("times that lie closer than the source's clock can tell are the same moment")
  func resolution() {
    var log = Log()
    log.span(.initialization, 0, 300)
    log.span(.invoke, 302, 400)
    #expect(Timeline(folding: log.events, .rie).tracks[0][.inferredFrozen].ends.count == 0)
  }

  @Test("an invocation that comes late splits the gap it lies in, and no other")
  func lateSpan() {
    var log = Log()
    log.span(.initialization, 0, 100)
    log.span(.invoke, 200, 300)
    log.span(.invoke, 1_000, 1_100)
    log.span(.invoke, 1_400, 1_500)
    #expect(log.picture(now: 1_700) == "rie f i~~~~~~~i~~~i~~")
    log.span(.invoke, 500, 700)
    #expect(log.picture(now: 1_700) == "rie f i~~ii~~~i~~~i~~")
    let timeline = Timeline(folding: log.events, .rie)
    #expect(timeline.late == 2)
    #expect(timeline.anomalies == 0)
  }

  @Test(
    "a simulated session without its frozen events: inferred is what was observed",
    arguments: seeds.prefix(40))
  func simulated(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let observed = Timeline(folding: events)
    let blind = Timeline(
      folding: events.filter { event in
        switch event.kind {
        case .phaseBegan(.frozen, _), .thawed: false
        case .phaseEnded(let end): end.phase != .frozen
        default: true
        }
      }, .rie)
    #expect(blind.anomalies == 0)
    for track in observed.tracks {
      let frozen = frozenSpans(track, observed.requests, observed: true)
        .filter { ($0.end ?? .never) - $0.start > SourceKind.rie.clockResolution }
      let inferred = blind.track(track.id).map { frozenSpans($0, blind.requests, observed: false) } ?? []
      #expect(inferred.map(\.start) == frozen.map(\.start))
      #expect(inferred.map(\.end) == frozen.map(\.end))
    }
  }

  private func frozenSpans(_ track: EnvironmentTrack, _ requests: [RequestRow], observed: Bool) -> [Span] {
    track.spans(requests).filter { $0.phase == .frozen && $0.isObserved == observed }
  }
}
