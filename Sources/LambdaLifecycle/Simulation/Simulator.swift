internal import HeapModule

/// Runs a scenario in virtual time: answers the actions of its environments as a world with these durations would.
///
/// Same scenario, seed and commands, same events, byte for byte. A value: copying it is how a session forks. The demo
/// steps it in real time, a benchmark runs it as fast as it goes; there is no second, faster engine.
package struct Simulator: Sendable {
  package let scenario: Scenario
  package let seed: UInt64
  package internal(set) var now: Timestamp
  package internal(set) var statistics = Statistics()
  /// Signals that the state machine refused; always 0 unless simulator and engine disagree.
  package internal(set) var anomalies = 0
  /// False: no events are written, only figures are kept; memory does not grow with the number of requests.
  package let keepsEvents: Bool

  var fleet: Fleet
  var slots: [SlotState] = []
  var queue = Heap<QueueEntry>()
  var queued: UInt64 = 0
  /// Requests of the scenario's traffic, and those that somebody sent beside it.
  var arrived: UInt64 = 0
  var injected: UInt64 = 0
  var assigned: Invocation = 0
  var nextArrival = Timestamp.never
  var actions = ActionBuffer()
  let function: Name
  let extensionNames: [Name]

  /// - Parameters:
  ///   - start: the moment at which virtual time begins.
  ///   - log: receives the function's description; later calls must be given the same log.
  package init(
    _ scenario: Scenario, seed: UInt64, start: Timestamp, keepsEvents: Bool = true, into log: inout EventLog
  ) {
    self.scenario = scenario
    self.seed = seed
    self.keepsEvents = keepsEvents
    now = start
    fleet = Fleet(
      settings: scenario.function.environmentSettings, idleTimeout: scenario.function.idleTimeout.sample(0),
      concurrencyLimit: scenario.account.concurrency)
    function = log.catalog.name(scenario.function.name)
    extensionNames = scenario.function.extensions.prefix(10).map { log.catalog.name($0.name) }
    let description = FunctionDescription(
      runtime: log.catalog.name(scenario.function.runtime), memoryMB: scenario.function.memoryMB,
      timeout: scenario.function.timeout,
      idleTimeout: scenario.function.idleTimeout.sample(0))
    emit(.functionDescribed(description), to: &log)
    planArrival()
  }

  /// How long an idle environment is kept, now.
  package var idleTimeout: Nanoseconds { fleet.idleTimeout }

  /// When something happens next by itself; `.never` when nothing will.
  package var nextTime: Timestamp { min(queue.min?.time ?? .never, nextArrival) }

  /// The environments that exist, oldest first.
  package var environments: [EnvironmentID] { fleet.slots.map { slots[$0].environment } }

  /// Lets everything happen that is due up to and including `time`.
  package mutating func advance(to time: Timestamp, into log: inout EventLog) {
    while nextTime <= time, nextTime != .never { step(into: &log) }
    now = max(now, time)
  }

  /// Lets the next thing happen, if there is one.
  package mutating func step(into log: inout EventLog) {
    // On equal times, ends come before arrivals: what has just become free can be used.
    if let top = queue.min, top.time <= nextArrival {
      queue.removeMin()
      now = top.time
      handle(top, &log)
    } else if nextArrival != .never {
      now = nextArrival
      arrived &+= 1
      arrive(.normal, number: arrived, &log)
      planArrival()
    }
  }

  mutating func planArrival() {
    guard case .gaps(let gap, _, _) = scenario.traffic.first?.pattern else { return }
    nextArrival = now &+ max(1, gap.sample(draw(seed: seed, .arrival, arrived)))
  }
}
