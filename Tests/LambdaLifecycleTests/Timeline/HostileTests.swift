import LambdaLifecycle
import Testing

@Suite("Hostile events")
struct HostileTests {
  @Test("events without sense or order are folded, read and forked without a flaw", arguments: 1...60)
  func fold(seed: Int) {
    for source in [SourceKind.simulation, .rie] {
      var nonsense = Nonsense(seed: UInt64(seed))
      var timeline = Timeline(source)
      for count in 1...200 {
        timeline.fold(nonsense.event())
        guard count % 50 == 0 else { continue }
        timeline.settle()
        #expect(timeline.flaws == [])
        nonsense.read(timeline)
      }
    }
  }
}

/// A source of events of all kinds with few environments and requests, so that they meet, and with hostile times.
private struct Nonsense {
  var dice: Dice
  var catalog = Catalog()
  var environments: [EnvironmentID] = [.none]
  var past: [LifecycleEvent] = []
  var cursor = StatisticsCursor()

  init(seed: UInt64) {
    dice = Dice(seed)
    for name in ["a", "b", "c"] {
      environments.append(catalog.environment(catalog.name(name), of: catalog.name("f")))
    }
  }

  private mutating func time() -> Timestamp {
    // The earliest and the latest time that a source may give: 1970 to 2200.
    switch dice.roll(40) {
    case 0: 0
    case 1: .seconds(7_258_118_400)
    default: .seconds(1_700_000_000) + .milliseconds(dice.roll(300))
    }
  }

  private mutating func length() -> Nanoseconds {
    switch dice.roll(20) {
    case 0: .max
    case 1: .min
    case 2: .seconds(7_258_118_400)
    case 3..<10: -1
    default: .milliseconds(dice.roll(50))
    }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int(dice.roll(Int64(values.count)))]
  }

  mutating func event() -> LifecycleEvent {
    if !past.isEmpty, dice.chance(10) { return pick(past) }
    let event = LifecycleEvent(
      time: time(), environment: pick(environments),
      request: dice.chance(20) ? .none : RequestID(high: 1, low: UInt64(dice.roll(6) + 1)), kind: kind())
    past.append(event)
    return event
  }

  private mutating func kind() -> LifecycleEvent.Kind {
    let name = dice.chance(30) ? catalog.name(pick(["x", "y"])) : Name.none
    let outcome = pick(Outcome.allCases)
    switch dice.roll(28) {
    case 0: return .environmentCreated(pick(InitializationType.allCases))
    case 1: return .environmentGone(pick(ShutdownReason.allCases), detail: name)
    case 2..<9: return .phaseBegan(pick(Phase.allCases), extensionName: name)
    case 9..<16:
      return .phaseEnded(
        PhaseEnd(pick(Phase.allCases), outcome: outcome, extensionName: name, duration: length()))
    case 16, 17: return .runtimeDone(outcome, errorType: name)
    case 18: return .extensionState(name: name, pick(ExtensionState.allCases), errorType: .none)
    case 19, 20: return .requestArrived
    case 21: return .requestAssigned
    case 22: return .requestThrottled(reason: .none)
    case 23: return .requestAnswered(outcome, errorType: .none)
    case 24:
      return .report(
        Report(billedMs: pick([Int32.max, .min, -1, 10]), memoryMB: pick([Int32.max, .min, -1, 128])))
    case 25: return .dropped(count: pick([Int64.max, .min, 3]), reason: name)
    case 26: return dice.chance(50) ? .forked(at: time()) : .marker(name)
    default: return .thawed
    }
  }

  mutating func read(_ timeline: Timeline) {
    for moment in [time(), time(), 0, .min, .max, timeline.last] {
      _ = timeline.edge(after: moment)
      _ = timeline.edge(before: moment)
      _ = timeline.marker(after: moment)
      _ = cursor.statistics(of: timeline, at: moment)
      for track in timeline.tracks {
        _ = track.state(at: moment)
        _ = track.stateBegan(at: moment)
      }
    }
    for track in timeline.tracks { _ = track.spans(timeline.requests) }
  }
}

extension Timeline {
  /// The flaws that no sequence of events may lead to; to be asked for when settled.
  var flaws: [String] {
    var flaws: [String] = []
    for track in tracks {
      let lanes: [(String, EnvironmentTrack.LaneIndex)] =
        Phase.allCases.map { ("\($0)", .phase($0)) } + [
          ("readiness", .extensionReadiness), ("work", .extensionWork), ("inferred", .inferredFrozen),
        ]
      for (name, index) in lanes where track[index].ends.count > track[index].starts.count {
        flaws.append("\(name) of \(track.id.rawValue) ends more often than it begins")
      }
      if track.rows.contains(where: { $0.request >= requests.count }) {
        flaws.append("a row without request")
      }
      if zip(track.rows, track.rows.dropFirst()).contains(where: { $0.start > $1.start }) {
        flaws.append("rows out of order")
      }
    }
    if zip(markers, markers.dropFirst()).contains(where: { $0.time > $1.time }) {
      flaws.append("markers out of order")
    }
    return flaws
  }
}
