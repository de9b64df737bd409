import LambdaLifecycle

/// Random numbers of a test: the same in every run.
struct Dice {
  var seed: UInt64
  private var rolls: UInt64 = 0

  init(_ seed: UInt64) { self.seed = seed }

  /// 0 ..< count
  mutating func roll(_ count: Int64) -> Int64 {
    rolls += 1
    return Int64(draw(seed: seed, .test, rolls) % UInt64(count))
  }

  mutating func chance(_ percent: Int64) -> Bool { roll(100) < percent }
}

/// A scenario and what is done to it, both random: every command, every kind of request, up to three extensions, some of
/// which overrun init or shutdown.
struct RandomSession {
  let seed: UInt64
  private(set) var scenario = Scenario()
  private(set) var steps: [(time: Timestamp, command: SimulationCommand)] = []

  /// - Parameter traffic: requests arrive by themselves too, without end.
  init(seed: UInt64, start: Timestamp = .seconds(1_700_000_000), traffic: Bool = false) {
    self.seed = seed
    var dice = Dice(seed)
    scenario.function.timeout = .milliseconds(500 + dice.roll(3_000))
    scenario.function.idleTimeout = .fixed(.milliseconds(500 + dice.roll(20_000)))
    scenario.account.concurrency = Int(1 + dice.roll(6))
    scenario.function.create = Self.model(200, &dice)
    // Two zero lengths at the same nanosecond would look like one event reported twice.
    scenario.function.runtimeInit = Self.model(200, &dice, fixed: .milliseconds(50))
    scenario.function.functionInit = Self.model(400, &dice, fixed: .milliseconds(50))
    scenario.function.handler = Self.model(300, &dice, fixed: .milliseconds(1))
    scenario.function.runtimeExit = Self.model(dice.chance(30) ? 600 : 100, &dice)
    if traffic {
      let gaps = DurationModel.exponential(mean: .milliseconds(200 + dice.roll(2_000)))
      scenario.traffic = [Traffic(.gaps(gaps, from: 0, until: .never))]
    }
    for index in 0..<dice.roll(4) {
      scenario.function.extensions.append(
        ExtensionScenario(
          name: "extension-\(index)", register: Self.model(200, &dice),
          ready: Self.model(dice.chance(5) ? 12_000 : 300, &dice),
          work: Self.model(dice.chance(10) ? 3_000 : 200, &dice),
          exit: Self.model(dice.chance(30) ? 3_000 : 300, &dice), wantsShutdown: dice.chance(80)))
    }
    var time = start
    for _ in 0..<(10 + dice.roll(50)) {
      time += .milliseconds(dice.roll(10) * dice.roll(300))
      steps.append((time, dice.command(functions: 1)))
    }
    scenario.function.cpu.computing = Double(dice.roll(11)) / 10
    // Else it would go on for ever.
    steps.append((time, .set(.requestRate, 0)))
    steps.append((time, .set(.provisionedConcurrency, 0)))
  }

  private static func model(
    _ milliseconds: Int64, _ dice: inout Dice, fixed: Nanoseconds = 0
  ) -> DurationModel {
    let length = Nanoseconds.milliseconds(milliseconds)
    switch dice.roll(5) {
    case 0: return .fixed(fixed)
    case 1: return .fixed(length)
    case 2: return .uniform(0, 2 * length)
    case 3: return .exponential(mean: length)
    default: return .logNormal(median: length, p99: 5 * length)
    }
  }

  /// Plays the session; without traffic, until nothing happens any more.
  func run(keepsEvents: Bool = true) -> Run {
    var run = Run(scenario, seed: seed, start: steps.first?.time ?? 0, keepsEvents: keepsEvents)
    for (time, command) in steps {
      run.simulator.advance(to: time, into: &run.log)
      run.simulator.perform(command, into: &run.log)
    }
    let end = scenario.traffic.isEmpty ? .never : run.simulator.now + .seconds(5)
    run.simulator.advance(to: end, into: &run.log)
    return run
  }

  /// The longest that an environment may idle.
  var longestIdle: Nanoseconds { most(.idleTimeout, scenario.function.idleTimeout.sample(0)) }
  var longestTimeout: Nanoseconds { most(.timeout, scenario.function.timeout) }
  /// Requests that may be in flight at once. What is reserved or provisioned may be more than the account has.
  var mostConcurrency: Int64 {
    most(.accountConcurrency, Int64(scenario.account.concurrency)) + most(.reservedConcurrency, 0)
      + most(.provisionedConcurrency, 0)
  }

  /// The greatest value that a setting ever has.
  private func most(_ setting: Setting, _ first: Int64) -> Int64 {
    steps.reduce(first) { max($0, $1.command.value(of: setting) ?? $0) }
  }
}

/// Random sessions, numbered.
let seeds: [UInt64] = Array(1...100)
