/// Runs a scenario in virtual time: answers the actions of its environments as a world with these durations would.
///
/// Same scenario, seed and commands, same events, byte for byte. A value: copying it is how a session forks. The demo
/// steps it in real time, `lanes simulate` runs it as fast as it goes; there is no second, faster engine.
package struct Simulator: Sendable {
  package let scenario: Scenario
  package let seed: UInt64
  package let start: Timestamp
  package internal(set) var now: Timestamp
  /// The last moment at which anything happened: a deadline that has become void is nothing.
  var lastEvent: Timestamp
  package internal(set) var statistics = Statistics()
  /// The counts of each function, where there are several and no events are kept.
  var tallies: [FunctionTally]
  /// Signals that the state machine refused; always 0 unless simulator and engine disagree.
  package internal(set) var anomalies = 0
  /// False: no events are written, only figures are kept; memory does not grow with the number of requests.
  package let keepsEvents: Bool

  var fleet: Fleet
  /// The functions as they are now, then former configurations that environments still have: their places are those
  /// of `Fleet.settings`.
  var functions: [FunctionModel]
  var slots: [SlotState] = []
  var requests = RequestTable()
  var traffic: [TrafficSource]
  /// The traffic whose request comes next.
  var nextTraffic = 0
  private var nextArrival = Timestamp.never
  var queue = EventQueue()
  /// Requests that somebody sent beside the traffic.
  var injected: UInt64 = 0
  var series: [RequestSeries] = []
  /// Actions of the scenario that have been done.
  private var actionsDone = 0
  var actions: ActionBuffer

  /// - Parameters:
  ///   - start: the moment at which virtual time begins.
  ///   - log: receives the functions' descriptions; later calls must be given the same log.
  package init(
    _ scenario: Scenario, seed: UInt64, start: Timestamp, keepsEvents: Bool = true, into log: inout EventLog
  ) {
    self.scenario = scenario
    self.seed = seed
    self.start = start
    self.keepsEvents = keepsEvents
    now = start
    lastEvent = start
    actions = ActionBuffer(keepsNotes: keepsEvents)
    fleet = Fleet(scenario.account)
    let countsEach = !keepsEvents && scenario.functions.count > 1
    tallies = countsEach ? scenario.functions.map { _ in FunctionTally() } : []
    functions = scenario.functions.map { FunctionModel($0, &log.catalog) }
    for function in scenario.functions { fleet.add(function) }
    traffic = scenario.traffic.enumerated().map {
      TrafficSource($1, place: $0, start: start, seed: seed)
    }
    for function in functions.indices { functions[function].heldSince = start }
    for function in functions {
      emit(.functionDescribed(function.description(&log.catalog)), function: function.name, to: &log)
    }
    planArrival()
    for function in functions.indices { prepare(function, &log) }
  }

  /// When something happens next by itself; `.never` when nothing will.
  package var nextTime: Timestamp { min(queue.nextTime, nextArrival) }

  /// The running numbers of the environments that exist, oldest first.
  package var environments: [UInt32] { fleet.slots.map { fleet.birth(of: $0) } }

  /// Lets everything happen that is due up to and including `time`.
  package mutating func advance(to time: Timestamp, into log: inout EventLog) {
    while nextTime <= time, nextTime != .never { step(into: &log) }
    now = max(now, time)
  }

  /// Nothing is left to happen: the run ends with its last event.
  package mutating func endWithLastEvent() { now = lastEvent }

  /// Lets the next thing happen, if there is one.
  package mutating func step(into log: inout EventLog) {
    // On equal times, ends come before arrivals: what has just become free can be used.
    if queue.nextTime <= nextArrival, let entry = queue.removeFirst() {
      now = entry.time
      handle(entry, &log)
    } else if nextArrival != .never {
      now = nextArrival
      lastEvent = now
      if nextTraffic == Self.action { act(&log) } else { arriveFromTraffic(&log) }
      planArrival()
    }
  }

  @inline(__always)
  mutating func planArrival() {
    nextArrival = .never
    for place in traffic.indices where traffic[place].next < nextArrival {
      nextTraffic = place
      nextArrival = traffic[place].next
    }
    // The scenario's actions come after all that happens at their moment by itself.
    if actionsDone < scenario.actions.count {
      let (time, isBeyond) = start.addingReportingOverflow(scenario.actions[actionsDone].at)
      if !isBeyond, time < nextArrival { (nextTraffic, nextArrival) = (Self.action, time) }
    }
  }

  /// In place of a traffic: the scenario's next action.
  private static var action: Int { -1 }

  private mutating func act(_ log: inout EventLog) {
    let command = scenario.actions[actionsDone].command
    actionsDone += 1
    perform(command, into: &log)
  }
}
