// The differences of the initialization types other than on-demand.

extension Fleet {
  /// The route of a request to a function that is not simply on demand; nil if it takes the usual one.
  mutating func routeSpecially(_ function: Int, at time: Timestamp) -> Route? {
    switch functions[function].type {
    case .snapStart:
      switch functions[function].snapshot {
      case .ready: return nil
      case .pending, .none: return .refused(.snapStartNotReady)
      case .failed: return .refused(.snapStart)
      }
    case .provisionedConcurrency: return routeToProvisioned(function, at: time).map { .reused($0) }
    case .managedInstances: return routeToManaged(function)
    case .onDemand, .unknown: return nil
    }
  }

  /// Overflow runs on demand (provisioned concurrency page).
  private mutating func routeToProvisioned(_ function: Int, at time: Timestamp) -> Slot? {
    guard let pool = functions[function].provisioned, pool.isReady, !pool.idle.isEmpty,
      functions[function].provisioned?.rate.take(at: time) == true
    else { return nil }
    return functions[function].provisioned?.idle.take()
  }

  /// To the environment with the most free workers, the oldest of several. When all are busy they reject more work
  /// (Managed Instances pages).
  private mutating func routeToManaged(_ function: Int) -> Route {
    var best: Slot?
    for slot in functions[function].managed?.slots.lazy.map(Int.init) ?? [].lazy.map(Int.init)
    where environments[slot].freeWorkers > best.map({ environments[$0].freeWorkers }) ?? 0 {
      best = slot
    }
    guard let best else { return .throttled(.concurrentInvocationLimitExceeded) }
    functions[function].managed?.busy += 1
    return .reused(best)
  }

  mutating func becameIdleSpecially(_ slot: Slot, _ function: Int) {
    let birth = places[slot].birth
    if places[slot].isProvisioned {
      functions[function].provisioned?.idle.insert(slot, birth: birth)
      noteInitialized(slot, function)
    } else if functions[function].managed == nil {
      functions[function].idle.insert(slot, birth: birth)
    }
  }

  private mutating func noteInitialized(_ slot: Slot, _ function: Int) {
    guard !places[slot].wasReady, !places[slot].isRetired, var pool = functions[function].provisioned else {
      return
    }
    places[slot].wasReady = true
    pool.initialized += 1
    if pool.initialized >= pool.target { pool.isReady = true }
    functions[function].provisioned = pool
  }

  mutating func releaseSpecially(_ slot: Slot, _ function: Int) {
    if functions[function].managed != nil {
      functions[function].managed?.busy -= 1
    } else if !places[slot].isProvisioned {
      pools[functions[function].pool].inUse -= 1
    }
  }

  /// An environment of the function has ended, or failed to come up.
  mutating func isGone(_ slot: Slot, _ function: Int) {
    switch functions[function].type {
    case .managedInstances: functions[function].managed?.slots.removeAll { $0 == UInt32(slot) }
    case .provisionedConcurrency where places[slot].isProvisioned && !places[slot].isRetired:
      functions[function].provisioned?.allocated -= 1
      if places[slot].wasReady {
        functions[function].provisioned?.initialized -= 1
      } else if functions[function].provisioned?.isReady == false {
        functions[function].provisioned?.hasFailed = true
      }
    case .snapStart where functions[function].snapshot == .pending && isPublisher(slot):
      functions[function].snapshot = .failed
    default: break
    }
  }
}
