/// Work that a handler has left unfinished: it goes on whenever the environment is not frozen (execution environment
/// page), and is lost with its process.
struct BackgroundWork: Sendable {
  /// What is left of it; negative for none.
  var left: Nanoseconds = -1
  /// Since when it runs; `.never` while it is stopped.
  var runsSince = Timestamp.never
  /// Tells a planned end from one that was put off.
  var serial: UInt32 = 0
}

extension Simulator {
  /// A handler has answered, which may leave work behind. What an earlier one has left comes first.
  @inline(__always)
  mutating func startBackground(_ invocation: Invocation, _ slot: Int) {
    guard keepsEvents else { return }
    let function = fleet.function(of: slot)
    guard let model = functions[function].scenario.background else { return }
    let length = model.sample(draw(seed: seed, .background, requests[invocation].attempt))
    stopBackground(slot)
    slots[slot].background.left = max(0, slots[slot].background.left) &+ length
    resumeBackground(slot)
  }

  mutating func stopBackground(_ slot: Int) {
    guard slots[slot].background.runsSince != .never else { return }
    slots[slot].background.left &-= now &- slots[slot].background.runsSince
    slots[slot].background.runsSince = .never
    slots[slot].background.serial &+= 1
  }

  mutating func resumeBackground(_ slot: Int) {
    guard slots[slot].background.left >= 0 else { return }
    slots[slot].background.runsSince = now
    planBackground(slot)
  }

  /// The process that did it ends.
  mutating func dropBackground(_ slot: Int) {
    slots[slot].background.left = -1
    slots[slot].background.runsSince = .never
    slots[slot].background.serial &+= 1
  }

  private mutating func planBackground(_ slot: Int) {
    slots[slot].background.serial &+= 1
    let end = slots[slot].background.runsSince &+ slots[slot].background.left
    push(.backgroundDone(slots[slot].background.serial), slot, at: end)
  }

  mutating func backgroundDone(_ serial: UInt32, _ slot: Int, _ log: inout EventLog) {
    guard serial == slots[slot].background.serial, slots[slot].background.left >= 0 else { return }
    slots[slot].background.left = -1
    slots[slot].background.runsSince = .never
    guard keepsEvents else { return }
    emit(.output(.function, log.text.append("background work finished")), slot, to: &log)
  }
}
