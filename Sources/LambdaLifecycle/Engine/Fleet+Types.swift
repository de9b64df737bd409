// What the initialization types other than on-demand do differently.

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
    guard !places[slot].wasReady, var pool = functions[function].provisioned else { return }
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
    case .provisionedConcurrency where places[slot].isProvisioned:
      functions[function].provisioned?.allocated -= 1
      if places[slot].wasReady {
        functions[function].provisioned?.initialized -= 1
      } else if functions[function].provisioned?.isReady == false {
        functions[function].provisioned?.hasFailed = true
      }
    case .snapStart where functions[function].snapshot == .pending: functions[function].snapshot = .failed
    default: break
    }
  }
}

// MARK: - Environments that are created without a request

extension Fleet {
  /// Environments that the function should have beside those that requests create: provisioned concurrency, and the
  /// least number of Managed Instances, or one more where they are busy.
  package func wantsEnvironment(_ function: Int) -> Bool {
    if let pool = functions[function].provisioned { return pool.allocated < pool.target && !pool.hasFailed }
    guard let pool = functions[function].managed, pool.slots.count < pool.maximum else { return false }
    if pool.slots.count < pool.minimum { return true }
    let workers = pool.slots.count * Int(functions[function].settings.workers)
    return pool.busy >= workers || pool.busy * 100 > workers * pool.targetPercent
  }

  /// Creates an environment ahead of requests.
  package mutating func createAhead(_ function: Int) -> Slot {
    let slot = create(function, isProvisioned: functions[function].provisioned != nil)
    functions[function].provisioned?.allocated += 1
    functions[function].managed?.slots.append(UInt32(slot))
    return slot
  }

  /// `FUNCTION_ERROR_INIT_FAILURE`: an environment could not be initialized, the allocation is given up.
  package func allocationHasFailed(_ function: Int) -> Bool {
    functions[function].provisioned?.hasFailed == true
  }

  /// The snapshot of a SnapStart function exists from now on.
  package mutating func snapshotTaken(_ function: Int) { functions[function].snapshot = .ready }
}

// MARK: - Environments that are given back

extension Fleet {
  /// An environment is idle from now on and is kept that long.
  @inline(__always)
  package mutating func keepIdle(_ slot: Slot, for length: Nanoseconds) { places[slot].idleTimeout = length }

  /// The environment is replaced after that moment, even under load.
  package mutating func setExpiry(of slot: Slot, at time: Timestamp) { places[slot].expires = time }

  /// When the environment in a slot is to be reclaimed; nil while it is not idle.
  @inline(__always)
  package func reclaimTime(of slot: Slot) -> Timestamp? {
    guard environments[slot].state.isIdle else { return nil }
    let place = places[slot]
    if isKept(slot) { return place.expires }
    let (time, isBeyond) = place.idleSince.addingReportingOverflow(place.idleTimeout)
    return min(isBeyond ? .never : time, place.expires)
  }

  /// Provisioned concurrency and the least number of Managed Instances are kept however long they idle.
  @inline(__always)
  private func isKept(_ slot: Slot) -> Bool {
    if places[slot].isProvisioned { return true }
    guard let pool = functions[Int(places[slot].function)].managed else { return false }
    // Those that are being ended are none to keep.
    return pool.slots.count { !environments[Int($0)].isEnding } <= pool.minimum
  }

  /// Takes an idle environment out of routing, to be sent `Signal.reclaim`.
  /// - Returns: false if it is not idle.
  package mutating func takeForReclaim(_ slot: Slot) -> Bool {
    let function = Int(places[slot].function)
    if functions[function].managed != nil { return environments[slot].state.isIdle }
    if places[slot].isProvisioned { return functions[function].provisioned?.idle.remove(slot) == true }
    return functions[function].idle.remove(slot)
  }
}
