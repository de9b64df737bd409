import LambdaLifecycle
import Testing

@Suite("Folding")
struct FoldTests {
  @Test("every event told twice in a row: the same spans and figures", arguments: seeds.prefix(40))
  func twiceInARow(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let once = Timeline(folding: events)
    let twice = Timeline(folding: events.flatMap { [$0, $0] })
    #expect(twice.account == once.account)
    #expect(twice.statistics.figures == once.statistics.figures)
    #expect(twice.duplicates > 0)
  }

  @Test(
    "the whole session told twice, as after a reconnection: the same spans and figures",
    arguments: seeds.prefix(40))
  func wholeTwice(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    // Cut in the middle, so that spans are open when the old events come again.
    let begun = Array(events.prefix(events.count * 2 / 3))
    let once = Timeline(folding: events)
    let twice = Timeline(folding: begun + events)
    #expect(twice.account == once.account)
    #expect(twice.statistics.figures == once.statistics.figures)
  }

  @Test(
    "environments whose logs come one after the other, not interleaved: the same spans",
    arguments: seeds.prefix(40))
  func oneAfterTheOther(seed: UInt64) {
    let events = RandomSession(seed: seed).run().log.events
    let ordered = events.indices.sorted {
      (events[$0].environment.rawValue, $0) < (events[$1].environment.rawValue, $1)
    }
    // The events of no environment, the arrivals, come first.
    let apart = ordered.map { events[$0] }
    let timeline = Timeline(
      folding: apart.filter { $0.environment == .none } + apart.filter { $0.environment != .none })
    #expect(timeline.account == Timeline(folding: events).account)
    #expect(timeline.late == 0)
  }

  @Test("an event that comes after a later one of its environment is counted as late")
  func late() {
    var run = Run(.small)
    run.request(at: 0, 1_000)
    run.advance(to: 1_500)
    var events = run.log.events
    let frozen = events.lastIndex { $0.kind == .phaseBegan(.frozen) } ?? 0
    let thawed = events.lastIndex { $0.kind == .thawed } ?? 0
    events.append(events.remove(at: thawed))
    let timeline = Timeline(folding: events)
    #expect(thawed < frozen)
    #expect(timeline.late == 1)
    #expect(timeline.account == run.timeline.account)
  }

  @Test(
    "an end that comes after the beginning of what follows: the same spans, and no anomaly", arguments: 1...3)
  func lateEnd(places: Int) {
    var run = Run(.small)
    run.request(at: 0)
    run.advance(to: 800)
    var events = run.log.events
    let end = events.firstIndex {
      if case .phaseEnded(let end) = $0.kind { end.phase == .runtimeInit } else { false }
    }
    let place = end ?? 0
    events.insert(events.remove(at: place), at: place + places)
    let timeline = Timeline(folding: events)
    #expect(events != run.log.events)
    #expect(timeline.account == run.timeline.account)
    #expect(timeline.anomalies == 0)
  }

  @Test("a frozen span that comes late leaves the others alone")
  func lateFrozen() {
    var catalog = Catalog()
    let environment = catalog.environment(catalog.name("e"), of: catalog.name("f"))
    let events = [(10, 20), (2, 5)].flatMap { start, end in
      [
        LifecycleEvent(time: start, environment: environment, kind: .phaseBegan(.frozen)),
        LifecycleEvent(time: end, environment: environment, kind: .phaseEnded(PhaseEnd(.frozen))),
      ]
    }
    let spans = Timeline(folding: events).tracks[0].spans([])
    #expect(spans.map(\.start) == [2, 10])
    #expect(spans.map(\.end) == [5, 20])
  }

  @Test("an extension whose phase failed has nothing to become ready for")
  func failedExtension() {
    var catalog = Catalog()
    let environment = catalog.environment(catalog.name("e"), of: catalog.name("f"))
    let kinds: [LifecycleEvent.Kind] = [
      .phaseBegan(.extensionInit), .phaseBegan(.extensionInit, extensionName: catalog.name("x")),
      .phaseEnded(PhaseEnd(.extensionInit, outcome: .failure)),
    ]
    for (kinds, isEmpty) in [
      (kinds, true),
      (kinds.dropLast() + [.phaseEnded(PhaseEnd(.extensionInit, outcome: .success))], false),
    ] {
      let events = kinds.enumerated().map {
        LifecycleEvent(time: Int64($0.offset), environment: environment, kind: $0.element)
      }
      #expect(Timeline(folding: events).tracks[0][.extensionReadiness].isEmpty == isEmpty)
    }
  }

  @Test("what ends with the input while open stays open, and nobody knows its state afterwards")
  func openEnd() {
    var run = Run(.small)
    run.request(at: 0)
    run.advance(to: 400)
    let timeline = run.timeline
    let spans = timeline.tracks[0].spans(timeline.requests)
    #expect(spans.last?.phase == .invoke)
    #expect(spans.last?.end == nil)
    #expect(timeline.tracks[0].state(at: .milliseconds(399), inputEnd: .milliseconds(400)) == .invoking)
    #expect(timeline.tracks[0].state(at: .milliseconds(400), inputEnd: .milliseconds(400)) == .unknown)
    #expect(timeline.requests.map(\.answered) == [.never])
  }

  @Test("the state of an environment at every moment")
  func states() {
    var scenario = Scenario.small
    scenario.function.create = .fixed(.milliseconds(100))
    scenario.function.extensions = [.quick]
    scenario.function.extensions[0].ready = .fixed(.milliseconds(500))
    scenario.function.extensions[0].exit = .fixed(.milliseconds(100))
    scenario.function.runtimeExit = .fixed(.milliseconds(100))
    var run = Run(scenario)
    run.request(at: 0)
    run.request(.crash, at: 1_000)
    run.shutDown("env-1", at: 1_600)
    run.advance(to: 2_000)
    let timeline = run.timeline
    let track = timeline.tracks[0]
    let states = (0..<18).map { track.state(at: .milliseconds($0 * 100 + 50)) }
    #expect(
      states == [
        .creating, .initializing, .initializing, .initializing, .initializing, .initializing, .invoking,
        .invoking,
        .invoking, .frozen, .invoking, .invoking, .invoking, .resetting, .reset, .reset, .gone, .gone,
      ])
  }
}

extension Timeline {
  /// Everything that was folded, as text: spans of every environment, extensions, requests.
  var account: String {
    var lines: [String] = []
    for track in tracks.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
      lines.append(
        "environment \(track.id.rawValue) \(track.initializationType) created \(track.created) gone \(track.gone)"
          + " \(track.goneReason), \(track.invocations) invocations")
      lines += track.spans(requests).map(\.account).sorted()
      let lanes: [(String, EnvironmentTrack.LaneIndex)] = [
        ("readiness", .extensionReadiness), ("work", .extensionWork), ("inferred", .inferredFrozen),
      ]
      for (name, index) in lanes where !track[index].isEmpty {
        lines.append("  \(name) \(track[index].starts.times) \(track[index].ends.times)")
      }
      for phase in Phase.allCases where !track[phase].isEmpty {
        lines.append("  \(phase) \(track[phase].starts.times) \(track[phase].ends.times)")
      }
      lines += track.extensionStates.map { "  \($0.time) extension \($0.name.rawValue) \($0.state)" }.sorted()
    }
    lines += requests.map { "\($0)" }.sorted()
    return lines.joined(separator: "\n")
  }
}

extension Span {
  fileprivate var account: String {
    "  \(start) \(end ?? .never) \(phase) \(isObserved ? "observed" : "inferred") \(outcome)"
      + " \(errorType.rawValue) extension \(extensionName.rawValue) request \(request.low)"
  }
}
