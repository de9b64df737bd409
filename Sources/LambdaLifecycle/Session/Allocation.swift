/// How far the allocation of a function's provisioned concurrency has come. Until it is complete, no request comes to
/// its environments (provisioned concurrency page).
package struct Allocation: Equatable, Sendable {
  package var function: Name
  /// Environments that it is to have, and those of them that are initialized.
  package var wanted: Int
  package var ready: Int
  /// When the next one is created; `.never` where none is planned, or it is not known.
  package var next: Timestamp
  /// An init has failed, and with it the allocation.
  package var hasFailed: Bool
}

extension Session {
  /// The allocations of a simulation that are not complete at the moment looked at.
  package var allocations: [Allocation] {
    guard let simulator = simulation?.simulator else { return [] }
    return simulator.scenario.functions.indices.compactMap { place in
      let function = simulator.driver.functions[place].name
      let wanted = Int(timeline.description(of: function, at: playhead.time)?.provisionedConcurrency ?? 0)
      let isNewest = playhead.time >= newest
      guard wanted > 0, !isNewest || !simulator.driver.fleet.isAllocated(place) else { return nil }
      let ready = timeline.initializedAhead(of: function, at: playhead.time)
      guard ready < wanted || isNewest else { return nil }
      return Allocation(
        function: function, wanted: wanted, ready: min(ready, wanted),
        next: isNewest ? simulator.driver.functions[place].planned : .never,
        hasFailed: isNewest && simulator.driver.fleet.allocationHasFailed(place))
    }
  }
}

extension Timeline {
  /// Environments of a function's provisioned concurrency that have been initialized and are there at a moment.
  fileprivate func initializedAhead(of function: Name, at time: Timestamp) -> Int {
    tracks.count { track in
      guard track.function == function, track.initializationType == .provisionedConcurrency,
        track.created <= time, time < track.gone
      else { return false }
      switch track.state(at: time) {
      case .creating, .initializing, .gone, .shuttingDown, .unknown: return false
      default: return true
      }
    }
  }
}
