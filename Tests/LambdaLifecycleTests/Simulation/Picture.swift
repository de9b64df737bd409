import LambdaLifecycle

/// A simulated session: the simulator with its log.
struct Run {
  var simulator: Simulator
  var log = EventLog()

  init(_ scenario: Scenario, seed: UInt64 = 1, start: Timestamp = 0, keepsEvents: Bool = true) {
    var log = EventLog()
    simulator = Simulator(scenario, seed: seed, start: start, keepsEvents: keepsEvents, into: &log)
    self.log = log
  }

  /// - Parameter time: in milliseconds.
  mutating func advance(to time: Int64) { simulator.advance(to: .milliseconds(time), into: &log) }

  /// Lets requests arrive, each at its time in milliseconds.
  mutating func request(_ kind: RequestKind = .normal, function: Int = 0, at times: Int64...) {
    for time in times {
      advance(to: time)
      simulator.request(kind, function: function, into: &log)
    }
  }

  /// Lets several requests arrive at once.
  mutating func requests(_ count: Int, function: Int = 0, at time: Int64) {
    for _ in 0..<count { request(function: function, at: time) }
  }

  mutating func shutDown(_ name: String, at time: Int64) {
    advance(to: time)
    let found = simulator.environments.first { "env-\($0)" == name }
    if let found { simulator.perform(.shutDown(environment: found), into: &log) }
  }

  mutating func setIdleTimeout(_ timeout: Int64, at time: Int64) {
    advance(to: time)
    simulator.perform(.set(.idleTimeout, .milliseconds(timeout)), into: &log)
  }

  var timeline: Timeline { Timeline(folding: log.events) }

  /// The outcome of each request, in order of arrival.
  var outcomes: [String] {
    timeline.requests.map { $0.isThrottled ? "throttled" : $0.answered == .never ? "waits" : "\($0.outcome)" }
  }

  /// A row for each environment, see `Timeline.picture`.
  var picture: String { timeline.picture(log.catalog, now: simulator.now) }
}

extension Timeline {
  init(folding events: some Sequence<LifecycleEvent>, _ source: SourceKind = .simulation) {
    self.init(source)
    for event in events { fold(event) }
    settle()
  }

  /// One row for each environment, one character per 100 ms: `c` create, `e` `r` `f` extension, runtime and function
  /// init, `i` invoke, `.` frozen, `~` frozen by inference, `s` shutdown or reset, `|` gone. Spans without length are
  /// not drawn.
  func picture(_ catalog: Catalog, now: Timestamp) -> String {
    tracks.map { track in
      var cells: [Character] = []
      func draw(_ mark: Character, _ start: Timestamp, _ end: Timestamp) {
        let first = Int(start / .milliseconds(100))
        let last = Int((end - 1) / .milliseconds(100))
        while cells.count <= last { cells.append(" ") }
        if first <= last { for index in first...last { cells[index] = mark } }
      }
      for span in track.spans(requests) where span.extensionName == .none {
        draw(span.mark, span.start, span.end ?? now)
      }
      if track.gone != .never {
        while Int64(cells.count) * .milliseconds(100) < track.gone { cells.append(" ") }
        cells.append("|")
      }
      return "\(catalog.text(track.id)) \(String(cells))"
    }.joined(separator: "\n")
  }
}

extension Span {
  fileprivate var mark: Character {
    switch phase {
    case .create: "c"
    case .extensionInit: "e"
    case .runtimeInit: "r"
    case .functionInit, .initialization: "f"
    case .restore: "R"
    case .invoke: "i"
    case .frozen: isObserved ? "." : "~"
    case .runtimeShutdown, .extensionShutdown, .shutdown: "s"
    }
  }
}

extension Scenario {
  /// Runtime init 100 ms, function init 200 ms, handler 300 ms, idle timeout 1 s; nothing arrives by itself.
  static var small: Scenario {
    var scenario = Scenario()
    scenario.function.runtimeInit = .fixed(.milliseconds(100))
    scenario.function.functionInit = .fixed(.milliseconds(200))
    scenario.function.handler = .fixed(.milliseconds(300))
    scenario.function.idleTimeout = .fixed(.seconds(1))
    return scenario
  }
}
