/// The fleet's record of a function.
struct FunctionFleet: Sendable {
  var type: InitializationType
  /// The place of its concurrency pool.
  var pool: Int
  var reserved: Int?
  /// On demand, or restored from the snapshot.
  var idle: IdleList
  /// New environments in ten seconds (scaling behaviour page).
  var scaling: TokenBucket
  var provisioned: ProvisionedPool?
  var managed: ManagedPool?
  var snapshot = Snapshot.none

  /// The snapshot that a SnapStart function can be restored from.
  enum Snapshot: Equatable, Sendable {
    case none, pending, failed
    /// With these extensions in it.
    case ready(Registrations)

    /// The extensions in it; nil where there is none.
    @inline(__always)
    var registrations: Registrations? {
      if case .ready(let registrations) = self { registrations } else { nil }
    }
  }
}

/// Provisioned concurrency: environments that are initialized ahead of requests (provisioned concurrency page).
struct ProvisionedPool: Sendable {
  var target: Int
  /// Created and not gone.
  var allocated = 0
  /// Those that have been initialized.
  var initialized = 0
  /// None can be used until all are allocated; a replacement later does not make the others unusable.
  var isReady = false
  /// `FUNCTION_ERROR_INIT_FAILURE`: the allocation has failed.
  var hasFailed = false
  var idle: IdleList
  /// Ten requests a second for each unit; what is above runs on demand.
  var rate: TokenBucket

  init(_ target: Int, _ idleChoice: IdleChoice, _ quotas: AccountQuotas) {
    self.target = target
    idle = IdleList(idleChoice)
    rate = TokenBucket(quotas.requestsPerSecond(target), per: .seconds(1))
  }
}

/// Managed Instances: environments with several workers each (Managed Instances pages).
struct ManagedPool: Sendable {
  let minimum: Int
  let maximum: Int
  /// Hundredths of all workers that may be busy before an environment is added.
  let targetPercent: Int
  var slots: [UInt32] = []
  /// Requests in flight.
  var busy = 0
}
