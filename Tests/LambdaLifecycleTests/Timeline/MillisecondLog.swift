import LambdaLifecycle

/// A log by hand of one environment, in milliseconds.
struct MillisecondLog {
  private var catalog = Catalog()
  private let environment: EnvironmentID
  var events: [LifecycleEvent] = []

  init() {
    let name = catalog.name("a")
    environment = catalog.environment(name, of: .none)
  }

  /// - Parameter request: 0 for none.
  mutating func add(_ time: Int64, _ kind: LifecycleEvent.Kind, _ request: UInt64 = 0) {
    events.append(
      LifecycleEvent(
        time: .milliseconds(time), environment: environment,
        request: request == 0 ? .none : RequestID(high: 1, low: request), kind: kind))
  }

  /// A span reported by its begin and its end.
  mutating func span(
    _ phase: Phase, _ start: Int64, _ end: Int64, _ request: UInt64 = 0, _ outcome: Outcome = .success
  ) {
    add(start, .phaseBegan(phase), request)
    add(end, .phaseEnded(PhaseEnd(phase, outcome: outcome)), request)
  }

  mutating func span(_ phase: Phase, _ start: Int64, _ end: Int64, _ outcome: Outcome) {
    span(phase, start, end, 0, outcome)
  }

  /// The end of a span, reported with its length.
  mutating func end(_ phase: Phase, _ length: Int64, told time: Int64, _ request: UInt64 = 0) {
    end(phase, microseconds: length * 1_000, told: time, request)
  }

  mutating func end(_ phase: Phase, microseconds: Int64, told time: Int64, _ request: UInt64 = 0) {
    add(time, .phaseEnded(PhaseEnd(phase, outcome: .success, duration: .microseconds(microseconds))), request)
  }

  func timeline(_ source: SourceKind) -> Timeline { Timeline(folding: events, source) }
}

extension Timeline {
  /// The spans of the first environment, in milliseconds: `init 0-400, invoke 400-430, frozen 430-…`.
  var phases: String {
    tracks[0].spans(requests).map { span in
      "\(span.phase.title) \(text(span.start))-\(span.end.map(text) ?? "…")"
    }.joined(separator: ", ")
  }

  private func text(_ time: Timestamp) -> String {
    let milliseconds = Double(time) / 1e6
    return milliseconds == milliseconds.rounded() ? "\(Int64(milliseconds))" : "\(milliseconds)"
  }
}

extension Nanoseconds {
  static func microseconds(_ count: Int64) -> Nanoseconds { count * 1_000 }
}
