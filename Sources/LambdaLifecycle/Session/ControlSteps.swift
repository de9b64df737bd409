/// The values that controls step through: within Lambda's limits, in sensible steps.
enum ControlSteps {
  /// AWS publishes no idle timeout; about six minutes have been observed.
  private static let idleTimeouts: [Nanoseconds] =
    [1, 2, 5, 10, 20, 30, 60, 120, 360, 600, 1_800, 3_600].map { .seconds($0) }
  /// 128 to 10,240 MB (memory page); 1,769 MB are one vCPU.
  private static let memories: [Int64] = [128, 256, 512, 1_024, 1_769, 2_048, 3_008, 5_120, 10_240]
  /// 1 to 900 s (timeout page).
  private static let timeouts: [Nanoseconds] = [1, 3, 5, 10, 30, 60, 300, 900].map { .seconds($0) }
  /// In 1,000 seconds.
  private static let rates: [Int64] = [0, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]
  private static let counts: [Int64] = [
    0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000,
  ]

  /// The values that the setting may have now, ascending.
  /// - Parameter places: the functions that are meant, by their places in the scenario.
  static func of(_ setting: Setting, _ places: Range<Int>, _ settings: FleetSettings) -> [Int64] {
    let limits = ConcurrencyLimits(places, settings)
    switch setting {
    case .idleTimeout: return idleTimeouts
    case .memory:
      let least = places.map { leastMemory(settings.functions[$0]) }.max() ?? 128
      return memories.filter { $0 >= least }
    case .timeout: return timeouts
    case .requestRate: return rates
    case .reservedConcurrency: return [-1] + counts.filter(limits.mayReserve)
    case .accountConcurrency: return counts.filter(limits.mayHave)
    case .provisionedConcurrency: return counts.filter(limits.mayProvision)
    }
  }

  /// Managed Instances have at least 2,048 MB, and 64 invocations at once for each 2,048 MB (Managed Instances pages).
  private static func leastMemory(_ function: FunctionScenario) -> Int64 {
    guard function.initializationType == .managedInstances else { return 128 }
    return max(2_048, Int64(function.managedInstances.concurrencyPerEnvironment) * 32)
  }
}

/// The concurrency of an account that can be reserved and provisioned (concurrency pages).
private struct ConcurrencyLimits {
  let account: Int64
  /// How many functions are meant.
  let count: Int64
  /// Of the functions that are meant: the most that one of them has provisioned, the least that one has reserved.
  var provisioned: Int64 = 0
  var reserved: Int64?
  /// Of all functions, and of those that are not meant.
  var reservedInAll: Int64 = 0
  var reservedByOthers: Int64 = 0
  /// Provisioned without a reservation.
  var provisionedInAll: Int64 = 0
  var provisionedByOthers: Int64 = 0

  init(_ places: Range<Int>, _ settings: FleetSettings) {
    account = settings.value(of: .accountConcurrency)
    count = Int64(places.count)
    for place in settings.functions.indices {
      let isMeant = places.contains(place)
      let reserved = settings.value(of: .reservedConcurrency, function: place)
      let provisioned = settings.value(of: .provisionedConcurrency, function: place)
      if isMeant { self.provisioned = max(self.provisioned, provisioned) }
      if reserved >= 0 {
        reservedInAll += reserved
        if isMeant {
          self.reserved = min(self.reserved ?? reserved, reserved)
        } else {
          reservedByOthers += reserved
        }
      } else {
        provisionedInAll += provisioned
        if !isMeant { provisionedByOthers += provisioned }
      }
    }
  }

  /// 100 of the account's concurrency must stay unreserved; what is provisioned is part of what is reserved.
  func mayReserve(_ value: Int64) -> Bool {
    value >= provisioned
      && (value == 0 || value * count + reservedByOthers + max(100, provisionedByOthers) <= account)
  }

  func mayHave(_ value: Int64) -> Bool {
    value >= max(1, reservedInAll + (reservedInAll > 0 ? max(100, provisionedInAll) : provisionedInAll))
  }

  func mayProvision(_ value: Int64) -> Bool {
    if let reserved { return value <= reserved }
    return value * count + provisionedByOthers + reservedInAll <= account
  }
}
