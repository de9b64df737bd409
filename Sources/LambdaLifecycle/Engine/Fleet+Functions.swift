extension Fleet {
  /// Adds a function. All are to be added before the first request.
  package mutating func add(_ function: FunctionScenario) {
    let provisioned = function.provisioned?.environments ?? 0
    var pool = 0
    if let reserved = function.reservedConcurrency {
      // Both the most and a guaranteed share: the others have that much less (reserved concurrency page).
      pool = pools.count
      pools.append(ConcurrencyPool(limit: reserved - provisioned, isReserved: true, quotas))
      setUnreserved(pools[0].limit - reserved)
    } else {
      setUnreserved(pools[0].limit - provisioned)
    }
    settings.append(function.environmentSettings)
    var fleet = FunctionFleet(
      type: function.initializationType, pool: pool, reserved: function.reservedConcurrency,
      idle: IdleList(function.idleChoice), scaling: TokenBucket(quotas.environmentsPer10s, per: .seconds(10)))
    switch function.initializationType {
    case .provisionedConcurrency:
      fleet.provisioned = ProvisionedPool(provisioned, function.idleChoice, quotas)
    case .managedInstances:
      fleet.managed = ManagedPool(
        minimum: function.managedInstances.minimum, maximum: function.managedInstances.maximum,
        targetPercent: Int((function.managedInstances.targetUtilization * 100).rounded()))
    case .snapStart: fleet.snapshot = .pending
    case .onDemand, .unknown: break
    }
    functions.append(fleet)
  }

  private mutating func setUnreserved(_ limit: Int) {
    pools[0] = ConcurrencyPool(limit: limit, isReserved: false, quotas)
  }
}
