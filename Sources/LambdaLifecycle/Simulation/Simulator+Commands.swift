// What somebody does to the simulation while it runs.

extension Simulator {
  /// How long an idle environment of the first function is kept, now.
  package var idleTimeout: Nanoseconds {
    if case .fixed(let length) = functions[0].idleTimeout { length } else { -1 }
  }

  /// From now on an idle environment is kept that long.
  package mutating func setIdleTimeout(_ timeout: Nanoseconds, into log: inout EventLog) {
    for function in functions.indices { functions[function].idleTimeout = .fixed(timeout) }
    emit(.settingChanged(.idleTimeout, timeout), to: &log)
    for slot in fleet.slots {
      fleet.keepIdle(slot, for: timeout)
      planReclaim(slot, &log)
    }
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
}
