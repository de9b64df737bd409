import LambdaLifecycle

/// Sessions of several environments by hand; times in milliseconds.
struct FleetStream {
  var session = Session(reading: .native, live: false, start: Show.start)

  mutating func event(
    _ time: Int64, _ kind: LifecycleEvent.Kind, in environment: String = "", of function: String = "hello",
    request: Int = 0
  ) {
    let name = session.log.catalog.name(function)
    let id =
      environment.isEmpty
      ? EnvironmentID.none : session.log.catalog.environment(session.log.catalog.name(environment), of: name)
    let digits = request < 10 ? "0\(request)" : "\(request)"
    session.log.append(
      LifecycleEvent(
        time: Show.start + .milliseconds(time), function: name, environment: id,
        request: request == 0
          ? .none : session.log.catalog.request("3f1c7a52-0000-4000-8000-0000000000\(digits)"),
        kind: kind))
  }

  mutating func span(
    _ phase: Phase, _ begin: Int64, _ end: Int64, in environment: String, of function: String = "hello",
    request: Int = 0, _ outcome: Outcome = .success
  ) {
    event(begin, .phaseBegan(phase), in: environment, of: function, request: request)
    event(
      end, .phaseEnded(PhaseEnd(phase, outcome: outcome)), in: environment, of: function, request: request)
  }

  private func finished() -> FleetStream {
    var stream = self
    stream.session.log.events.sort { $0.time < $1.time }
    stream.session.history = EventHistory(limit: 1_000)
    _ = stream.session.fold()
    return stream
  }

  static var snapStart: FleetStream {
    var stream = FleetStream()
    let runtime = stream.session.log.catalog.name("java21")
    stream.event(
      0,
      .functionDescribed(
        FunctionDescription(
          runtime: runtime, memoryMB: 1_024, timeout: .seconds(30), initializationType: .snapStart)))
    stream.event(0, .environmentCreated(.snapStart), in: "env-1")
    stream.span(.create, 0, 300, in: "env-1")
    stream.span(.runtimeInit, 300, 700, in: "env-1")
    stream.span(.functionInit, 700, 2_200, in: "env-1")
    let report = InitReport(
      initializationType: .snapStart, duration: .milliseconds(1_900), billedMs: 1_900, memoryMB: 1_024,
      outcome: .success)
    stream.event(2_200, .initReport(report), in: "env-1")
    stream.event(3_000, .environmentGone(.spindown, detail: .none), in: "env-1")
    for (request, (name, begin)) in [("env-2", Int64(5_000)), ("env-3", 5_400)].enumerated() {
      stream.event(begin, .requestArrived, request: request + 1)
      stream.event(begin, .environmentCreated(.snapStart), in: name)
      stream.event(begin, .requestAssigned, in: name, request: request + 1)
      stream.span(.restore, begin, begin + 310, in: name)
      stream.span(.invoke, begin + 310, begin + 600, in: name, request: request + 1)
      let report = Report(
        duration: .milliseconds(290), restoreDuration: .milliseconds(310), billedRestoreMs: 90, billedMs: 380,
        memoryMB: 1_024)
      stream.event(begin + 600, .report(report), in: name, request: request + 1)
      stream.event(begin + 600, .phaseBegan(.frozen), in: name)
    }
    return stream.finished()
  }

  static var managedInstance: FleetStream {
    var stream = FleetStream()
    stream.event(
      0,
      .functionDescribed(
        FunctionDescription(architecture: .arm64, memoryMB: 4_096, initializationType: .managedInstances)))
    stream.event(0, .environmentCreated(.managedInstances), in: "env-1")
    stream.span(.create, 0, 200, in: "env-1")
    stream.span(.extensionInit, 200, 300, in: "env-1")
    stream.span(.runtimeInit, 300, 500, in: "env-1")
    stream.span(.functionInit, 500, 1_000, in: "env-1")
    let invocations: [(Int64, Int64, Outcome)] = [
      (1_500, 2_600, .success), (1_800, 2_300, .success), (2_000, 4_000, .timeout), (2_500, 2_900, .success),
    ]
    for (index, (begin, end, outcome)) in invocations.enumerated() {
      stream.event(begin, .requestArrived, request: index + 1)
      stream.event(begin, .requestAssigned, in: "env-1", request: index + 1)
      stream.span(.invoke, begin, end, in: "env-1", request: index + 1, outcome)
    }
    stream.event(5_000, .marker(.none))
    return stream.finished()
  }

  /// Function `orders` answers; events for `mailer`, with a reserved concurrency of 1, are throttled, fail, and are given
  /// up.
  static var retries: FleetStream {
    var stream = FleetStream()
    let python = stream.session.log.catalog.name("python3.13")
    let limit = stream.session.log.catalog.name("ReservedFunctionConcurrentInvocationLimitExceeded")
    stream.event(
      0, .functionDescribed(FunctionDescription(runtime: python, memoryMB: 512, provisionedConcurrency: 1)),
      of: "orders")
    stream.event(
      0, .functionDescribed(FunctionDescription(runtime: python, memoryMB: 128, reservedConcurrency: 1)),
      of: "mailer")
    stream.event(0, .environmentCreated(.provisionedConcurrency), in: "env-1", of: "orders")
    stream.span(.functionInit, 0, 400, in: "env-1", of: "orders")
    stream.event(400, .phaseBegan(.frozen), in: "env-1", of: "orders")
    func attempt(
      _ begin: Int64, _ end: Int64, _ environment: String, _ function: String, _ request: Int,
      _ outcome: Outcome
    ) {
      stream.event(begin, .requestArrived, of: function, request: request)
      stream.event(begin, .requestAssigned, in: environment, of: function, request: request)
      stream.event(begin, .phaseEnded(PhaseEnd(.frozen)), in: environment, of: function)
      stream.span(.invoke, begin, end, in: environment, of: function, request: request, outcome)
      stream.event(end, .phaseBegan(.frozen), in: environment, of: function)
    }
    stream.event(500, .environmentCreated(.onDemand), in: "env-1", of: "mailer")
    stream.event(500, .requestArrived, of: "mailer", request: 1)
    stream.event(500, .requestAssigned, in: "env-1", of: "mailer", request: 1)
    stream.span(.functionInit, 500, 900, in: "env-1", of: "mailer")
    stream.span(.invoke, 900, 1_500, in: "env-1", of: "mailer", request: 1)
    stream.event(1_500, .phaseBegan(.frozen), in: "env-1", of: "mailer")
    attempt(700, 800, "env-1", "orders", 2, .success)
    stream.event(1_100, .requestArrived, of: "mailer", request: 3)
    stream.event(1_100, .requestThrottled(reason: limit), of: "mailer", request: 3)
    attempt(2_100, 2_300, "env-1", "mailer", 3, .error)
    attempt(4_000, 4_300, "env-1", "mailer", 3, .error)
    attempt(8_000, 8_400, "env-1", "mailer", 3, .error)
    stream.event(
      8_400, .requestDropped(reason: stream.session.log.catalog.name("RetriesExhausted")), of: "mailer",
      request: 3)
    stream.event(10_000, .marker(.none))
    return stream.finished()
  }
}
