/// Runs a scenario in virtual time: a fleet in a world in which how long things take is drawn.
///
/// Same scenario, seed and commands, same events, byte for byte. A value: copying it is how a session forks. The demo
/// steps it in real time, `lanes simulate` runs it as fast as it goes; there is no second, faster engine.
package struct Simulator: Sendable {
  package let scenario: Scenario
  package let seed: UInt64
  package let start: Timestamp
  var driver: FleetDriver<SimulatedWorld>
  /// Requests that somebody sent beside the traffic.
  private var injected: UInt64 = 0
  private var series: [RequestSeries] = []
  /// Actions of the scenario that have been done.
  private var actionsDone = 0
  /// When the scenario does something next; `.never` where it has no action left.
  private var nextAction = Timestamp.never

  /// - Parameters:
  ///   - start: the moment at which virtual time begins.
  ///   - keepsEvents: false to keep figures only; memory then does not grow with the number of requests.
  ///   - log: receives the functions' descriptions; later calls must be given the same log.
  package init(
    _ scenario: Scenario, seed: UInt64, start: Timestamp, keepsEvents: Bool = true, into log: inout EventLog
  ) {
    self.scenario = scenario
    self.seed = seed
    self.start = start
    driver = FleetDriver(
      scenario.functions, scenario.account,
      SimulatedWorld(scenario, seed: seed, start: start, keepsEvents: keepsEvents), at: start,
      keepsEvents: keepsEvents, into: &log)
    planAction()
  }

  package var now: Timestamp { driver.now }

  /// When something happens next by itself; `.never` when nothing will.
  package var nextTime: Timestamp {
    min(driver.world.queue.nextTime, driver.world.arrivals.next, nextAction)
  }

  private mutating func planAction() {
    nextAction = .never
    guard actionsDone < scenario.actions.count else { return }
    let (time, isBeyond) = start.addingReportingOverflow(scenario.actions[actionsDone].at)
    if !isBeyond { nextAction = time }
  }

  /// The settings of the fleet now.
  package var settings: FleetSettings { driver.settings }

  /// The running numbers of the environments that exist, oldest first.
  package var environments: [UInt32] { driver.births }

  /// Signals that the state machine refused; always 0 unless simulator and engine disagree.
  package var anomalies: Int { driver.anomalies }

  /// The functions' names, by their places in the scenario.
  package var functionNames: [Name] { scenario.functions.indices.map { driver.functions[$0].name } }

  /// Lets everything happen that is due up to and including `time`.
  package mutating func advance(to time: Timestamp, into log: inout EventLog) {
    while nextTime <= time, nextTime != .never { step(into: &log) }
    driver.pass(to: time)
  }

  /// Lets things happen until so many requests have been counted, which only a run without events does.
  package mutating func run(upTo requests: Int, into log: inout EventLog) {
    while driver.world.figures.statistics.requests < requests { step(into: &log) }
  }

  /// Nothing is left to happen: the run ends with its last event.
  package mutating func endWithLastEvent() { driver.endWithLastEvent() }

  /// Lets the next thing happen, if there is one.
  package mutating func step(into log: inout EventLog) {
    let arrival = driver.world.arrivals.next
    let next = min(arrival, nextAction)
    // On equal times, ends come before arrivals: what has just become free can be used.
    if driver.world.queue.nextTime <= next, let entry = driver.world.queue.removeFirst() {
      driver.pass(to: entry.time)
      handle(entry, &log)
    } else if next != .never {
      driver.happen(at: next)
      // The scenario's actions come after all that happens at their moment by itself.
      if arrival == next { arriveFromTraffic(&log) } else { act(&log) }
    }
  }

  @inline(__always)
  private mutating func arriveFromTraffic(_ log: inout EventLog) {
    arrive(driver.world.arrivals.take(seed), &log)
  }

  private mutating func act(_ log: inout EventLog) {
    let command = scenario.actions[actionsDone].command
    actionsDone += 1
    planAction()
    perform(command, into: &log)
  }

  @inline(__always)
  private mutating func handle(_ entry: QueueEntry, _ log: inout EventLog) {
    let slot = Int(entry.place)
    switch entry.what {
    case .signal(let signal): driver.receive(signal, slot, &log)
    case .answer(let invocation, let outcome, let generation):
      if generation == driver.fleet.generation(of: slot) {
        answer(invocation, outcome, generation, slot, &log)
      }
    case .invocationDeadline(let invocation, let generation):
      if generation == driver.fleet.generation(of: slot) {
        driver.receive(.invocationDeadline(invocation), slot, &log)
      }
    case .due(let due): driver.come(due, slot, plannedFor: entry.time, &log)
    case .backgroundDone(let serial):
      guard driver.world.backgroundDone(serial, slot), driver.keepsEvents else { return }
      driver.tell(.output(.function, log.text.append("background work finished")), in: slot, &log)
    case .crash(let generation): crash(generation, slot, &log)
    case .series:
      driver.happen(at: now)
      continueSeries(slot, &log)
    }
  }

  /// The handler has answered, and the runtime asks for the next event at once.
  @inline(__always)
  private mutating func answer(
    _ invocation: Invocation, _ outcome: Outcome, _ generation: Generation, _ slot: Int,
    _ log: inout EventLog
  ) {
    let isManaged = driver.fleet.type(of: slot) == .managedInstances
    if isManaged, driver.requests[invocation].payload.isVoid { return driver.forget(invocation) }
    driver.receive(
      .response(invocation, outcome),
      then: isManaged ? .workerNext(invocation, generation) : .runtimeNext(generation), slot, &log)
  }
}

// MARK: - Requests

extension Simulator {
  /// A request arrives now, beside the scenario's traffic.
  /// - Parameter function: its place in the scenario.
  package mutating func request(_ kind: RequestKind, function: Int = 0, into log: inout EventLog) {
    injected &+= 1
    var payload = SimulatedRequest()
    // Counted down from the top, so that the traffic keeps its numbers and with them its draws.
    payload.number = 0 &- injected
    payload.kind = kind
    arrive(FleetRequest(payload, function: function), &log)
  }

  @inline(__always)
  private mutating func arrive(_ request: FleetRequest<SimulatedRequest>, _ log: inout EventLog) {
    var request = request
    if driver.keepsEvents { request.id = requestID(request.payload.number) }
    driver.arrive(request, &log)
  }

  /// A UUID of version 4 from the seed. Inlined, because a call would be given a copy of the whole simulator.
  @inline(__always)
  private func requestID(_ number: UInt64) -> RequestID {
    let high = draw(seed: seed, .requestHigh, number) & ~0xF000 | 0x4000
    let low = draw(seed: seed, .requestLow, number) & ~(3 << 62) | 2 << 62
    return RequestID(high: high, low: low)
  }

  mutating func send(_ series: RequestSeries, _ log: inout EventLog) {
    guard series.gap > 0 else {
      for _ in 0..<max(0, series.left) { request(series.kind, function: series.function, into: &log) }
      return
    }
    self.series.append(series)
    continueSeries(self.series.count - 1, &log)
  }

  private mutating func continueSeries(_ place: Int, _ log: inout EventLog) {
    guard series[place].left > 0 else { return }
    series[place].left -= 1
    request(series[place].kind, function: series[place].function, into: &log)
    guard series[place].left > 0 else { return }
    // As with traffic, what ends at that moment comes before.
    let next = now &+ series[place].gap
    driver.world.queue.insertLast(.series, place, at: next < now ? .never : next)
  }
}

/// Requests that somebody sent, one every so often.
struct RequestSeries: Sendable {
  var kind: RequestKind
  var left: Int
  var gap: Nanoseconds
  var function: Int
}
