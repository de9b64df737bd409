import LambdaLifecycle

/// What RIE tells, written as events: init undivided, nothing about freezing, milliseconds.
struct EmulatorStream {
  var session: Session
  private let function: Name
  private let environment: EnvironmentID
  private var requests = 0

  init(
    live: Bool, source: SourceKind = .rie, name: String = "rie-1",
    function functionName: String = "app.handler"
  ) {
    session = Session(reading: source, live: live, start: Show.start)
    function = session.log.catalog.name(functionName)
    environment = session.log.catalog.environment(session.log.catalog.name(name), of: function)
  }

  mutating func event(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind, request: RequestID = .none) {
    session.log.append(
      LifecycleEvent(
        time: Show.start + .milliseconds(milliseconds), function: function, environment: environment,
        request: request, kind: kind))
  }

  mutating func span(
    _ phase: Phase, _ begin: Int64, _ end: Int64, _ outcome: Outcome = .success, _ error: ErrorType = .none,
    request: RequestID = .none
  ) {
    event(begin, .phaseBegan(phase), request: request)
    event(
      end, .phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name)), request: request)
  }

  /// The next request id.
  mutating func request() -> RequestID {
    requests += 1
    return session.log.catalog.request("3f1c7a52-0000-4000-8000-00000000000\(requests)")
  }

  /// A cold start, a warm request, one that is too late, a re-init after it, a crash.
  mutating func life() {
    event(0, .environmentCreated(.onDemand))
    span(.initialization, 0, 900)
    span(.invoke, 900, 1_500, request: request())
    span(.invoke, 3_000, 3_200, request: request())
    span(.invoke, 4_500, 7_500, .timeout, .sandboxTimedout, request: request())
    span(.shutdown, 7_500, 7_800, .timeout)
    span(.initialization, 9_000, 9_800)
    span(.invoke, 9_800, 10_100, request: request())
    span(.invoke, 11_000, 11_400, .error, .runtimeExitError, request: request())
    span(.shutdown, 11_400, 11_600, .failure)
  }

  /// A cold start whose function divides it, a nested mark and one that is never ended, names that mean harm.
  mutating func markedLife() {
    func mark(_ milliseconds: Int64, _ name: String, _ edge: Mark.Edge) {
      let name = session.log.catalog.name(name)
      event(milliseconds, .mark(Mark(name, edge)))
    }
    event(0, .environmentCreated(.onDemand))
    event(0, .phaseBegan(.initialization))
    let costs: [(String, Int64, Int64)] = [
      ("boto3.session", 40, 90), ("boto3", 10, 100), ("json", 12, 12), ("\u{1B}[2J", 1, 1),
    ]
    for (name, own, total) in costs {
      let name = session.log.catalog.name(name)
      event(
        300,
        .imported(ImportTime(name, own: .milliseconds(own), total: .milliseconds(total), depth: 0)))
    }
    mark(320, Mark.functionInit, .begin)
    mark(400, "db connect", .begin)
    mark(500, "TLS", .begin)
    mark(650, "TLS", .end)
    mark(812, "db connect", .end)
    event(900, .phaseEnded(PhaseEnd(.initialization, outcome: .success)))
    event(900, .phaseBegan(.invoke))
    mark(1_000, "look up \u{1B}[31m", .begin)
    mark(1_100, "cache warm", .moment)
    event(1_600, .phaseEnded(PhaseEnd(.invoke, outcome: .success)))
  }
}
