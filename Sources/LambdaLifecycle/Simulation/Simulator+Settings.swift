// Settings that somebody changes while the simulation runs.

extension Simulator {
  /// What a setting is now.
  /// - Parameter function: its place in the scenario.
  package func value(of setting: Setting, function: Int = 0) -> Int64 {
    let model = functions[function]
    switch setting {
    case .idleTimeout: if case .fixed(let length) = model.idleTimeout { return length } else { return -1 }
    case .memory: return Int64(model.scenario.memoryMB)
    case .timeout: return model.scenario.timeout
    case .reservedConcurrency: return Int64(model.scenario.reservedConcurrency ?? -1)
    case .accountConcurrency: return Int64(fleet.quotas.concurrency)
    case .provisionedConcurrency: return Int64(model.scenario.provisioned?.environments ?? 0)
    case .requestRate: return model.requestRate
    }
  }

  /// A function as it is set now.
  /// - Parameter function: its place in the scenario.
  package func settings(of function: Int) -> FunctionScenario { functions[function].scenario }

  mutating func set(_ setting: Setting, to value: Int64, of function: Int?, _ log: inout EventLog) {
    let all = scenario.functions.indices
    if let function, !all.contains(function) { return }
    let chosen = function.map { $0..<($0 + 1) } ?? all
    let hasSeveralTargets = setting == .accountConcurrency || function == nil
    let name = hasSeveralTargets ? nil : functions[chosen.lowerBound].name
    emit(.settingChanged(setting, value), function: name, to: &log)
    if setting == .accountConcurrency {
      return fleet.setConcurrency(max(0, Int(clamping: value)), at: now)
    }
    for function in chosen { set(setting, to: value, of: function, &log) }
  }

  private mutating func set(_ setting: Setting, to value: Int64, of function: Int, _ log: inout EventLog) {
    switch setting {
    case .idleTimeout: setIdleTimeout(max(0, value), function, &log)
    case .memory:
      var scenario = functions[function].scenario
      scenario.memoryMB = Int32(clamping: max(1, value))
      configure(scenario, function, &log)
    case .timeout:
      var scenario = functions[function].scenario
      scenario.timeout = max(1, value)
      configure(scenario, function, &log)
    case .reservedConcurrency:
      let reserved = value < 0 ? nil : Int(clamping: value)
      functions[function].scenario.reservedConcurrency = reserved
      fleet.reserve(reserved, for: function, at: now)
      describe(function, &log)
    case .provisionedConcurrency: provision(max(0, Int(clamping: value)), function, &log)
    case .requestRate: setRate(min(max(0, value), Self.highestRate), function)
    case .accountConcurrency: break
    }
  }

  private mutating func describe(_ function: Int, _ log: inout EventLog) {
    emit(
      .functionDescribed(functions[function].description(&log.catalog)), function: functions[function].name,
      to: &log)
  }

  private mutating func setIdleTimeout(_ timeout: Nanoseconds, _ function: Int, _ log: inout EventLog) {
    functions[function].idleTimeout = .fixed(timeout)
    describe(function, &log)
    for slot in fleet.slots where fleet.function(of: slot) == function {
      fleet.keepIdle(slot, for: timeout)
      planReclaim(slot, &log)
    }
  }

  /// Memory or timeout change: environments that exist keep theirs, take no more requests and go when they are idle.
  private mutating func configure(_ scenario: FunctionScenario, _ function: Int, _ log: inout EventLog) {
    guard scenario != functions[function].scenario else { return }
    if scenario.memoryMB != functions[function].scenario.memoryMB || fleet.allocationHasFailed(function) {
      settleHeld(function)
    }
    let former = functions[function]
    functions[function].configure(scenario, &log.catalog)
    if let place = fleet.change(function, to: scenario.environmentSettings) {
      if place < functions.count { functions[place] = former } else { functions.append(former) }
    }
    describe(function, &log)
    dismissRetired(function, &log)
    functions[function].planned = .never
    functions[function].hasGivenUp = false
    prepare(function, &log)
  }

  /// Those that are idle end now, the others as soon as they are.
  private mutating func dismissRetired(_ function: Int, _ log: inout EventLog) {
    for slot in fleet.slots where fleet.function(of: slot) == function && fleet.isRetired(slot) {
      shutDown(slot: slot, &log)
    }
  }

  /// Only for functions on demand: SnapStart and Managed Instances exclude provisioned concurrency (SnapStart and
  /// Managed Instances pages).
  private mutating func provision(_ environments: Int, _ function: Int, _ log: inout EventLog) {
    let model = functions[function]
    let type = model.scenario.initializationType
    guard type == .onDemand || type == .provisionedConcurrency,
      environments != model.scenario.provisioned?.environments ?? 0
    else { return }
    settleHeld(function)
    var provisioned = model.allocation
    provisioned.environments = environments
    functions[function].scenario.provisioned = environments > 0 ? provisioned : nil
    functions[function].scenario.initializationType = environments > 0 ? .provisionedConcurrency : .onDemand
    functions[function].hasGivenUp = false
    fleet.provision(environments, model.scenario.idleChoice, for: function, at: now)
    describe(function, &log)
    dismissRetired(function, &log)
    if !fleet.wantsEnvironment(function) {
      functions[function].planned = .never
    } else {
      planCreation(function, after: provisioned.delay)
    }
  }

  /// A thousand a second: more is for the scenario's own traffic.
  private static let highestRate: Int64 = 1_000_000

  /// Steady traffic is a source like those of the scenario, after them.
  private mutating func setRate(_ rate: Int64, _ function: Int) {
    functions[function].requestRate = rate
    let period = rate > 0 ? max(1, .seconds(1_000) / rate) : nil
    let place = functions[function].stream ?? traffic.count
    if place == traffic.count {
      traffic.append(
        TrafficSource(Traffic(.times([]), function: function), place: place, start: start, seed: seed))
      functions[function].stream = place
    }
    traffic[place] = TrafficSource(traffic[place], every: period, from: now, seed: seed)
    planArrival()
  }
}
