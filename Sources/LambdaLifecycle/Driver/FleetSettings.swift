/// What a fleet is set to now: the account, and each of its functions.
package struct FleetSettings: Sendable {
  /// Requests in flight of the whole account.
  package var accountConcurrency: Int
  package var functions: [FunctionScenario]
  /// Steady traffic to each function, in requests in 1,000 seconds.
  package var requestRates: [Int64]

  /// What a setting is.
  /// - Parameter function: its place.
  package func value(of setting: Setting, function: Int = 0) -> Int64 {
    let settings = functions[function]
    switch setting {
    case .idleTimeout: if case .fixed(let length) = settings.idleTimeout { return length } else { return -1 }
    case .memory: return Int64(settings.memoryMB)
    case .timeout: return settings.timeout
    case .reservedConcurrency: return Int64(settings.reservedConcurrency ?? -1)
    case .accountConcurrency: return Int64(accountConcurrency)
    case .provisionedConcurrency: return Int64(settings.provisioned?.environments ?? 0)
    case .requestRate: return requestRates[function]
    }
  }
}

extension FleetDriver {
  /// What the fleet is set to now.
  package var settings: FleetSettings {
    let current = functions.prefix(fleet.functions.count)
    return FleetSettings(
      accountConcurrency: fleet.quotas.concurrency, functions: current.map(\.settings),
      requestRates: current.map(\.requestRate))
  }
}
