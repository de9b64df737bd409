// Settings that somebody changes while environments exist.

extension FleetDriver {
  /// Changes a setting from now on; of one function, or of all where it is nil. A function that does not exist is left
  /// alone.
  package mutating func set(
    _ setting: Setting, to value: Int64, of function: Int?, _ log: inout EventLog
  ) {
    let all = 0..<fleet.functions.count
    if let function, !all.contains(function) { return }
    let chosen = function.map { $0..<($0 + 1) } ?? all
    // One that is of several functions names none, but where there is only one.
    let isOfOne = setting != .accountConcurrency && function != nil || all.count == 1
    let name = isOfOne ? functions[chosen.lowerBound].name : .none
    tell(.settingChanged(setting, value), function: name, &log)
    if setting == .accountConcurrency {
      return fleet.setConcurrency(max(0, Int(clamping: value)), at: now)
    }
    for function in chosen { set(setting, to: value, of: function, &log) }
  }

  private mutating func set(_ setting: Setting, to value: Int64, of function: Int, _ log: inout EventLog) {
    switch setting {
    case .idleTimeout: setIdleTimeout(max(0, value), function, &log)
    case .memory, .timeout:
      var settings = functions[function].settings
      settings.set(setting, to: value)
      configure(settings, function, &log)
    case .reservedConcurrency:
      functions[function].settings.set(setting, to: value)
      fleet.reserve(functions[function].settings.reservedConcurrency, for: function, at: now)
      describe(function, &log)
    case .provisionedConcurrency: provision(max(0, Int(clamping: value)), function, &log)
    case .requestRate:
      let rate = min(max(0, value), Self.highestRate)
      functions[function].requestRate = rate
      world.setRate(rate, of: function, at: now)
    case .accountConcurrency: break
    }
  }

  /// Writes down a function's settings.
  func describe(_ function: Int, _ log: inout EventLog) {
    guard keepsEvents else { return }
    let description = functions[function].settings.description(&log.catalog)
    tell(.functionDescribed(description), function: functions[function].name, &log)
  }

  private mutating func setIdleTimeout(_ timeout: Nanoseconds, _ function: Int, _ log: inout EventLog) {
    functions[function].settings.idleTimeout = .fixed(timeout)
    describe(function, &log)
    for slot in fleet.slots where fleet.function(of: slot) == function {
      fleet.keepIdle(slot, for: timeout)
      planReclaim(slot, &log)
    }
  }

  /// Memory or timeout change: environments that exist keep theirs, take no more requests and go when they are idle.
  private mutating func configure(_ settings: FunctionScenario, _ function: Int, _ log: inout EventLog) {
    guard settings != functions[function].settings else { return }
    if settings.memoryMB != functions[function].settings.memoryMB || fleet.allocationHasFailed(function) {
      world.settingsEnd(
        function, allocationHasFailed: fleet.allocationHasFailed(function), at: now)
    }
    let former = functions[function]
    functions[function].settings = settings
    let place = fleet.change(function, to: settings.environmentSettings)
    if let place {
      if place < functions.count { functions[place] = former } else { functions.append(former) }
    }
    world.configure(function, settings, former: place)
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
    let before = functions[function]
    let type = before.settings.initializationType
    guard type.canBeProvisioned, environments != before.settings.provisioned?.environments ?? 0 else {
      return
    }
    world.settingsEnd(
      function, allocationHasFailed: fleet.allocationHasFailed(function), at: now)
    var provisioned = before.allocation
    provisioned.environments = environments
    functions[function].settings.provisioned = environments > 0 ? provisioned : nil
    functions[function].settings.initializationType = environments > 0 ? .provisionedConcurrency : .onDemand
    functions[function].hasGivenUp = false
    fleet.provision(environments, before.settings.idleChoice, for: function, at: now)
    world.configure(function, functions[function].settings, former: nil)
    describe(function, &log)
    dismissRetired(function, &log)
    if !fleet.wantsEnvironment(function) {
      functions[function].planned = .never
    } else {
      planCreation(function, after: provisioned.delay)
    }
  }

  /// A thousand a second: more is for a scenario's own traffic.
  private static var highestRate: Int64 { 1_000_000 }
}

extension FunctionScenario {
  /// The settings as a function's log states them.
  func description(_ catalog: inout Catalog) -> FunctionDescription {
    var idle: Nanoseconds = -1
    if case .fixed(let length) = idleTimeout { idle = length }
    return FunctionDescription(
      runtime: catalog.name(runtime), architecture: architecture, memoryMB: memoryMB, timeout: timeout,
      idleTimeout: idle, initializationType: initializationType,
      reservedConcurrency: Int32(clamping: reservedConcurrency ?? -1),
      provisionedConcurrency: Int32(clamping: provisioned?.environments ?? -1))
  }
}
