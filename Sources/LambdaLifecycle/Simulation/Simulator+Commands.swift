// What somebody does to the simulation while it runs.

extension Simulator {
  /// Does what the command says, now.
  package mutating func perform(_ command: SimulationCommand, into log: inout EventLog) {
    switch command {
    case .request(let kind, let count, _, let function):
      for _ in 0..<count { request(kind, function: function, into: &log) }
    case .set(.idleTimeout, let timeout, _): setIdleTimeout(timeout, into: &log)
    case .set: break
    case .shutDown(let environment): shutDown(environment, into: &log)
    case .shutDownAll: for environment in environments { shutDown(environment, into: &log) }
    case .crash: break
    }
  }

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
  package mutating func shutDown(_ environment: UInt32, into log: inout EventLog) -> Bool {
    guard let slot = fleet.slots.first(where: { fleet.birth(of: $0) == environment }) else { return false }
    slots[slot].isToBeReclaimed = true
    reclaimIfDue(slot, &log)
    return true
  }
}
