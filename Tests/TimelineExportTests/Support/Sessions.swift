import LambdaLifecycle

/// Sessions that the exports are tested with.
enum Sessions {
  /// 2026-01-01T00:00:00Z.
  static let start: Timestamp = .seconds(1_767_225_600)

  /// The playground: a cold start, a warm request, a crash, a re-init, a timeout, a shutdown; one request is under way.
  static var simulated: Session {
    var session = Session(simulating: .playground, seed: 1, start: start)
    func go(_ milliseconds: Int64) {
      session.tick(elapsed: start + .milliseconds(milliseconds) - session.newest, clock: 0)
      _ = session.fold()
    }
    func request(_ kind: RequestKind) {
      _ = session.perform(.request(kind))
      _ = session.fold()
    }
    request(.normal)
    go(2_000)
    request(.normal)
    go(4_000)
    request(.crash)
    go(6_000)
    request(.hang)
    go(12_000)
    request(.handlerError)
    go(40_000)
    request(.normal)
    go(41_300)
    return session
  }

  /// As RIE prints it: init not divided, freezing inferred; a timeout, a reset, a re-init, the emulator's
  /// end.
  static var emulated: Session {
    var session = Session(reading: .rie, live: false, start: start)
    let function = session.log.catalog.name("app.handler")
    let environment = session.log.catalog.environment(session.log.catalog.name("rie-1"), of: function)
    func event(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind, _ request: RequestID = .none) {
      session.log.append(
        LifecycleEvent(
          time: start + .milliseconds(milliseconds), function: function, environment: environment,
          request: request, kind: kind))
    }
    func end(_ phase: Phase, _ outcome: Outcome, _ error: ErrorType = .none) -> LifecycleEvent.Kind {
      .phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name))
    }
    let requests = (1...3).map { session.log.catalog.request("3f1c7a52-0000-4000-8000-00000000000\($0)") }
    event(0, .environmentCreated(.onDemand))
    event(0, .phaseBegan(.initialization))
    event(900, end(.initialization, .success))
    event(900, .phaseBegan(.invoke), requests[0])
    event(1_000, .output(.function, session.log.text.append("hello")))
    event(1_500, end(.invoke, .success), requests[0])
    event(
      1_500, .report(Report(duration: .milliseconds(600), billedMs: 1_500, memoryMB: 128)), requests[0])
    event(3_000, .phaseBegan(.invoke), requests[1])
    event(6_000, end(.invoke, .timeout, .sandboxTimedout), requests[1])
    event(6_000, .phaseBegan(.shutdown))
    event(6_200, end(.shutdown, .timeout))
    event(7_000, .phaseBegan(.initialization))
    event(7_800, end(.initialization, .success))
    event(7_800, .phaseBegan(.invoke), requests[2])
    event(8_000, end(.invoke, .success), requests[2])
    event(
      8_500, .undecodable(reason: session.log.catalog.name("no such line"), session.log.text.append("???")))
    event(9_000, .environmentGone(.emulatorFailure, detail: session.log.catalog.name("panic: oh")))
    _ = session.fold()
    session.endInput()
    return session
  }
}
