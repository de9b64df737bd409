/// Work that a handler has left unfinished: it goes on whenever the environment is not frozen (execution environment
/// page), and is lost with its process.
struct BackgroundWork: Sendable {
  /// The rest of it; negative for none.
  var left: Nanoseconds = -1
  /// Since when it runs; `.never` while it is stopped.
  var runsSince = Timestamp.never
  /// Distinguishes a planned end from one that was put off.
  var serial: UInt32 = 0

  mutating func stop(at now: Timestamp) {
    guard runsSince != .never else { return }
    left &-= now &- runsSince
    runsSince = .never
    serial &+= 1
  }

  /// The process that did it ends, or it is done.
  mutating func end() {
    left = -1
    runsSince = .never
  }
}

extension SimulatedWorld {
  /// A handler has answered, which may leave work behind. What an earlier one has left comes first. Of a run without
  /// events nobody sees it.
  mutating func startBackground(after attempt: UInt64, _ function: Int, _ slot: Int, _ now: Timestamp) {
    guard let model = functions[function].settings.background else { return }
    let length = model.sample(draw(seed: seed, .background, attempt))
    environments[slot].background.stop(at: now)
    environments[slot].background.left = max(0, environments[slot].background.left) &+ length
    resume(slot, now)
  }

  mutating func freeze(_ member: FleetMember, at now: Timestamp) {
    environments[member.slot].background.stop(at: now)
  }

  mutating func thaw(_ member: FleetMember, at now: Timestamp) { resume(member.slot, now) }

  private mutating func resume(_ slot: Int, _ now: Timestamp) {
    guard environments[slot].background.left >= 0 else { return }
    environments[slot].background.runsSince = now
    environments[slot].background.serial &+= 1
    push(
      .backgroundDone(environments[slot].background.serial), slot,
      after: environments[slot].background.left, now)
  }

  mutating func shutsDown(_ member: FleetMember) {
    let slot = member.slot
    environments[slot].background.end()
    environments[slot].background.serial &+= 1
  }

  /// - Returns: true where work has finished now.
  mutating func backgroundDone(_ serial: UInt32, _ slot: Int) -> Bool {
    guard serial == environments[slot].background.serial, environments[slot].background.left >= 0 else {
      return false
    }
    environments[slot].background.end()
    return true
  }
}
