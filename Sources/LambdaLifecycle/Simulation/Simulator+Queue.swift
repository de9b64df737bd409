/// What the simulator keeps of each environment beside its state machine.
struct SlotState: Sendable {
  var environment = EnvironmentID.none
  var isToBeReclaimed = false
  /// Its runtime ends as soon as it runs.
  var isToCrash = false
  /// A request has had it.
  var hasServed = false
  /// Extensions whose init has begun and not ended.
  var initializing: UInt16 = 0
  var firstGeneration: Generation = 0
  /// What its draws depend on: the request that it was created for, and no other environment.
  var origin: UInt64 = 0
  /// Of function init, as a trace gives it; -1 where it does not.
  var initDuration: Nanoseconds = -1
  /// Managed Instances: invocations that have not ended for their callers, of a run that keeps no events.
  var inFlight: UInt16 = 0
  /// How often it has become idle.
  var idlePeriods: UInt64 = 0
  var created: Timestamp = 0
  /// Of a restore that no report has told yet; -1 for none.
  var restoreDuration: Nanoseconds = -1
  var billedRestore: Nanoseconds = 0
  var deadline = Timestamp.never
  var deadlineToken: UInt32 = 0
  /// The times of the entries that stand in the queue for the deadline and the idle timeout. One of each, armed again
  /// when it comes up too early: else the timeouts of 900 s that never fire would pile up.
  var deadlineEntry = Timestamp.never
  var reclaimEntry = Timestamp.never
  var background = BackgroundWork()

  mutating func reuse() {
    let (deadlineEntry, reclaimEntry) = (self.deadlineEntry, self.reclaimEntry)
    let serial = background.serial
    self = SlotState()
    (self.deadlineEntry, self.reclaimEntry) = (deadlineEntry, reclaimEntry)
    background.serial = serial
  }
}

/// Something that the simulator has to do at a moment.
struct QueueEntry: Comparable, Sendable {
  enum What: Sendable {
    case signal(Signal)
    /// The response, and the runtime's Next, which follows at once.
    case answer(Invocation, Outcome, Generation)
    case invocationDeadline(Invocation, Generation)
    case deadline, reclaim
    case backgroundDone(UInt32)
    /// An event of Lambda's queue is tried again.
    case retry(Invocation)
    /// An environment is created ahead of requests; the slot is the function.
    case createAhead
    /// The runtime ends, because somebody wanted it to.
    case crash(Generation)
    /// The next of several requests that somebody sent; the slot is the place of their series.
    case series
  }

  var time: Timestamp
  var order: UInt64
  var slot: UInt32
  var what: What

  @inline(__always)
  static func < (a: QueueEntry, b: QueueEntry) -> Bool {
    a.time < b.time || (a.time == b.time && a.order < b.order)
  }

  static func == (a: QueueEntry, b: QueueEntry) -> Bool { a.order == b.order }
}

extension Simulator {
  @inline(__always)
  mutating func push(_ what: QueueEntry.What, _ slot: Int, at time: Timestamp) {
    // What lies beyond the end of time never happens.
    queue.insert(what, slot, at: time < now ? .never : time)
  }

  @inline(__always)
  mutating func schedule(_ signal: Signal, _ slot: Int, after length: Nanoseconds) {
    push(.signal(signal), slot, at: now &+ length)
  }

  @inline(__always)
  mutating func handle(_ entry: QueueEntry, _ log: inout EventLog) {
    let slot = Int(entry.slot)
    switch entry.what {
    case .signal(let signal): send(signal, slot, &log)
    case .answer(let invocation, let outcome, let generation):
      if generation == fleet.generation(of: slot) { answer(invocation, outcome, generation, slot, &log) }
    case .invocationDeadline(let invocation, let generation):
      if generation == fleet.generation(of: slot) { send(.invocationDeadline(invocation), slot, &log) }
    case .deadline:
      guard entry.time == slots[slot].deadlineEntry else { return }
      slots[slot].deadlineEntry = .never
      if slots[slot].deadline <= now {
        send(.deadline(slots[slot].deadlineToken), slot, &log)
      } else {
        planDeadline(slot)
      }
    case .reclaim:
      guard entry.time == slots[slot].reclaimEntry else { return }
      slots[slot].reclaimEntry = .never
      reclaimIfDue(slot, &log)
    case .backgroundDone(let serial): backgroundDone(serial, slot, &log)
    case .retry(let invocation):
      lastEvent = now
      retry(invocation, &log)
    case .createAhead:
      guard entry.time == functions[slot].planned else { return }
      lastEvent = now
      createAhead(slot, &log)
    case .crash(let generation): crash(generation, slot, &log)
    case .series:
      lastEvent = now
      continueSeries(slot, &log)
    }
  }

  mutating func planDeadline(_ slot: Int) {
    let time = slots[slot].deadline
    guard time < slots[slot].deadlineEntry else { return }
    slots[slot].deadlineEntry = time
    push(.deadline, slot, at: time)
  }

  /// An idle environment whose time is over goes at once: what stands in the queue for this very moment must not find
  /// it free.
  mutating func planReclaim(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    if due <= now { return reclaimIfDue(slot, &log) }
    guard due < slots[slot].reclaimEntry else { return }
    slots[slot].reclaimEntry = due
    push(.reclaim, slot, at: due)
  }

  mutating func reclaimIfDue(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    guard due <= now || slots[slot].isToBeReclaimed else { return planReclaim(slot, &log) }
    guard fleet.takeForReclaim(slot) else { return }
    send(.reclaim, slot, &log)
  }

  /// Passes a signal to the environment and answers its actions.
  mutating func send(_ signal: Signal, _ slot: Int, _ log: inout EventLog) {
    actions.removeAll()
    let wasIdle = fleet.state(of: slot).isIdle
    fleet.receive(signal, slot: slot, at: now, into: &actions)
    performActions(slot, wasIdle: wasIdle, &log)
  }

  /// The handler has answered, and the runtime asks for the next event at once.
  private mutating func answer(
    _ invocation: Invocation, _ outcome: Outcome, _ generation: Generation, _ slot: Int,
    _ log: inout EventLog
  ) {
    let isManaged = fleet.type(of: slot) == .managedInstances
    if isManaged, requests[invocation].isVoid { return requests.remove(invocation) }
    actions.removeAll()
    fleet.receive(.response(invocation, outcome), slot: slot, at: now, into: &actions)
    fleet.receive(
      isManaged ? .workerNext(invocation, generation) : .runtimeNext(generation), slot: slot, at: now,
      into: &actions)
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
    if slots[slot].isToBeReclaimed { reclaimIfDue(slot, &log) } else if isIdle { planReclaim(slot, &log) }
  }

  @inline(__always)
  private mutating func becameIdle(_ slot: Int) {
    slots[slot].idlePeriods &+= 1
    let place = slots[slot].origin << 20 | slots[slot].idlePeriods & 0xF_FFFF
    let model = functions[fleet.function(of: slot)].idleTimeout
    fleet.keepIdle(slot, for: model.sample(draw(seed: seed, .idleTimeout, place)))
  }
}
