/// A simulated function: its settings, and how long its parts take.
package struct FunctionScenario: Equatable, Sendable {
  package var name = "hello"
  package var runtime = "python3.13"
  package var architecture = Architecture.x86
  package var memoryMB: Int32 = 512
  package var timeout: Nanoseconds = .seconds(3)
  package var initializationType = InitializationType.onDemand
  package var extensions: [ExtensionScenario] = []

  // Concurrency and life of environments
  /// Both the most and a guaranteed share of the account's concurrency; nil for none (reserved concurrency page).
  package var reservedConcurrency: Int?
  package var provisioned: ProvisionedConcurrency?
  /// For `initializationType` `.managedInstances`.
  package var managedInstances = ManagedInstances()
  package var idleChoice = IdleChoice.newest
  /// How long an idle environment is kept. AWS documents only "for some time"; about 6 minutes is observed.
  package var idleTimeout = DurationModel.fixed(.seconds(360))
  /// After which an environment is replaced even under load: "every few hours" (execution environment page); nil for
  /// never.
  package var maximumLifetime: DurationModel?
  /// The limit of an init on demand, see `EnvironmentSettings`; `.never` for any time.
  package var initLimit: Nanoseconds = .seconds(10)
  /// An environment that has nothing to do is frozen, see `EnvironmentSettings`.
  package var freezes = true
  /// The runtime's share of the 2,000 ms at shutdown, see `EnvironmentSettings`.
  package var runtimeShutdownShare: Nanoseconds = .milliseconds(300)

  // Before and during init
  /// Creating the sandbox; the download comes on top.
  package var create = DurationModel.fixed(0)
  package var code = CodePackage()
  package var runtimeInit = DurationModel.fixed(0)
  package var functionInit = DurationModel.fixed(0)
  /// On-demand init runs at full CPU whatever the memory: observed, not documented. Provisioned concurrency has no
  /// such boost (Serverless Land).
  package var hasInitBoost = true

  // SnapStart (SnapStart page)
  /// Hooks at the end of init, before the snapshot is taken.
  package var beforeCheckpoint = DurationModel.fixed(0)
  /// Loading the snapshot: part of Restore Duration, not billed.
  package var restore = DurationModel.fixed(.milliseconds(200))
  /// Loading the runtime and the hooks after restore: at most 10 s, billed.
  package var afterRestore = DurationModel.fixed(0)

  // Invoke and shutdown
  package var handler = DurationModel.fixed(0)
  /// Work left unfinished when the handler answers: it goes on whenever the environment is not frozen.
  package var background: DurationModel?
  /// From SIGTERM to the runtime's exit.
  package var runtimeExit = DurationModel.fixed(.milliseconds(5))
  package var failures = FailureRates()
  package var cpu = CPUShare()

  /// The lines of its code that a lesson shows; empty for nothing.
  package var source: [SourceLine] = []

  package init() {}

  /// The state machine's part of the settings.
  package var environmentSettings: EnvironmentSettings {
    var settings = EnvironmentSettings()
    for (index, item) in extensions.prefix(Registrations.most).enumerated() where !item.isInternal {
      settings.extensions |= 1 << UInt16(index)
    }
    settings.timeout = timeout
    settings.freezes = freezes
    settings.initLimit = initLimit
    settings.runtimeShutdownShare = runtimeShutdownShare
    if initializationType == .managedInstances {
      settings.workers = UInt16(clamping: managedInstances.concurrencyPerEnvironment)
    }
    return settings
  }
}

/// The instruction set of a function; the price depends on it.
package enum Architecture: String, CaseIterable, Sendable {
  case x86 = "x86_64", arm64
}

/// Environments that are kept initialized (provisioned concurrency page).
package struct ProvisionedConcurrency: Equatable, Sendable {
  package var environments: Int
  /// From the beginning to the first allocation: "a minute or two".
  package var delay: Nanoseconds = .seconds(60)
  /// Environments allocated in a minute: up to 6,000 for a function.
  package var perMinute = 6_000

  package init(environments: Int) { self.environments = environments }
}

/// Lambda Managed Instances: environments that serve several invocations at once (Managed Instances pages).
package struct ManagedInstances: Equatable, Sendable {
  /// Kept at all times: 3 by default.
  package var minimum = 3
  package var maximum = 10
  /// `AWS_LAMBDA_MAX_CONCURRENCY`: invocations at once in one environment.
  package var concurrencyPerEnvironment = 16
  /// An environment is added when more than this share of all workers is busy. Lambda scales on CPU; by which figure is
  /// not documented, this is the simulation's choice.
  package var targetUtilization = 0.5

  package init() {}
}

/// Code and layers to download before init: at most five layers, 250 MB unzipped in all (quotas page).
package struct CodePackage: Equatable, Sendable {
  package var packageMB = 0.0
  package var layersMB: [Double] = []
  /// How fast it is downloaded is not documented: the simulation's choice.
  package var megabytesPerSecond = 100.0

  package init() {}

  package var download: Nanoseconds {
    guard megabytesPerSecond > 0 else { return 0 }
    let seconds = layersMB.reduce(packageMB, +) / megabytesPerSecond
    return DurationModel.fixed(.seconds(1)).scaled(by: seconds).sample(0)
  }
}

/// How CPU, which is proportional to memory, changes durations: 1,769 MB are one vCPU (memory page).
package struct CPUShare: Equatable, Sendable {
  /// The share of the handler's time, and of init's where it has no boost, that is computing: 0 for waiting only.
  package var computing = 0.0
  /// The memory at which the durations of the scenario hold.
  package var measuredAtMB: Int32 = 1_769

  package init() {}

  /// How many times longer something takes at `memoryMB`. The code uses one thread: more than one vCPU does not help.
  package func factor(atMB memoryMB: Int32) -> Double {
    func share(_ memoryMB: Int32) -> Double { Double(min(max(memoryMB, 1), 1_769)) }
    return (1 - computing) + computing * share(measuredAtMB) / share(memoryMB)
  }
}
