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

/// A scenario and what is done to it, both random: every kind of request, up to three extensions, some of which overrun
/// init or shutdown, changes of the idle timeout, environments shut down by hand.
struct RandomSession {
  enum Step { case request(RequestKind), idleTimeout(Nanoseconds), shutDown(Int), shutDownAll }

  let seed: UInt64
  private(set) var scenario = Scenario()
  private(set) var steps: [(time: Timestamp, step: Step)] = []

  /// - Parameter traffic: requests arrive by themselves too, without end.
  init(seed: UInt64, start: Timestamp = .seconds(1_700_000_000), traffic: Bool = false) {
    self.seed = seed
    var dice = Dice(seed)
    scenario.function.timeout = .milliseconds(500 + dice.roll(3_000))
    scenario.function.idleTimeout = .fixed(.milliseconds(500 + dice.roll(20_000)))
    scenario.account.concurrency = Int(1 + dice.roll(6))
    scenario.function.create = Self.model(200, &dice)
    // Two zero lengths at the same nanosecond could not be told from one event told twice.
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
      steps.append((time, Self.step(&dice)))
    }
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

  private static func step(_ dice: inout Dice) -> Step {
    switch dice.roll(100) {
    case ..<40: return .request(.normal)
    case ..<85: return .request(RequestKind.allCases[Int(dice.roll(Int64(RequestKind.allCases.count)))])
    case ..<92: return .idleTimeout(.milliseconds(200 + dice.roll(10_000)))
    case ..<98: return .shutDown(Int(dice.roll(4)))
    default: return .shutDownAll
    }
  }

  /// Plays the session; without traffic, until nothing happens any more.
  func run(keepsEvents: Bool = true, without isLeftOut: (Step) -> Bool = { _ in false }) -> Run {
    var run = Run(scenario, seed: seed, start: steps.first?.time ?? 0, keepsEvents: keepsEvents)
    for (time, step) in steps where !isLeftOut(step) {
      run.simulator.advance(to: time, into: &run.log)
      switch step {
      case .request(let kind): run.simulator.request(kind, into: &run.log)
      case .idleTimeout(let timeout): run.simulator.perform(.set(.idleTimeout, timeout), into: &run.log)
      case .shutDown(let index):
        let environments = run.simulator.environments
        if index < environments.count { run.simulator.shutDown(environments[index], into: &run.log) }
      case .shutDownAll:
        for environment in run.simulator.environments { run.simulator.shutDown(environment, into: &run.log) }
      }
    }
    let end = scenario.traffic.isEmpty ? .never : run.simulator.now + .seconds(5)
    run.simulator.advance(to: end, into: &run.log)
    return run
  }

  /// The longest that an environment may idle.
  var longestIdle: Nanoseconds {
    steps.reduce(scenario.function.idleTimeout.sample(0)) { longest, step in
      if case .idleTimeout(let timeout) = step.step { max(longest, timeout) } else { longest }
    }
  }
}

/// Random sessions, numbered.
let seeds: [UInt64] = Array(1...100)
