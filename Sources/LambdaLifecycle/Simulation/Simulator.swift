internal import HeapModule

/// Runs a scenario in virtual time: answers the actions of its environments as a world with these durations would.
///
/// Same scenario, seed and commands, same events, byte for byte. A value: copying it is how a session forks. The demo
/// steps it in real time, a benchmark runs it as fast as it goes; there is no second, faster engine.
package struct Simulator: Sendable {
  package let scenario: Scenario
  package let seed: UInt64
  package private(set) var now: Timestamp
  package private(set) var statistics = Statistics()
  /// Signals that the state machine refused; always 0 unless simulator and engine disagree.
  package private(set) var anomalies = 0
  /// False: no events are written, only figures are kept; memory does not grow with the number of requests.
  package let keepsEvents: Bool

  private(set) var fleet: Fleet
  private var slots: [SlotState] = []
  private var queue = Heap<QueueEntry>()
  private var queued: UInt64 = 0
  /// Requests of the scenario's traffic, and those that somebody sent beside it.
  private var arrived: UInt64 = 0
  private var injected: UInt64 = 0
  private var assigned: Invocation = 0
  private var nextArrival = Timestamp.never
  private var actions = ActionBuffer()
  private let function: Name
  private let extensionNames: [Name]

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
      settings: scenario.environmentSettings, idleTimeout: scenario.idleTimeout,
      concurrencyLimit: scenario.concurrencyLimit)
    function = log.catalog.name(scenario.functionName)
    extensionNames = scenario.extensions.prefix(10).map { log.catalog.name($0.name) }
    let description = FunctionDescription(
      runtime: log.catalog.name(scenario.runtime), memoryMB: scenario.memoryMB, timeout: scenario.timeout,
      idleTimeout: scenario.idleTimeout)
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

  private mutating func planArrival() {
    guard let gap = scenario.arrivals else { return }
    nextArrival = now &+ max(1, gap.sample(draw(seed: seed, .arrival, arrived)))
  }
}

// MARK: - Commands

extension Simulator {
  /// A request arrives now, beside the scenario's traffic.
  package mutating func request(_ kind: RequestKind, into log: inout EventLog) {
    injected &+= 1
    // Counted down from the top, so that the traffic keeps its numbers and with them its draws.
    arrive(kind, number: 0 &- injected, &log)
  }

  private mutating func arrive(_ kind: RequestKind, number: UInt64, _ log: inout EventLog) {
    let id = requestID(number)
    emit(.requestArrived, request: id, to: &log)
    switch fleet.route() {
    case .reused(let slot): assign(kind, number, id, to: slot, cold: false, &log)
    case .created(let slot): create(slot, for: kind, number, id, &log)
    case .throttled:
      if keepsEvents {
        // AWS's reason when the account's concurrency is used up (Invoke API, TooManyRequestsException).
        let reason = log.catalog.name("ConcurrentInvocationLimitExceeded")
        emit(.requestThrottled(reason: reason), request: id, to: &log)
      } else {
        statistics.requests += 1
        statistics.throttles += 1
      }
    }
  }

  /// From now on an idle environment is kept that long.
  package mutating func setIdleTimeout(_ timeout: Nanoseconds, into log: inout EventLog) {
    fleet.idleTimeout = timeout
    emit(.settingChanged(.idleTimeout, timeout), to: &log)
    for slot in fleet.slots { planReclaim(slot) }
  }

  /// Reclaims an environment, at once or as soon as it is idle.
  /// - Returns: false if there is no such environment.
  @discardableResult
  package mutating func shutDown(_ environment: EnvironmentID, into log: inout EventLog) -> Bool {
    guard let slot = fleet.slots.first(where: { slots[$0].environment == environment }) else { return false }
    slots[slot].isToBeReclaimed = true
    reclaimIfDue(slot, &log)
    return true
  }

  private mutating func create(
    _ slot: Int, for kind: RequestKind, _ number: UInt64, _ id: RequestID, _ log: inout EventLog
  ) {
    if slot == slots.count {
      slots.append(SlotState())
    } else {
      slots[slot].reuse()
    }
    slots[slot].origin = number
    slots[slot].firstGeneration = fleet[slot].generation
    if keepsEvents {
      let name = log.catalog.name("env-\(fleet.birth(of: slot))")
      slots[slot].environment = log.catalog.environment(name, of: function)
      emit(.environmentCreated(.onDemand), slot, to: &log)
    }
    assign(kind, number, id, to: slot, cold: true, &log)
    emit(.phaseBegan(.create), slot, to: &log)
    let length = scenario.create.sample(draw(seed: seed, .create, number))
    if length == 0 {
      send(.sandboxReady, slot, &log)
    } else {
      schedule(.sandboxReady, slot, after: length)
    }
  }

  private mutating func assign(
    _ kind: RequestKind, _ number: UInt64, _ id: RequestID, to slot: Int, cold: Bool, _ log: inout EventLog
  ) {
    assigned &+= 1
    slots[slot].request = id
    slots[slot].number = number
    slots[slot].kind = kind
    slots[slot].start = cold ? .cold : fleet[slot].state == .reset ? .reinit : .warm
    slots[slot].arrival = now
    if keepsEvents {
      emit(.requestAssigned, slot, request: id, to: &log)
    } else {
      statistics.requests += 1
      statistics.coldStarts += cold ? 1 : 0
      statistics.began()
    }
    send(.request(assigned | 1 << 31), slot, &log)
  }

  /// A UUID of version 4 from the seed. Inlined, because a call would be given a copy of the whole simulator.
  @inline(__always)
  private func requestID(_ number: UInt64) -> RequestID {
    let high = draw(seed: seed, .requestHigh, number) & ~0xF000 | 0x4000
    let low = draw(seed: seed, .requestLow, number) & ~(3 << 62) | 2 << 62
    return RequestID(high: high, low: low)
  }
}

// MARK: - The queue

/// What the simulator keeps of each environment beside its state machine.
private struct SlotState: Sendable {
  var environment = EnvironmentID.none
  var request = RequestID.none
  var number: UInt64 = 0
  /// Number of the request that it was created for: its draws depend on this and on no other environment.
  var origin: UInt64 = 0
  var firstGeneration: Generation = 0
  var kind = RequestKind.normal
  var start = StartKind.warm
  var isToBeReclaimed = false
  var arrival: Timestamp = 0
  var deadline = Timestamp.never
  var deadlineToken: UInt32 = 0
  /// The times of the entries that stand in the queue for the deadline and the idle timeout. One of each, armed again
  /// when it comes up too early: else the timeouts of 900 s that never fire would pile up.
  var deadlineEntry = Timestamp.never
  var reclaimEntry = Timestamp.never

  mutating func reuse() {
    let (deadlineEntry, reclaimEntry) = (self.deadlineEntry, self.reclaimEntry)
    self = SlotState()
    (self.deadlineEntry, self.reclaimEntry) = (deadlineEntry, reclaimEntry)
  }
}

private struct QueueEntry: Comparable, Sendable {
  enum What: Sendable {
    case signal(Signal)
    /// The response and the runtime's Next, which follows at once.
    case answer(Invocation, Outcome, Generation)
    case deadline, reclaim
  }

  var time: Timestamp
  var order: UInt64
  var slot: UInt32
  var what: What

  static func < (a: QueueEntry, b: QueueEntry) -> Bool {
    a.time < b.time || (a.time == b.time && a.order < b.order)
  }

  static func == (a: QueueEntry, b: QueueEntry) -> Bool { a.order == b.order }
}

extension Simulator {
  @inline(__always)
  private mutating func push(_ what: QueueEntry.What, _ slot: Int, at time: Timestamp) {
    queued &+= 1
    queue.insert(QueueEntry(time: time, order: queued, slot: UInt32(slot), what: what))
  }

  @inline(__always)
  private mutating func schedule(_ signal: Signal, _ slot: Int, after length: Nanoseconds) {
    push(.signal(signal), slot, at: now &+ length)
  }

  private mutating func handle(_ entry: QueueEntry, _ log: inout EventLog) {
    let slot = Int(entry.slot)
    switch entry.what {
    case .signal(let signal): send(signal, slot, &log)
    case .answer(let invocation, let outcome, let generation):
      send(.response(invocation, outcome), slot, &log)
      send(.runtimeNext(generation), slot, &log)
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
    }
  }

  private mutating func planDeadline(_ slot: Int) {
    let time = slots[slot].deadline
    guard time < slots[slot].deadlineEntry else { return }
    slots[slot].deadlineEntry = time
    push(.deadline, slot, at: time)
  }

  private mutating func planReclaim(_ slot: Int) {
    guard let due = fleet.reclaimTime(of: slot), due < slots[slot].reclaimEntry else { return }
    let time = max(due, now)
    slots[slot].reclaimEntry = time
    push(.reclaim, slot, at: time)
  }

  private mutating func reclaimIfDue(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    guard due <= now || slots[slot].isToBeReclaimed else { return planReclaim(slot) }
    guard fleet.takeForReclaim(slot) else { return }
    send(.reclaim, slot, &log)
  }

  /// Passes a signal to the environment and answers its actions.
  private mutating func send(_ signal: Signal, _ slot: Int, _ log: inout EventLog) {
    actions.removeAll()
    fleet.receive(signal, slot: slot, at: now, into: &actions)
    var index = 0
    while index < actions.count {
      perform(actions[index], slot, &log)
      index &+= 1
    }
    if slots[slot].isToBeReclaimed { reclaimIfDue(slot, &log) } else { planReclaim(slot) }
  }
}

// MARK: - Answering actions

extension Simulator {
  private mutating func perform(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .startExtensions(let mask, let generation):
      initBegan(generation, slot)
      startExtensions(mask, generation, slot, &log)
    case .startRuntime(let generation):
      if fleet.settings.extensions == 0 { initBegan(generation, slot) }
      startRuntime(generation, slot)
    case .deliver(let invocation, let generation): deliver(invocation, generation, slot)
    case .deliverToExtensions, .freeze, .killRuntime, .killExtensions: break
    case .thaw: emit(.thawed, slot, to: &log)
    case .arm(let time, let token):
      slots[slot].deadline = time
      slots[slot].deadlineToken = token
      planDeadline(slot)
    case .disarm: slots[slot].deadline = .never
    case .terminateRuntime(let generation):
      let length = scenario.runtimeExit.sample(bits(.runtimeExit, slot, generation))
      schedule(.runtimeExited(.none, generation), slot, after: length)
    case .sendShutdown(let mask, _, _, let generation):
      for index in indices(of: mask) {
        let length = scenario.extensions[Int(index)].exit.sample(
          bits(.extensionExit, slot, generation, index))
        schedule(.extensionExited(index, generation), slot, after: length)
      }
    case .respond(_, let outcome, let error):
      if keepsEvents {
        emit(
          .requestAnswered(outcome, errorType: error.name), slot, request: slots[slot].request, to: &log)
      } else {
        statistics.answered(outcome, wait: now &- slots[slot].arrival, start: slots[slot].start)
      }
    case .report(_, let duration, let initDuration, let outcome, let error):
      report(duration, initDuration, outcome, error, slot, &log)
    case .released: slots[slot].request = .none
    case .anomaly: anomalies += 1
    case .began, .ended, .extensionState, .runtimeDone, .gone:
      if keepsEvents { record(action, slot, &log) }
    }
  }

  /// Writes down what has happened.
  private func record(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    let request = slots[slot].request
    switch action {
    case .began(let phase):
      emit(.phaseBegan(phase), slot, request: phase == .invoke ? request : .none, to: &log)
    case .ended(let phase, let outcome, let error):
      let end = PhaseEnd(phase, outcome: outcome, errorType: error.name)
      emit(.phaseEnded(end), slot, request: phase == .invoke ? request : .none, to: &log)
    case .extensionState(let index, let state, let error):
      let name = extensionNames[Int(index)]
      emit(.extensionState(name: name, state, errorType: error.name), slot, to: &log)
      if state == .ready || error != .none {
        let outcome: Outcome = state == .ready ? .success : .error
        let end = PhaseEnd(.extensionInit, outcome: outcome, errorType: error.name, extensionName: name)
        emit(.phaseEnded(end), slot, to: &log)
      }
    case .runtimeDone(_, let outcome, let error):
      emit(.runtimeDone(outcome, errorType: error.name), slot, request: request, to: &log)
    case .gone(let reason): emit(.environmentGone(reason, detail: .none), slot, to: &log)
    default: break
    }
  }

  /// Any init but an environment's first follows a reset.
  private mutating func initBegan(_ generation: Generation, _ slot: Int) {
    if !keepsEvents, generation != slots[slot].firstGeneration { statistics.reinits += 1 }
  }

  private mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, _ slot: Int, _ log: inout EventLog
  ) {
    for index in indices(of: mask) {
      let item = scenario.extensions[Int(index)]
      let name = extensionNames[Int(index)]
      emit(.extensionState(name: name, .started, errorType: .none), slot, to: &log)
      emit(.phaseBegan(.extensionInit, extensionName: name), slot, to: &log)
      let register = item.register.sample(bits(.extensionRegister, slot, generation, index))
      let ready = item.ready.sample(bits(.extensionReady, slot, generation, index))
      schedule(.extensionRegistered(index, generation), slot, after: register)
      schedule(.extensionNext(index, generation), slot, after: register &+ ready)
    }
  }

  private mutating func startRuntime(_ generation: Generation, _ slot: Int) {
    let runtime = scenario.runtimeInit.sample(bits(.runtimeInit, slot, generation))
    let function = scenario.functionInit.sample(bits(.functionInit, slot, generation))
    schedule(.functionInitBegan(generation), slot, after: runtime)
    if slots[slot].kind == .initCrash {
      schedule(.runtimeExited(.runtimeExitError, generation), slot, after: runtime &+ function)
    } else {
      schedule(.runtimeNext(generation), slot, after: runtime &+ function)
    }
  }

  private mutating func deliver(_ invocation: Invocation, _ generation: Generation, _ slot: Int) {
    let length = scenario.handler.sample(draw(seed: seed, .handler, slots[slot].number))
    switch slots[slot].kind {
    case .normal, .initCrash: push(.answer(invocation, .success, generation), slot, at: now &+ length)
    case .handlerError: push(.answer(invocation, .error, generation), slot, at: now &+ length)
    case .crash: schedule(.runtimeExited(.runtimeExitError, generation), slot, after: length)
    case .outOfMemory: schedule(.runtimeExited(.runtimeOutOfMemory, generation), slot, after: length)
    case .hang: break
    }
    // An agent that sends what it has collected begins when the runtime has answered.
    for index in indices(of: fleet.settings.extensions) {
      let work = scenario.extensions[Int(index)].work.sample(
        draw(seed: seed, .extensionWork, slots[slot].number &* 16 &+ UInt64(index)))
      schedule(.extensionNext(index, generation), slot, after: length &+ work)
    }
  }

  private mutating func report(
    _ duration: Nanoseconds, _ initDuration: Nanoseconds, _ outcome: Outcome, _ error: ErrorType, _ slot: Int,
    _ log: inout EventLog
  ) {
    // Billed Duration = ceil(Duration + Init Duration), in milliseconds; init is billed since August 2025.
    let billed = Int32(clamping: (duration &+ max(0, initDuration) &+ 999_999) / 1_000_000)
    if keepsEvents {
      let report = Report(
        duration: duration, initDuration: initDuration, billedMs: billed, memoryMB: scenario.memoryMB,
        outcome: outcome, errorType: error.name)
      emit(.report(report), slot, request: slots[slot].request, to: &log)
    } else {
      statistics.durations.record(duration)
      if initDuration >= 0 { statistics.initLengths.record(initDuration) }
      statistics.bill(milliseconds: billed, memoryMB: scenario.memoryMB)
      statistics.ended()
    }
  }

  @inline(__always)
  private func bits(
    _ stream: DrawStream, _ slot: Int, _ generation: Generation, _ index: UInt8 = 0
  ) -> UInt64 {
    let restarts = UInt64(generation &- slots[slot].firstGeneration)
    return draw(seed: seed, stream, slots[slot].origin << 24 | restarts << 8 | UInt64(index))
  }

  @inline(__always)
  private func emit(
    _ kind: LifecycleEvent.Kind, _ slot: Int? = nil, request: RequestID = .none, to log: inout EventLog
  ) {
    guard keepsEvents else { return }
    let environment = slot.map { slots[$0].environment } ?? .none
    log.append(
      LifecycleEvent(
        time: now, function: function, environment: environment, request: request, kind: kind))
  }
}

/// The places of the bits that are set, lowest first.
private func indices(of mask: UInt16) -> some Sequence<UInt8> {
  sequence(state: mask) { (rest: inout UInt16) -> UInt8? in
    guard rest != 0 else { return nil }
    defer { rest &= rest &- 1 }
    return UInt8(rest.trailingZeroBitCount)
  }
}
