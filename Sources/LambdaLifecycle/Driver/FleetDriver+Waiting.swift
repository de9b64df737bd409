// A caller has its answer a moment before the runtime asks for the next event, and may send its next request in between:
// another environment for that one would be none that Lambda makes.

/// A request that waits for whichever environment of its function is free first.
struct WaitingRequest: Sendable {
  var invocation: Invocation
  var function: Int
  /// It waits no longer than until then.
  var until: Timestamp
}

extension FleetDriver {
  /// Has a request wait where an environment has only still to ask for its next event. No limit has taken a token yet.
  /// - Returns: false where one is idle, or where as many requests wait already as environments are about to be free.
  mutating func wait(_ request: FleetRequest<World.Payload>) -> Bool {
    let function = Int(request.function)
    guard !fleet.hasIdleEnvironment(function), countWaiting(function) < countAboutToBeFree(function) else {
      return false
    }
    let end = now &+ World.patience
    waiting.append(WaitingRequest(invocation: requests.add(request), function: function, until: end))
    wake(.patience, 0, at: end)
    return true
  }

  /// Routes the requests that need not wait any longer, the oldest first: an environment is idle, or there is none to wait
  /// for any more, or they have waited long enough.
  mutating func endWaiting(_ log: inout EventLog) {
    var place = 0
    while place < waiting.count {
      let next = waiting[place]
      guard
        next.until <= now || fleet.hasIdleEnvironment(next.function)
          || countWaiting(next.function) > countAboutToBeFree(next.function)
      else {
        place += 1
        continue
      }
      waiting.remove(at: place)
      requests.remove(next.invocation)
      route(requests[next.invocation], &log)
      // Routing it may have let others go: from the front again.
      place = 0
    }
  }

  private func countWaiting(_ function: Int) -> Int { waiting.count { $0.function == function } }

  private func countAboutToBeFree(_ function: Int) -> Int {
    environments.indices.count {
      !environments[$0].isToBeReclaimed && fleet.isAboutToBeFree($0, function, at: now)
    }
  }
}
