/// Waits for a step's trigger: looks at events as they happen and knows the moment at which the step is reached.
struct TriggerWatch: Sendable {
  private let trigger: LessonTrigger
  /// The function that the trigger is of; none for any.
  private let function: Name
  private var count = 0
  /// When the step is reached; `.never` until that is known.
  private(set) var due = Timestamp.never

  /// - Parameter now: the moment at which the step before was left.
  init(_ trigger: LessonTrigger, functions: [Name], now: Timestamp) {
    self.trigger = trigger
    function = trigger.function.map { functions[$0] } ?? .none
    if trigger.happening == .start { due = now &+ trigger.delay }
  }

  mutating func note(_ events: ArraySlice<LifecycleEvent>) {
    for event in events { note(event) }
  }

  private mutating func note(_ event: LifecycleEvent) {
    guard due == .never, function == .none || event.function == function, matches(event.kind) else { return }
    count += 1
    if count >= trigger.count { due = event.time &+ trigger.delay }
  }

  private func matches(_ kind: LifecycleEvent.Kind) -> Bool {
    switch (trigger.happening, kind) {
    // The span of one extension is no phase.
    case (.begins(let phase), .phaseBegan(let begun, let name)): begun == phase && name == .none
    case (.ends(let phase), .phaseEnded(let end)): end.phase == phase && end.extensionName == .none
    case (.extensionState(let state), .extensionState(_, let told, _)): state == told
    case (.arrived, .requestArrived), (.answered, .requestAnswered), (.throttled, .requestThrottled),
      (.created, .environmentCreated), (.gone, .environmentGone):
      true
    case (.failed, .requestAnswered(let outcome, _)): outcome.isBad
    default: false
    }
  }
}

extension SimulationSession {
  /// Lets virtual time pass up to `time`, but not beyond the moment that is waited for.
  mutating func advance(to time: Timestamp, watching watch: inout TriggerWatch, into log: inout EventLog) {
    while min(simulator.nextTime, watch.due) <= time, watch.due > now {
      let next = min(simulator.nextTime, watch.due)
      let seen = log.events.count
      advance(to: next, into: &log)
      watch.note(log.events[seen...])
    }
    if watch.due > time { advance(to: time, into: &log) }
  }

  /// How long it takes until the moment that is waited for; nil if it does not come within a day of virtual time, or
  /// within more happenings than anybody could watch.
  func forecast(_ watch: TriggerWatch, _ catalog: Catalog) -> Nanoseconds? {
    var future = self
    var watch = watch
    var log = EventLog()
    log.catalog = catalog
    let end = now &+ .seconds(86_400)
    var steps = 0
    while watch.due == .never, future.simulator.nextTime < end, steps < 200_000 {
      steps += 1
      log.events.removeAll(keepingCapacity: true)
      future.advance(to: future.simulator.nextTime, into: &log)
      watch.note(log.events[...])
    }
    return watch.due == .never ? nil : max(0, watch.due &- now)
  }
}
