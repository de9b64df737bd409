internal import LambdaLifecycle

/// Events as a decoder makes them of `platform.start`, `platform.runtimeDone` and `platform.report`, in order of time.
/// Every environment has a request each half second, which takes 40 ms in the mean.
struct Traffic {
  private(set) var catalog = Catalog()
  private let function: Name
  private var environments: [EnvironmentID] = []
  private var number = 0

  init(environments count: Int) {
    let function = catalog.name("hello")
    self.function = function
    for number in 1...count {
      let name = catalog.name("env-\(number)")
      environments.append(catalog.environment(name, of: function))
    }
  }

  /// The events of the next requests.
  mutating func next(requests: Int) -> [LifecycleEvent] {
    var events: [LifecycleEvent] = []
    events.reserveCapacity(requests * 4)
    for _ in 0..<requests {
      addRequest(to: &events)
      number += 1
    }
    return events.sorted { $0.time < $1.time }
  }

  private func addRequest(to events: inout [LifecycleEvent]) {
    let k = UInt64(number)
    let begin =
      Timestamp.seconds(1_700_000_000) + Int64(number) * (.milliseconds(500) / Int64(environments.count))
    let work = min(
      .milliseconds(1)
        + DurationModel.exponential(mean: .milliseconds(39)).sample(draw(seed: 1, .handler, k)),
      .milliseconds(400))
    let whole = work + .milliseconds(1)
    let request = RequestID(high: draw(seed: 1, .requestHigh, k), low: draw(seed: 1, .requestLow, k))
    func add(_ time: Timestamp, _ kind: LifecycleEvent.Kind) {
      events.append(
        LifecycleEvent(
          time: time, function: function, environment: environments[number % environments.count],
          request: request, kind: kind))
    }
    add(begin, .phaseBegan(.invoke))
    add(begin + work, .runtimeDone(.success, errorType: .none))
    add(begin + whole, .phaseEnded(PhaseEnd(.invoke, outcome: .success, duration: whole)))
    let report = Report(
      duration: whole, billedMs: Int32(whole / 1_000_000) + 1, memoryMB: 512, maxMemoryUsedMB: 67,
      outcome: .success)
    // Later than the end, so that sorting by time keeps it behind.
    add(begin + whole + 1, .report(report))
  }
}
