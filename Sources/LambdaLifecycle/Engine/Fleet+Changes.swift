// Settings that change while environments exist.

extension Fleet {
  /// The function has other settings from now on. Environments that exist keep theirs, and are retired.
  ///
  /// That environments of the old configuration take no more requests and go is observed after an update of a
  /// function's configuration; the documentation does not say it.
  /// - Returns: the place that the former settings have now, or nil if no environment has them.
  package mutating func change(_ function: Int, to settings: EnvironmentSettings) -> Int? {
    let slots = slots.filter { self.function(of: $0) == function }
    let outdated = slots.filter { configuration(of: $0) == function }
    let former = outdated.isEmpty ? nil : keep(self.settings[function])
    self.settings[function] = settings
    if let former { for slot in outdated { places[slot].configuration = UInt32(former) } }
    for slot in slots { retire(slot) }
    if functions[function].type == .snapStart { functions[function].snapshot = .pending }
    // Those that are allocated anew can be used when all of them are there.
    functions[function].provisioned?.isReady = false
    functions[function].provisioned?.hasFailed = false
    return former
  }

  /// Gives former settings a place that no environment needs any more.
  private mutating func keep(_ former: EnvironmentSettings) -> Int {
    let used = Set(slots.map { configuration(of: $0) })
    if let free = settings.indices.dropFirst(functions.count).first(where: { !used.contains($0) }) {
      settings[free] = former
      return free
    }
    settings.append(former)
    return settings.count - 1
  }

  /// It counts no more among those that its function wants to have. The caller sees to it that it goes.
  package mutating func retire(_ slot: Slot) {
    guard !places[slot].isRetired else { return }
    places[slot].isRetired = true
    let function = function(of: slot)
    functions[function].managed?.slots.removeAll { $0 == UInt32(slot) }
    guard places[slot].isProvisioned else { return }
    functions[function].provisioned?.allocated -= 1
    if places[slot].wasReady { functions[function].provisioned?.initialized -= 1 }
  }

  /// Its function does not count on it any more; it goes when it is done.
  package func isRetired(_ slot: Slot) -> Bool { places[slot].isRetired }

  /// Reserves concurrency for a function, or none, from now on. What is in flight goes on, and counts.
  package mutating func reserve(_ reserved: Int?, for function: Int, at time: Timestamp) {
    let (old, isShared) = (functions[function].pool, functions[function].reserved == nil)
    functions[function].reserved = reserved
    if isShared, reserved != nil {
      pools.append(ConcurrencyPool(limit: 0, isReserved: true, quotas))
      move(function, to: pools.count - 1)
    } else if !isShared, reserved == nil {
      move(function, to: 0)
      removePool(old)
    }
    setLimits(at: time)
  }

  private mutating func move(_ function: Int, to pool: Int) {
    let inFlight = slots.count {
      self.function(of: $0) == function && !places[$0].isProvisioned && environments[$0].invocation != 0
    }
    pools[functions[function].pool].inUse -= inFlight
    pools[pool].inUse += inFlight
    functions[function].pool = pool
  }

  private mutating func removePool(_ pool: Int) {
    pools.remove(at: pool)
    for function in functions.indices where functions[function].pool > pool { functions[function].pool -= 1 }
  }

  /// The account's concurrency from now on.
  package mutating func setConcurrency(_ concurrency: Int, at time: Timestamp) {
    quotas.concurrency = concurrency
    setLimits(at: time)
  }

  /// Keeps so many environments initialized from now on.
  package mutating func provision(
    _ target: Int, _ idleChoice: IdleChoice, for function: Int, at time: Timestamp
  ) {
    var pool = functions[function].provisioned ?? ProvisionedPool(0, idleChoice, quotas)
    pool.target = target
    pool.hasFailed = false
    if target == 0 { pool.isReady = false }
    pool.rate.change(to: quotas.requestsPerSecond(target), at: time)
    functions[function].provisioned = pool
    functions[function].type = .provisionedConcurrency
    for slot in surplus(function) { retire(slot) }
    if target > 0, pool.allocated >= target, functions[function].provisioned?.initialized ?? 0 >= target {
      functions[function].provisioned?.isReady = true
    }
    setLimits(at: time)
  }

  /// Those beyond the target: idle ones first, the newest of them first.
  private func surplus(_ function: Int) -> ArraySlice<Slot> {
    guard let pool = functions[function].provisioned, pool.allocated > pool.target else { return [] }
    let own = slots.reversed().filter {
      self.function(of: $0) == function && places[$0].isProvisioned && !places[$0].isRetired
    }
    let inOrder = own.filter { environments[$0].state.isIdle } + own.filter { !environments[$0].state.isIdle }
    return inOrder.prefix(pool.allocated - pool.target)
  }

  /// Sets the limits: concurrency that functions reserve or have provisioned is taken from the account's.
  private mutating func setLimits(at time: Timestamp) {
    var unreserved = quotas.concurrency
    for function in functions {
      let provisioned = function.provisioned?.target ?? 0
      unreserved -= function.reserved ?? provisioned
      guard let reserved = function.reserved else { continue }
      pools[function.pool].change(limit: reserved - provisioned, quotas, at: time)
    }
    pools[0].change(limit: unreserved, quotas, at: time)
  }
}
