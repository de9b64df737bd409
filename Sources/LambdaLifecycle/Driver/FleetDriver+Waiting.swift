// A caller has its answer a moment before the runtime asks for the next event, and may send its next request in between:
// another environment for that one would be none that Lambda makes.

extension FleetDriver {
  /// Has a request wait for an environment that has only still to ask for its next event. No limit has taken a token yet.
  /// - Returns: false where there is an idle one, or none to wait for.
  mutating func wait(_ request: FleetRequest<World.Payload>) -> Bool {
    let function = Int(request.function)
    guard !fleet.hasIdleEnvironment(function) else { return false }
    let slot = environments.indices.first {
      environments[$0].awaitedBy == 0 && !environments[$0].isToBeReclaimed
        && fleet.isAboutToBeFree($0, function, at: now)
    }
    guard let slot else { return false }
    environments[slot].awaitedBy = requests.add(request)
    let end = now &+ World.patience
    environments[slot].awaitedUntil = end
    wake(.patience, slot, at: end)
    return true
  }

  /// Routes the request that waits for an environment, if its wait is over.
  /// - Parameter isOver: it has waited long enough.
  mutating func endWaiting(_ slot: Int, isOver: Bool = false, _ log: inout EventLog) {
    let invocation = environments[slot].awaitedBy
    guard invocation != 0 else { return }
    let function = fleet.function(of: slot)
    guard isOver || !fleet.isAboutToBeFree(slot, function, at: now) else { return }
    environments[slot].awaitedBy = 0
    environments[slot].awaitedUntil = .never
    requests.remove(invocation)
    route(requests[invocation], &log)
  }
}
