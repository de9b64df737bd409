import LambdaLifecycle

/// Counts requests in flight and environments as they come, and compares them with what the scenario allows.
struct LimitsAudit {
  private(set) var flaws: [String] = []
  private var scenario: Scenario
  /// Limits that have changed: rates over a stretch of time are no longer one figure.
  private var hasChanged = false
  /// Of these functions some environments are there beside those that they want to have.
  private var reconfigured: Set<Int> = []
  /// In flight on demand, by function; with provisioned concurrency, by function; in each environment.
  private var onDemand: [Int]
  private var provisioned: [Int]
  private var inEnvironment: [EnvironmentID: Int] = [:]
  private var flights: [RequestID: (function: Int, environment: EnvironmentID, type: InitializationType)] =
    [:]
  /// The rates: environments of each function, requests of each pool, provisioned environments.
  private var created: [RateAudit]
  private var requested: [RateAudit]
  private var allocated: [Timestamp]
  /// Managed Instances that are there.
  private var managed: [Int]

  init(_ scenario: Scenario, start: Timestamp) {
    self.scenario = scenario
    let none = scenario.functions.map { _ in 0 }
    (onDemand, provisioned, managed) = (none, none, none)
    created = scenario.functions.map { _ in
      RateAudit(count: scenario.account.environmentsPer10s, period: .seconds(10))
    }
    allocated = scenario.functions.map { _ in start - .seconds(3_600) }
    requested = []
    requested = scenario.functions.indices.map { place in
      RateAudit(count: limit(place) * scenario.account.requestsPerConcurrency, period: .seconds(1))
    }
  }

  mutating func configurationChanged(_ function: Int) {
    reconfigured.insert(function)
    allocated[function] = .min / 2
  }

  mutating func changed(_ settings: SettingsAudit, _ setting: Setting) {
    scenario.account.concurrency = settings.account
    for place in scenario.functions.indices {
      scenario.functions[place].reservedConcurrency = settings.functions[place].reservedConcurrency
      let delay = scenario.functions[place].provisioned
      scenario.functions[place].provisioned = settings.functions[place].provisioned
      if let delay { scenario.functions[place].provisioned?.perMinute = delay.perMinute }
    }
    if [.accountConcurrency, .reservedConcurrency, .provisionedConcurrency].contains(setting) {
      hasChanged = true
    }
  }

  /// The most that a function's requests on demand may take: its reserved concurrency, or what all others
  /// share.
  private func limit(_ function: Int) -> Int {
    let functions = scenario.functions
    let own = functions[function]
    if let reserved = own.reservedConcurrency {
      return max(0, reserved - (own.provisioned?.environments ?? 0))
    }
    let taken = functions.map { $0.reservedConcurrency ?? $0.provisioned?.environments ?? 0 }
    return max(0, scenario.account.concurrency - taken.reduce(0, +))
  }

  /// The place of the pool of those without reserved concurrency is that of the first of them.
  private func pool(_ function: Int) -> Int {
    if scenario.functions[function].reservedConcurrency != nil { return function }
    return scenario.functions.firstIndex { $0.reservedConcurrency == nil } ?? function
  }

  private func isShared(_ function: Int) -> Bool { scenario.functions[function].reservedConcurrency == nil }

  mutating func audit(
    _ event: LifecycleEvent, _ function: Int, _ type: InitializationType, isManaged: Bool
  ) {
    switch event.kind {
    case .environmentCreated(let type): environmentCreated(function, type, event.time)
    case .environmentGone: if isManaged { managed[function] -= 1 }
    case .requestAssigned: assigned(event, function, type)
    case .report: landed(event.request)
    // A restore that failed has no report.
    case .requestAnswered(let outcome, _):
      if outcome.isBad, type == .snapStart, !hasBegun.contains(event.request) { landed(event.request) }
    case .phaseBegan(.invoke, _): hasBegun.insert(event.request)
    default: break
    }
  }

  private var hasBegun: Set<RequestID> = []

  private mutating func environmentCreated(_ function: Int, _ type: InitializationType, _ time: Timestamp) {
    let own = scenario.functions[function]
    switch type {
    case .onDemand: created[function].take(at: time)
    case .snapStart:
      if isPublished.contains(function), !reconfigured.contains(function) { created[function].take(at: time) }
    case .provisionedConcurrency:
      let gap = Nanoseconds.seconds(60) / Int64(own.provisioned?.perMinute ?? 1)
      if time - allocated[function] < gap, !reconfigured.contains(function) {
        flaws.append("allocated after \(time - allocated[function])")
      }
      allocated[function] = time
    case .managedInstances:
      managed[function] += 1
      if managed[function] > own.managedInstances.maximum, !reconfigured.contains(function) {
        flaws.append("\(managed[function]) instances")
      }
    case .unknown: flaws.append("an environment of no type")
    }
    isPublished.insert(function)
    if created[function].isExceeded { flaws.append("too many environments in 10 s") }
  }

  /// The first environment of a SnapStart function is the one of the publication.
  private var isPublished: Set<Int> = []

  private mutating func assigned(_ event: LifecycleEvent, _ function: Int, _ type: InitializationType) {
    hasBegun.remove(event.request)
    flights[event.request] = (function, event.environment, type)
    inEnvironment[event.environment, default: 0] += 1
    let own = scenario.functions[function]
    let inOne = inEnvironment[event.environment] ?? 0
    switch type {
    case .managedInstances:
      if inOne > own.managedInstances.concurrencyPerEnvironment { flaws.append("\(inOne) in an instance") }
    case .provisionedConcurrency:
      provisioned[function] += 1
      if provisioned[function] > own.provisioned?.environments ?? 0, !reconfigured.contains(function) {
        flaws.append("more than provisioned")
      }
      if inOne > 1 { flaws.append("two at once") }
    default:
      onDemand[function] += 1
      if inOne > 1 { flaws.append("two at once") }
      let all =
        isShared(function)
        ? onDemand.indices.filter(isShared).map { onDemand[$0] }.reduce(0, +) : onDemand[function]
      if all > limit(function) { flaws.append("a concurrency of \(all), \(limit(function)) allowed") }
      requested[pool(function)].take(at: event.time)
      if requested[pool(function)].isExceeded, !hasChanged { flaws.append("too many requests in a second") }
    }
    let all = zip(onDemand, provisioned).reduce(0) { $0 + $1.0 + $1.1 }
    if all > max(scenario.account.concurrency, reservedAtMost), !hasChanged {
      flaws.append("the account has \(all) in flight")
    }
  }

  /// A scenario may reserve more than the account has.
  private var reservedAtMost: Int {
    scenario.functions.map { max($0.reservedConcurrency ?? 0, $0.provisioned?.environments ?? 0) }.reduce(
      0, +)
  }

  private mutating func landed(_ request: RequestID) {
    guard let flight = flights.removeValue(forKey: request) else { return flaws.append("landed twice") }
    inEnvironment[flight.environment, default: 0] -= 1
    switch flight.type {
    case .managedInstances: break
    case .provisionedConcurrency: provisioned[flight.function] -= 1
    default: onDemand[flight.function] -= 1
    }
  }
}

/// A rate: no stretch of time, however chosen, has more than one period's count and what comes back while it lasts.
struct RateAudit {
  let count: Int
  let period: Nanoseconds
  private var times: [Timestamp] = []
  private(set) var isExceeded = false

  init(count: Int, period: Nanoseconds) {
    self.count = count
    self.period = period
  }

  mutating func take(at time: Timestamp) {
    times.append(time)
    // Of all stretches that end now.
    for (place, begin) in times.enumerated() where times.count - place > count {
      let beyond = Int64(times.count - place - count)
      if beyond * period > (time - begin) * Int64(count) { isExceeded = true }
    }
  }
}
