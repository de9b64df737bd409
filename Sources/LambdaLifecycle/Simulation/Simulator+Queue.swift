internal import HeapModule

/// What the simulator keeps of each environment beside its state machine.
struct SlotState: Sendable {
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

struct QueueEntry: Comparable, Sendable {
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
  mutating func push(_ what: QueueEntry.What, _ slot: Int, at time: Timestamp) {
    queued &+= 1
    queue.insert(QueueEntry(time: time, order: queued, slot: UInt32(slot), what: what))
  }

  @inline(__always)
  mutating func schedule(_ signal: Signal, _ slot: Int, after length: Nanoseconds) {
    push(.signal(signal), slot, at: now &+ length)
  }

  mutating func handle(_ entry: QueueEntry, _ log: inout EventLog) {
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

  mutating func planDeadline(_ slot: Int) {
    let time = slots[slot].deadline
    guard time < slots[slot].deadlineEntry else { return }
    slots[slot].deadlineEntry = time
    push(.deadline, slot, at: time)
  }

  mutating func planReclaim(_ slot: Int) {
    guard let due = fleet.reclaimTime(of: slot), due < slots[slot].reclaimEntry else { return }
    let time = max(due, now)
    slots[slot].reclaimEntry = time
    push(.reclaim, slot, at: time)
  }

  mutating func reclaimIfDue(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    guard due <= now || slots[slot].isToBeReclaimed else { return planReclaim(slot) }
    guard fleet.takeForReclaim(slot) else { return }
    send(.reclaim, slot, &log)
  }

  /// Passes a signal to the environment and answers its actions.
  mutating func send(_ signal: Signal, _ slot: Int, _ log: inout EventLog) {
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
