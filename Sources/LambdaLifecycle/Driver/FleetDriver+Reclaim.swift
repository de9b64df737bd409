// When environments are given back: after their idle timeout, when they are too old, and because somebody wants it.

extension FleetDriver {
  /// Reclaims an environment, at once or as soon as it is idle. One that does not exist is left alone.
  /// - Parameters:
  ///   - birth: its running number.
  ///   - detail: more about the cause.
  package mutating func shutDown(
    _ birth: UInt32, because detail: ShutdownDetail = .onRequest, _ log: inout EventLog
  ) {
    guard let slot = fleet.slot(of: birth) else { return }
    environments[slot].shutdownDetail = detail
    shutDown(slot: slot, &log)
  }

  /// The same for all that exist.
  package mutating func shutDownAll(_ log: inout EventLog) {
    for birth in births { shutDown(birth, &log) }
  }

  /// The same, and none is created in their place.
  package mutating func end(_ log: inout EventLog) {
    isEnding = true
    for birth in births { shutDown(birth, because: .none, &log) }
  }

  mutating func shutDown(slot: Int, _ log: inout EventLog) {
    environments[slot].isToBeReclaimed = true
    reclaimIfDue(slot, &log)
    // It takes no request any more: none is to wait for it.
    if World.patience > 0 { endWaiting(&log) }
  }

  @inline(__always)
  mutating func becameIdle(_ slot: Int) {
    let function = fleet.function(of: slot)
    if case .fixed(let length) = functions[function].settings.idleTimeout {
      fleet.keepIdle(slot, for: max(0, length))
    } else {
      let model = functions[function].settings.idleTimeout
      fleet.keepIdle(slot, for: world.idleTimeout(model, in: fleet.member(slot)))
    }
  }

  /// An idle environment whose time is over goes at once: what else is due at this very moment must not find it free.
  mutating func planReclaim(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    if due <= now { return reclaimIfDue(slot, &log) }
    guard due < environments[slot].reclaimEntry else { return }
    environments[slot].reclaimEntry = due
    wake(.reclaim, slot, at: due)
  }

  mutating func reclaimIfDue(_ slot: Int, _ log: inout EventLog) {
    guard let due = fleet.reclaimTime(of: slot) else { return }
    guard due <= now || environments[slot].isToBeReclaimed else { return planReclaim(slot, &log) }
    guard fleet.takeOutOfRouting(slot) else { return }
    if keepsEvents { record.note(environments[slot].shutdownDetail, in: slot) }
    receive(.reclaim, slot, &log)
  }
}
