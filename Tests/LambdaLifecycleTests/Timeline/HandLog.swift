import LambdaLifecycle

/// A log by hand, in seconds; environments belong to function `f` unless another is named.
struct HandLog {
  var catalog = Catalog()
  var events: [LifecycleEvent] = []
  var function = "f"

  /// - Parameters:
  ///   - name: the environment; empty for none.
  ///   - request: 0 for none.
  mutating func add(
    _ time: Int64, _ kind: LifecycleEvent.Kind, in name: String = "", _ request: UInt64 = 0
  ) {
    let function = catalog.name(function)
    events.append(
      LifecycleEvent(
        time: .seconds(time), function: function,
        environment: name.isEmpty ? .none : catalog.environment(catalog.name(name), of: function),
        request: request == 0 ? .none : RequestID(high: 1, low: request), kind: kind))
  }

  mutating func arrive(_ time: Int64, _ request: UInt64 = 1) { add(time, .requestArrived, request) }

  mutating func span(
    _ phase: Phase, _ start: Int64, _ end: Int64, in name: String = "a", _ request: UInt64 = 0,
    _ outcome: Outcome = .success
  ) {
    add(start, .phaseBegan(phase), in: name, request)
    add(end, .phaseEnded(PhaseEnd(phase, outcome: outcome)), in: name, request)
  }

  mutating func add(_ time: Int64, _ kind: LifecycleEvent.Kind, _ request: UInt64) {
    add(time, kind, in: "", request)
  }

  func timeline(_ source: SourceKind = .simulation) -> Timeline { Timeline(folding: events, source) }
}
