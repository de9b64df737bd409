/// Runs the environments of an account's functions: gives requests to them, knows what is due when, and writes down
/// what happens. It asks a world for what takes time, and hears of it by signals.
///
/// A value without clock, randomness or I/O, as the state machines in it.
package struct FleetDriver<World: FleetWorld>: Sendable {
  /// The present moment: a signal that comes happens now.
  package internal(set) var now: Timestamp
  /// The last moment at which anything happened: a deadline that has become void is nothing.
  package internal(set) var lastEvent: Timestamp
  /// Signals that the state machines refused.
  package internal(set) var anomalies = 0
  /// False: no events are written, the world counts instead.
  package let keepsEvents: Bool
  package internal(set) var fleet: Fleet
  /// The functions as they are now, then former configurations that environments still have: their places are those
  /// of `Fleet.settings`.
  var functions: [DrivenFunction]
  /// By their slots.
  var environments: [DrivenEnvironment] = []
  /// The same; none where processes need not be reaped.
  var gates: [StartGate] = []
  /// No environment is created ahead of requests any more.
  var isEnding = false
  /// Oldest first.
  var waiting: [WaitingRequest] = []
  package var requests = RequestTable<World.Payload>()
  var record = LifecycleRecord()
  package var world: World
  private var actions: ActionBuffer

  /// - Parameters:
  ///   - functions: at least one.
  ///   - now: the moment at which it begins.
  ///   - keepsEvents: false where the world counts, and nothing is written.
  ///   - log: receives the functions' descriptions; later calls must be given the same log.
  package init(
    _ functions: [FunctionScenario], _ quotas: AccountQuotas, _ world: World, at now: Timestamp,
    keepsEvents: Bool = true, into log: inout EventLog
  ) {
    self.now = now
    lastEvent = now
    self.keepsEvents = keepsEvents
    self.world = world
    actions = ActionBuffer(keepsNotes: keepsEvents)
    fleet = Fleet(quotas)
    self.functions = functions.map { DrivenFunction($0, &log.catalog) }
    for function in functions { fleet.add(function) }
    for function in functions.indices { describe(function, &log) }
    for function in functions.indices { prepare(function, &log) }
  }

  /// The running numbers of the environments that exist, oldest first.
  package var births: [UInt32] { fleet.slots.map { fleet.birth(of: $0) } }

  /// Moves the present on. The next signal happens then.
  @inline(__always)
  package mutating func pass(to time: Timestamp) { now = max(now, time) }

  /// Something happens at a moment that no signal reports.
  @inline(__always)
  mutating func happen(at time: Timestamp) {
    now = time
    lastEvent = time
  }

  /// Nothing is left to happen: it ends with what happened last.
  mutating func endWithLastEvent() { now = lastEvent }

  // MARK: Signals

  /// Takes a signal of an environment's world.
  @discardableResult
  package mutating func receive(_ signal: Signal, _ slot: Fleet.Slot, _ log: inout EventLog) -> Reception {
    actions.removeAll()
    let wasIdle = fleet.state(of: slot).isIdle
    let isLastReaped = World.reapsProcesses && isLastReaped(signal, slot)
    let reception = fleet.receive(signal, slot: slot, at: now, into: &actions)
    performActions(slot, wasIdle: wasIdle, &log)
    if isLastReaped { startHeld(slot, &log) }
    return reception
  }

  /// Takes two signals of the same moment, the second of which follows at once; neither is the end of a process.
  mutating func receive(
    _ signal: Signal, then next: Signal, _ slot: Fleet.Slot, _ log: inout EventLog
  ) {
    actions.removeAll()
    fleet.receive(signal, slot: slot, at: now, into: &actions)
    fleet.receive(next, slot: slot, at: now, into: &actions)
    performActions(slot, wasIdle: false, &log)
  }

  @inline(__always)
  private mutating func performActions(_ slot: Int, wasIdle: Bool, _ log: inout EventLog) {
    var index = 0
    if actions.count > 0 { lastEvent = now }
    while index < actions.count {
      perform(actions[index], slot, &log)
      index &+= 1
    }
    let isIdle = fleet.state(of: slot).isIdle
    if isIdle, !wasIdle { becameIdle(slot) }
    if environments[slot].isToBeReclaimed {
      reclaimIfDue(slot, &log)
    } else if isIdle {
      planReclaim(slot, &log)
    }
    if World.patience > 0, !waiting.isEmpty { endWaiting(&log) }
  }

  /// A moment has come that the world was to wake it at.
  @inline(__always)
  package mutating func come(_ due: Due, _ place: Int, plannedFor time: Timestamp, _ log: inout EventLog) {
    switch due {
    case .deadline:
      guard time == environments[place].deadlineEntry else { return }
      environments[place].deadlineEntry = .never
      if environments[place].deadline <= now {
        receive(.deadline(environments[place].deadlineToken), place, &log)
      } else {
        let (time, token) = (environments[place].deadline, environments[place].deadlineToken)
        if environments[place].arm(time, token) { wake(.deadline, place, at: time) }
      }
    case .reclaim:
      guard time == environments[place].reclaimEntry else { return }
      environments[place].reclaimEntry = .never
      reclaimIfDue(place, &log)
    case .creation:
      guard time == functions[place].planned else { return }
      lastEvent = now
      createAhead(place, &log)
    case .retry(let invocation):
      lastEvent = now
      retry(invocation, &log)
    case .patience:
      endWaiting(&log)
    }
  }

  /// Asks the world to wake it. A moment beyond the end of time never comes.
  @inline(__always)
  mutating func wake(_ due: Due, _ place: Int, at time: Timestamp) {
    world.wake(due, place, at: time < now ? .never : time)
  }

  // MARK: Writing down

  /// An extension has given its name, which is known of the external ones that the settings have.
  package mutating func nameExtension(
    _ index: UInt8, _ name: String, in slot: Fleet.Slot, _ log: inout EventLog
  ) {
    if keepsEvents { record.name(log.catalog.name(name), extension: index, in: slot) }
  }

  /// The most memory that an environment has used was measured, which is in the reports that follow.
  package mutating func noteMemory(_ megabytes: Int32, in slot: Fleet.Slot) {
    if keepsEvents { record.noteMemory(megabytes, in: slot) }
  }

  /// Writes an event of an environment that no action reports.
  @inline(__always)
  package func tell(_ kind: LifecycleEvent.Kind, in slot: Fleet.Slot, _ log: inout EventLog) {
    if keepsEvents { record.append(kind, slot, at: now, to: &log) }
  }

  /// Writes what a request does that has no environment (yet).
  @inline(__always)
  func tell(
    _ kind: LifecycleEvent.Kind, of request: borrowing FleetRequest<World.Payload>, _ log: inout EventLog
  ) {
    guard keepsEvents else { return }
    tell(kind, function: functions[Int(request.function)].name, request: request.id, &log)
  }

  /// Writes what has no environment. Inlined, as all that is called often: a call would be given a copy of the whole
  /// driver.
  @inline(__always)
  func tell(
    _ kind: LifecycleEvent.Kind, function: Name, request: RequestID = .none, _ log: inout EventLog
  ) {
    guard keepsEvents else { return }
    log.append(LifecycleEvent(time: now, function: function, request: request, kind: kind))
  }
}

/// The driver's record of an environment beside its state machine.
struct DrivenEnvironment: Sendable {
  /// It goes as soon as it is idle.
  var isToBeReclaimed = false
  /// More about the cause, should it go by that.
  var shutdownDetail = ShutdownDetail.none
  /// A request has had it.
  var hasServed = false
  var deadline = Timestamp.never
  var deadlineToken: UInt32 = 0
  /// The times at which the world wakes it for the deadline and the idle timeout. One of each, asked for again when it
  /// comes too early: else the timeouts of 900 s that never fire would pile up.
  var deadlineEntry = Timestamp.never
  var reclaimEntry = Timestamp.never

  /// A deadline stands in place of any before.
  /// - Returns: true where the world has to be asked for it.
  @inline(__always)
  mutating func arm(_ time: Timestamp, _ token: UInt32) -> Bool {
    deadline = time
    deadlineToken = token
    guard time < deadlineEntry else { return false }
    deadlineEntry = time
    return true
  }

  /// Another environment takes the slot; what the world was asked for still comes.
  mutating func reuse() {
    let (deadlineEntry, reclaimEntry) = (self.deadlineEntry, self.reclaimEntry)
    self = DrivenEnvironment()
    (self.deadlineEntry, self.reclaimEntry) = (deadlineEntry, reclaimEntry)
  }
}

/// The driver's record of a function.
struct DrivenFunction: Sendable {
  var settings: FunctionScenario
  let name: Name
  let extensionNames: [Name]
  /// When environments are created ahead of requests next; `.never` where that is not planned.
  var planned = Timestamp.never
  /// The allocation of provisioned concurrency has failed.
  var hasGivenUp = false
  /// How provisioned concurrency is allocated, also while there is none.
  let allocation: ProvisionedConcurrency
  /// The rate of its steady traffic, in requests in 1,000 seconds.
  var requestRate: Int64 = 0

  init(_ settings: FunctionScenario, _ catalog: inout Catalog) {
    self.settings = settings
    name = catalog.name(settings.name)
    extensionNames = settings.extensions.prefix(Registrations.most).map {
      catalog.name($0.name)
    }
    allocation = settings.provisioned ?? ProvisionedConcurrency(environments: 0)
  }
}
