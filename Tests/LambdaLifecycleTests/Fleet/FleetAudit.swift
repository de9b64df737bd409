import LambdaLifecycle

/// Reads the events of a run and writes down everything that the rules do not allow. It shares no code with simulator
/// and timeline, and knows the scenario alone.
struct FleetAudit {
  private(set) var flaws: [String] = []
  let session: RandomFleet
  var scenario: Scenario { session.scenario }
  private let log: EventLog
  private var lives: [EnvironmentID: LifeAudit] = [:]
  private var events: [RequestID: EventAudit] = [:]
  private var limits: LimitsAudit
  private(set) var billing = Billing()
  private var failedAllocations: Set<Int> = []
  private var settings: SettingsAudit
  /// The memory that each environment was created with, in MB.
  private var memory: [EnvironmentID: Int32] = [:]

  init(_ session: RandomFleet, _ run: Run) {
    self.session = session
    log = run.log
    limits = LimitsAudit(session.scenario, start: session.start)
    settings = SettingsAudit(session.scenario, start: session.start)
    let policies = policies()
    for event in log.events { audit(event, policies) }
    for (id, life) in lives { note(life.finish(), log.catalog.text(id)) }
    for event in events.values { note(event.finish(at: session.end), "event") }
    for function in scenario.functions.indices { settle(function, at: session.end) }
    note(limits.flaws, "limits")
  }

  private mutating func note(_ flaws: [String], _ of: String) {
    self.flaws += flaws.map { "seed \(session.seed): \(of): \($0)" }
  }

  /// Whose retry policy a request has: its id depends on seed, traffic and number alone.
  private func policies() -> [RequestID: RetryPolicy] {
    var policies: [RequestID: RetryPolicy] = [:]
    for (place, traffic) in scenario.traffic.enumerated() {
      guard let policy = traffic.invocation.policy else { continue }
      for count in 1...400 as ClosedRange<UInt64> {
        let number = UInt64(place) << 40 | count
        let high = draw(seed: session.seed, .requestHigh, number) & ~0xF000 | 0x4000
        let low = draw(seed: session.seed, .requestLow, number) & ~(3 << 62) | 2 << 62
        policies[RequestID(high: high, low: low)] = policy
      }
    }
    return policies
  }

  private mutating func audit(_ event: LifecycleEvent, _ policies: [RequestID: RetryPolicy]) {
    let function = scenario.functions.firstIndex { $0.name == log.catalog.text(event.function) }
    if case .functionDescribed = event.kind { return }
    if case .settingChanged(let setting, let value) = event.kind {
      return change(setting, value, of: function, at: event.time)
    }
    guard let function else { return flaws.append("seed \(session.seed): no function for \(event.kind)") }
    if case .marker(let name) = event.kind, log.catalog.text(name).contains("FAILED") {
      if !failedAllocations.insert(function).inserted { flaws.append("failed twice") }
    }
    if case .environmentCreated = event.kind {
      memory[event.environment] = settings.functions[function].memoryMB
    }
    if event.environment != .none {
      let fresh = LifeAudit(
        scenario.functions[function], longestIdle: session.longestIdle(function),
        longestTimeout: session.longestTimeout(function), created: event.time)
      lives[event.environment, default: fresh].audit(event)
    }
    if event.request != .none {
      events[event.request, default: EventAudit(policy: policies[event.request])].audit(event, log.catalog)
    }
    let isManaged = scenario.functions[function].initializationType == .managedInstances
    let type = lives[event.environment]?.type ?? .unknown
    limits.audit(event, function, type, isManaged: isManaged)
    bill(event, function, type)
  }

  private mutating func bill(_ event: LifecycleEvent, _ function: Int, _ type: InitializationType) {
    let (memory, architecture) = (
      memory[event.environment] ?? 0, scenario.functions[function].architecture
    )
    let milliseconds: Int32
    switch event.kind {
    case .report(let report):
      milliseconds = report.billedMs
      let length = report.duration + max(0, report.initDuration)
      // Of the restore, reports give whole milliseconds only.
      let restore = max(0, report.billedRestoreMs)
      let least = Int32((length + 999_999) / 1_000_000) + max(0, restore - 1)
      if milliseconds < least || milliseconds > least + 1 || restore == 0 && milliseconds != least {
        flaws.append("seed \(session.seed): billed \(report)")
      }
    case .initReport(let report): milliseconds = max(0, report.billedMs)
    default: return
    }
    guard let tariff = Tariff(type) else { return }
    billing.add(
      milliseconds: Int64(milliseconds), memoryMB: memory, tariff: tariff, architecture: architecture)
  }

  /// A setting changes, of one function or of all.
  private mutating func change(_ setting: Setting, _ value: Int64, of function: Int?, at time: Timestamp) {
    for place in function.map({ [$0] }) ?? Array(scenario.functions.indices) {
      if settings.changesConfiguration(setting, value, place) {
        if setting != .timeout || failedAllocations.contains(place) { settle(place, at: time) }
        if failedAllocations.remove(place) != nil { hasFailedAllocation = true }
        limits.configurationChanged(place)
      }
      settings.change(setting, value, place)
    }
    limits.changed(settings, setting)
  }

  /// Bills what was held since the last change.
  private mutating func settle(_ place: Int, at time: Timestamp) {
    let function = settings.functions[place]
    defer { settings.heldSince[place] = time }
    if failedAllocations.contains(place) { hasFailedAllocation = true }
    guard let provisioned = function.provisioned, !failedAllocations.contains(place) else { return }
    billing.add(
      milliseconds: (time - settings.heldSince[place]) / .milliseconds(1), memoryMB: function.memoryMB,
      times: Int64(provisioned.environments), tariff: .provisionedHeld, architecture: function.architecture)
  }

  private(set) var hasFailedAllocation = false
}

/// The settings as their changes leave them.
struct SettingsAudit {
  var account: Int
  var functions: [FunctionScenario]
  var heldSince: [Timestamp]

  init(_ scenario: Scenario, start: Timestamp) {
    account = scenario.account.concurrency
    functions = scenario.functions
    heldSince = functions.map { _ in start }
  }

  /// New environments are other ones.
  func changesConfiguration(_ setting: Setting, _ value: Int64, _ place: Int) -> Bool {
    let function = functions[place]
    switch setting {
    case .memory: return Int64(function.memoryMB) != value
    case .timeout: return function.timeout != value
    case .provisionedConcurrency:
      return function.initializationType.canBeProvisioned
        && function.provisioned?.environments ?? 0 != Int(value)
    default: return false
    }
  }

  mutating func change(_ setting: Setting, _ value: Int64, _ place: Int) {
    switch setting {
    case .memory: functions[place].memoryMB = Int32(value)
    case .timeout: functions[place].timeout = value
    case .accountConcurrency: account = Int(value)
    case .reservedConcurrency: functions[place].reservedConcurrency = value < 0 ? nil : Int(value)
    case .provisionedConcurrency where functions[place].initializationType.canBeProvisioned:
      functions[place].provisioned = value > 0 ? ProvisionedConcurrency(environments: Int(value)) : nil
    default: break
    }
  }
}

extension InvocationType {
  var policy: RetryPolicy? {
    switch self {
    case .synchronous: nil
    case .asynchronous(let policy), .eventSource(let policy): policy
    }
  }
}
