/// The settings of a fleet now: of the account, and of each of its functions.
package struct FleetSettings: Sendable {
  /// Requests in flight of the whole account.
  package var accountConcurrency: Int
  package var functions: [FunctionScenario]
  /// Steady traffic to each function, in requests in 1,000 seconds.
  package var requestRates: [Int64]

  package init(accountConcurrency: Int, functions: [FunctionScenario], requestRates: [Int64]) {
    self.accountConcurrency = accountConcurrency
    self.functions = functions
    self.requestRates = requestRates
  }

  /// The value of a setting.
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

extension FleetSettings {
  /// The same with another value of a setting; of one function, or of all where it is nil.
  mutating func set(_ setting: Setting, to value: Int64, of function: Int?) {
    if setting == .accountConcurrency { return accountConcurrency = max(0, Int(clamping: value)) }
    for place in functions.indices where function ?? place == place {
      if setting == .requestRate { requestRates[place] = max(0, value) }
      functions[place].set(setting, to: value)
    }
  }
}

extension FunctionScenario {
  /// Another value of a setting that is the function's own.
  mutating func set(_ setting: Setting, to value: Int64) {
    switch setting {
    case .idleTimeout: idleTimeout = .fixed(max(0, value))
    case .memory: memoryMB = Int32(clamping: max(1, value))
    case .timeout: timeout = max(1, value)
    case .reservedConcurrency: reservedConcurrency = value < 0 ? nil : Int(clamping: value)
    case .provisionedConcurrency:
      var allocation = provisioned ?? ProvisionedConcurrency(environments: 0)
      allocation.environments = max(0, Int(clamping: value))
      provisioned = allocation.environments > 0 ? allocation : nil
    case .accountConcurrency, .requestRate: break
    }
  }
}

extension FleetDriver {
  /// The settings of the fleet now.
  package var settings: FleetSettings {
    let current = functions.prefix(fleet.functions.count)
    return FleetSettings(
      accountConcurrency: fleet.quotas.concurrency, functions: current.map(\.settings),
      requestRates: current.map(\.requestRate))
  }
}
