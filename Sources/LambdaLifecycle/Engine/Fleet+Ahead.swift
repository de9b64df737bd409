// Environments that are created ahead of requests.

extension Fleet {
  /// Environments that the function should have beside those that requests create: provisioned concurrency, and the
  /// least number of Managed Instances, or one more where they are busy.
  package func wantsEnvironment(_ function: Int) -> Bool {
    if let pool = functions[function].provisioned { return pool.allocated < pool.target && !pool.hasFailed }
    guard let pool = functions[function].managed, pool.slots.count < pool.maximum else { return false }
    if pool.slots.count < pool.minimum { return true }
    let workers = pool.slots.count * Int(settings[function].workers)
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

  /// All of the function's provisioned environments have been there, so that requests come to them.
  func isAllocated(_ function: Int) -> Bool { functions[function].provisioned?.isReady == true }

  /// The snapshot that an environment was to make exists from now on; one of a former configuration is of no use.
  package mutating func snapshotTaken(by slot: Slot) {
    if isPublisher(slot) { functions[function(of: slot)].snapshot = .ready(environments[slot].registrations) }
  }

  /// It makes the snapshot of a SnapStart function as it is now.
  func isPublisher(_ slot: Slot) -> Bool {
    !environments[slot].restoresSnapshot && configuration(of: slot) == function(of: slot)
  }
}
