import LambdaLifecycle

/// A random scenario of one to three functions: every initialization type, limits, traffic of every pattern from
/// callers, queue and event sources, every failure, and what somebody does to it by hand.
struct RandomFleet {
  let seed: UInt64
  private(set) var scenario = Scenario()
  private(set) var steps: [(time: Timestamp, command: SimulationCommand)] = []
  let start: Timestamp = .seconds(1_700_000_000)
  /// Traffic is over after 20 s, events are 20 s old at most, nothing takes longer than 20 s.
  let length: Nanoseconds = .seconds(70)
  private var dice: Dice

  /// - Parameter byHand: environments are shut down and crashed by hand too.
  init(seed: UInt64, byHand: Bool) {
    self.seed = seed
    dice = Dice(seed)
    scenario.account.concurrency = Int(1 + dice.roll(12))
    if dice.chance(30) { scenario.account.requestsPerConcurrency = Int(1 + dice.roll(4)) }
    if dice.chance(30) { scenario.account.environmentsPer10s = Int(1 + dice.roll(6)) }
    scenario.functions = (0...dice.roll(3)).map { function("f\($0)") }
    scenario.traffic = (0..<1 + dice.roll(3)).map { _ in traffic() }
    var time = start
    for _ in 0..<dice.roll(8) {
      time += .milliseconds(dice.roll(3_000))
      steps.append((time, dice.command(functions: scenario.functions.count, byHand: byHand)))
    }
    // Whatever has begun is over at the end.
    if time > start { steps.append((time + .seconds(1), .set(.requestRate, 0))) }
  }

  // MARK: Functions

  private mutating func function(_ name: String) -> FunctionScenario {
    var function = FunctionScenario()
    function.name = name
    function.memoryMB = Int32(128 + dice.roll(4_000))
    function.architecture = dice.chance(50) ? .x86 : .arm64
    function.timeout = .milliseconds(500 + dice.roll(3_000))
    function.idleChoice = IdleChoice.allCases[Int(dice.roll(3))]
    function.idleTimeout = idleTimeout()
    if dice.chance(30) { function.maximumLifetime = .uniform(.seconds(4), .seconds(5 + dice.roll(20))) }
    if dice.chance(30) { function.reservedConcurrency = Int(dice.roll(5)) }
    setType(&function)
    addExtensions(&function)
    function.create = model(100)
    function.code.packageMB = Double(dice.roll(20))
    function.runtimeInit = model(100)
    function.functionInit = model(300)
    function.beforeCheckpoint = model(100)
    function.restore = model(200)
    function.afterRestore = model(dice.chance(5) ? 8_000 : 100)
    function.handler = model(300)
    function.runtimeExit = model(dice.chance(30) ? 600 : 50)
    if dice.chance(30) { function.background = model(500) }
    function.hasInitBoost = dice.chance(50)
    function.cpu.computing = Double(dice.roll(11)) / 10
    if dice.chance(60) { function.failures = failures() }
    return function
  }

  private mutating func setType(_ function: inout FunctionScenario) {
    switch dice.roll(10) {
    case ..<4: break
    case ..<6:
      function.initializationType = .provisionedConcurrency
      var provisioned = ProvisionedConcurrency(environments: Int(1 + dice.roll(3)))
      provisioned.delay = .milliseconds(500 + dice.roll(3_000))
      provisioned.perMinute = Int(60 + dice.roll(6_000))
      function.provisioned = provisioned
      // It is part of what is reserved.
      function.reservedConcurrency = function.reservedConcurrency.map { max($0, provisioned.environments) }
    case ..<8: function.initializationType = .snapStart
    default:
      function.initializationType = .managedInstances
      function.managedInstances.minimum = Int(1 + dice.roll(3))
      function.managedInstances.maximum = function.managedInstances.minimum + Int(dice.roll(3))
      function.managedInstances.concurrencyPerEnvironment = Int(1 + dice.roll(4))
      function.managedInstances.targetUtilization = Double(1 + dice.roll(10)) / 10
    }
  }

  private mutating func addExtensions(_ function: inout FunctionScenario) {
    guard dice.chance(60) else { return }
    for index in 0...dice.roll(3) {
      var item = ExtensionScenario(
        name: "extension-\(index)", register: model(100), ready: model(dice.chance(3) ? 12_000 : 200),
        work: model(dice.chance(10) ? 3_000 : 100), exit: model(dice.chance(20) ? 3_000 : 200))
      item.isInternal = dice.chance(25)
      item.wantsInvoke = dice.chance(80)
      item.wantsShutdown = dice.chance(80)
      function.extensions.append(item)
    }
  }

  private mutating func failures() -> FailureRates {
    var rates = FailureRates()
    func rate(_ dice: inout Dice) -> Double { dice.chance(50) ? Double(dice.roll(16)) / 100 : 0 }
    rates.handlerError = rate(&dice)
    rates.crash = rate(&dice)
    rates.outOfMemory = rate(&dice)
    rates.timeout = rate(&dice)
    rates.extensionCrash = rate(&dice)
    rates.slowExtension = rate(&dice)
    rates.slowExtensionDelay = model(2_000)
    rates.initError = rate(&dice)
    rates.extensionInitError = rate(&dice)
    rates.restoreError = rate(&dice)
    return rates
  }

  /// Never 0: two spans of no length at the same nanosecond would look like one that is reported twice.
  private mutating func model(_ milliseconds: Int64) -> DurationModel {
    let length = Nanoseconds.milliseconds(milliseconds)
    switch dice.roll(6) {
    case 0: return .fixed(.milliseconds(1))
    case 1: return .fixed(length)
    case 2: return .uniform(.milliseconds(1), 2 * length)
    case 3: return .exponential(mean: length)
    case 4: return .empirical([.milliseconds(2), length, length / 2])
    default: return .logNormal(median: length, p99: 3 * length)
    }
  }

  private mutating func idleTimeout() -> DurationModel {
    switch dice.roll(4) {
    case 0: .fixed(0)
    case 1: .fixed(.milliseconds(dice.roll(10_000)))
    case 2: .uniform(.milliseconds(100), .milliseconds(200 + dice.roll(9_000)))
    default: .empirical((0..<4).map { _ in .milliseconds(dice.roll(8_000)) })
    }
  }

  // MARK: Traffic

  private mutating func traffic() -> Traffic {
    var traffic = Traffic(pattern(), function: Int(dice.roll(Int64(scenario.functions.count))))
    switch dice.roll(4) {
    case 0: traffic.invocation = .asynchronous(policy())
    case 1: traffic.invocation = .eventSource(policy())
    default: break
    }
    if dice.chance(25) {
      traffic.kind = RequestKind.allCases[Int(dice.roll(Int64(RequestKind.allCases.count)))]
    }
    if dice.chance(20) { traffic.handler = model(400) }
    return traffic
  }

  private mutating func policy() -> RetryPolicy {
    var policy = RetryPolicy()
    policy.maximumRetries = Int(dice.roll(4))
    policy.firstDelay = .milliseconds(1 + dice.roll(5_000))
    policy.laterDelay = .milliseconds(1 + dice.roll(8_000))
    policy.throttleDelay = .milliseconds(100 + dice.roll(1_000))
    policy.longestThrottleDelay = .milliseconds(500 + dice.roll(4_000))
    policy.maximumAge = .seconds(2 + dice.roll(18))
    return policy
  }

  private mutating func pattern() -> Traffic.Pattern {
    let from = Nanoseconds.milliseconds(dice.roll(8_000))
    let until = from + .milliseconds(1_000 + dice.roll(10_000))
    switch dice.roll(6) {
    case 0: return .times((0..<10).map { _ in .milliseconds(dice.roll(20_000)) }.sorted())
    case 1: return .every(.milliseconds(100 + dice.roll(2_000)), from: from, until: until)
    case 2: return .gaps(.exponential(mean: .milliseconds(100 + dice.roll(2_000))), from: from, until: until)
    case 3: return .burst(count: Int(dice.roll(15)), at: from, over: dice.chance(50) ? 0 : until - from)
    case 4:
      return .ramp(
        from: Double(dice.roll(3)), to: Double(dice.roll(6)), begin: from, end: until)
    default: return .trace(trace())
    }
  }

  private mutating func trace() -> [TracedRequest] {
    let times = (0..<10).map { _ in Nanoseconds.milliseconds(dice.roll(20_000)) }.sorted()
    return times.map { time in
      var request = TracedRequest(at: time)
      request.function = Int(dice.roll(Int64(scenario.functions.count)))
      if dice.chance(50) { request.duration = .milliseconds(1 + dice.roll(500)) }
      if dice.chance(30) { request.coldDuration = .milliseconds(1 + dice.roll(2_000)) }
      if dice.chance(30) { request.initDuration = .milliseconds(1 + dice.roll(500)) }
      return request
    }
  }

  // MARK: Playing

  var end: Timestamp { start + length }

  /// Plays it to the end.
  /// - Parameter stops: moments at which it stops on its way, and goes on.
  func run(keepsEvents: Bool = true, stops: [Timestamp] = []) -> Run {
    var run = Run(scenario, seed: seed, start: start, keepsEvents: keepsEvents)
    var stops = stops[...]
    for (time, command) in steps {
      while let stop = stops.first, stop < time {
        run.simulator.advance(to: stop, into: &run.log)
        stops.removeFirst()
      }
      run.simulator.advance(to: time, into: &run.log)
      run.simulator.perform(command, into: &run.log)
    }
    for stop in stops { run.simulator.advance(to: stop, into: &run.log) }
    run.simulator.advance(to: end, into: &run.log)
    return run
  }

  /// The longest that an environment of a function may idle.
  func longestIdle(_ function: Int) -> Nanoseconds {
    most(.idleTimeout, function, scenario.functions[function].idleTimeout.longest)
  }

  func longestTimeout(_ function: Int) -> Nanoseconds {
    most(.timeout, function, scenario.functions[function].timeout)
  }

  /// The greatest value that a setting of a function ever has.
  private func most(_ setting: Setting, _ function: Int, _ first: Int64) -> Int64 {
    steps.reduce(first) { max($0, $1.command.value(of: setting, function: function) ?? $0) }
  }
}

extension DurationModel {
  /// The longest that it can be; without end for those that have none.
  var longest: Nanoseconds {
    switch self {
    case .fixed(let length): length
    case .uniform(let low, let high): max(low, high)
    case .empirical(let lengths): lengths.max() ?? 0
    case .exponential, .logNormal: .never
    }
  }
}
