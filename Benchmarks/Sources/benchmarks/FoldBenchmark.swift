internal import LambdaLifecycle

/// Events a second into a timeline that concludes what is missing, as with the Telemetry API: 1,000 environments.
func foldSpeed() throws -> [Figure] {
  [1_000, 1].map { environments in
    let events = telemetryEvents(requests: 300_000, environments: environments)
    let times = measure { timed in
      var timeline = Timeline(SourceKind.telemetry.capabilities)
      timed {
        for event in events { timeline.fold(event) }
        timeline.settle()
      }
      precondition(timeline.statistics.requests == 300_000)
    }
    return Figure(
      what: "fold, \(environments) environment\(environments == 1 ? "" : "s"), with inference",
      measured: perSecond(events.count, times, "events"), budget: "5 M events/s")
  }
}

/// What a decoder makes of `platform.start`, `platform.runtimeDone` and `platform.report`, request by request.
private func telemetryEvents(requests: Int, environments: Int) -> [LifecycleEvent] {
  var catalog = Catalog()
  let function = catalog.name("hello")
  let ids = (0..<environments).map { catalog.environment(catalog.name("env-\($0)"), of: function) }
  var events: [LifecycleEvent] = []
  events.reserveCapacity(requests * 4)
  for number in 0..<requests {
    let environment = ids[number % environments]
    let bits = draw(seed: 1, .handler, UInt64(number))
    let length = DurationModel.exponential(mean: .milliseconds(environments == 1 ? 3 : 40)).sample(bits)
    let request = RequestID(high: draw(seed: 1, .requestHigh, UInt64(number)), low: UInt64(number) + 1)
    var time = Timestamp.milliseconds(1_700_000_000_000 + Int64(number) * 50)
    func add(_ kind: LifecycleEvent.Kind) {
      events.append(
        LifecycleEvent(
          time: time, function: function, environment: environment, request: request, kind: kind))
    }
    add(.phaseBegan(.invoke))
    time += length
    add(.runtimeDone(.success, errorType: .none))
    time += .milliseconds(1)
    add(.phaseEnded(PhaseEnd(.invoke, outcome: .success, duration: length + .milliseconds(1))))
    let billed = Int32(length / 1_000_000) + 1
    let report = Report(duration: length, billedMs: billed, memoryMB: 512, maxMemoryUsedMB: 67, outcome: .success)
    add(.report(report))
  }
  return events
}
