import LambdaLifecycle
import ScenarioFiles
import Testing

/// Every key of a function and its effect.
@Suite struct FunctionKeyTests {
  @Test func settings() throws {
    let function = try function(
      "runtime: go, architecture: arm64, memory: 1024 MB, timeout: 2 min, reservedConcurrency: 7, idleChoice: oldest"
    )
    #expect(function.name == "hello")
    #expect(function.runtime == "go")
    #expect(function.architecture == .arm64)
    #expect(function.memoryMB == 1_024)
    #expect(function.timeout == .seconds(120))
    #expect(function.reservedConcurrency == 7)
    #expect(function.idleChoice == .oldest)
    #expect(try ScenarioFilesTests.function("idleChoice: newest").idleChoice == .newest)
    #expect(try ScenarioFilesTests.function("idleChoice: mostRecentlyUsed").idleChoice == .mostRecentlyUsed)
    #expect(try ScenarioFilesTests.function("architecture: x86_64").architecture == .x86)
  }

  @Test func defaultsAreTheModelsBesidesThePreset() throws {
    var expected = FunctionScenario()
    let found = try function("")
    expected.runtimeInit = found.runtimeInit
    expected.handler = found.handler
    expected.cpu = found.cpu
    #expect(found == expected)
  }

  private static let durationKeys: [(String, any KeyPath<FunctionScenario, DurationModel> & Sendable)] = [
    ("create", \FunctionScenario.create), ("runtimeInit", \.runtimeInit), ("functionInit", \.functionInit),
    ("beforeCheckpoint", \.beforeCheckpoint), ("restore", \.restore), ("afterRestore", \.afterRestore),
    ("handler", \.handler), ("runtimeExit", \.runtimeExit), ("idleTimeout", \.idleTimeout),
  ]

  @Test(arguments: durationKeys.indices) func durations(_ index: Int) throws {
    let (key, path) = Self.durationKeys[index]
    #expect(try function("\(key): 1.5 s")[keyPath: path] == .fixed(.milliseconds(1_500)))
    #expect(
      try function("\(key): {from: 1 s, to: 2 s}")[keyPath: path] == .uniform(.seconds(1), .seconds(2)))
    #expect(try function("\(key): {mean: 2 s}")[keyPath: path] == .exponential(mean: .seconds(2)))
    #expect(
      try function("\(key): {p99: 420 ms, median: 120 ms}")[keyPath: path]
        == .logNormal(median: .milliseconds(120), p99: .milliseconds(420)))
    #expect(
      try function("\(key): {values: [3 ns, 1 us, 2 µs]}")[keyPath: path] == .empirical([3, 1_000, 2_000]))
  }

  @Test func durationsThatMayBeAbsent() throws {
    #expect(try function("").background == nil)
    #expect(try function("").maximumLifetime == nil)
    #expect(try function("background: 3 s").background == .fixed(.seconds(3)))
    #expect(
      try function("maximumLifetime: {mean: 2 h}").maximumLifetime == .exponential(mean: .seconds(7_200)))
  }

  @Test func durationsAreReadExactly() throws {
    func nanoseconds(_ text: String) throws -> DurationModel { try function("create: \(text)").create }
    #expect(try nanoseconds("0.1 s") == .fixed(100_000_000))
    #expect(try nanoseconds("0.000000001 s") == .fixed(1))
    #expect(try nanoseconds("9007199.254740993 s") == .fixed(9_007_199_254_740_993))
    #expect(try nanoseconds("0.3 ms") == .fixed(300_000))
    #expect(try nanoseconds("1.00000000005 min") == .fixed(60_000_000_003))
    // Half a nanosecond is rounded up, less is not.
    #expect(try nanoseconds("0.5 ns") == .fixed(1))
    #expect(try nanoseconds("0.49999999999999999999 ns") == .fixed(0))
    #expect(try nanoseconds("007.50 s") == .fixed(7_500_000_000))
    #expect(try nanoseconds("876000 h") == .fixed(.seconds(100 * 365 * 86_400)))
  }

  /// AWS's documented facts are settings, an observed value is a choice that has to be named [mikhail.io,
  /// 2021-01].
  @Test func theObservedIdleTimeout() throws {
    guard case .empirical(let lengths) = try function("idleTimeout: observed").idleTimeout else {
      Issue.record("no empirical list")
      return
    }
    func share(upTo minutes: Int64) -> Double {
      Double(lengths.count { $0 <= .seconds(60 * minutes) }) / Double(lengths.count)
    }
    #expect(share(upTo: 3) == 0)
    #expect(share(upTo: 4) == 0.003)
    #expect(share(upTo: 5) == 0.003)
    #expect(share(upTo: 6) == 0.406)
    #expect(share(upTo: 7) == 1)
    #expect(lengths == lengths.sorted())
  }

  @Test func provisionedConcurrency() throws {
    let plain = try function("provisionedConcurrency: 5")
    #expect(plain.provisioned == ProvisionedConcurrency(environments: 5))
    #expect(plain.initializationType == .provisionedConcurrency)
    let full = try function("provisionedConcurrency: {environments: 7, delay: 90 s, perMinute: 500}")
    #expect(full.provisioned?.environments == 7)
    #expect(full.provisioned?.delay == .seconds(90))
    #expect(full.provisioned?.perMinute == 500)
    let none = try function("provisionedConcurrency: 0")
    #expect(none.provisioned == nil)
    #expect(none.initializationType == .onDemand)
  }

  /// [Lambda's environment variables page: AWS_LAMBDA_INITIALIZATION_TYPE]
  @Test func initializationTypes() throws {
    #expect(try function("initialization: on-demand").initializationType == .onDemand)
    #expect(try function("initialization: snap-start").initializationType == .snapStart)
    #expect(
      try function("initialization: provisioned-concurrency, provisionedConcurrency: 1").initializationType
        == .provisionedConcurrency)
    #expect(
      try function("memory: 2048 MB, initialization: lambda-managed-instances").initializationType
        == .managedInstances)
  }

  /// Java 11, Python 3.12, .NET 8 and newer [SnapStart page].
  @Test func runtimesWithSnapStart() {
    func isAccepted(_ runtime: String) -> Bool {
      mistakes(
        "functions: {f: {runtime: \(runtime), initialization: snap-start, runtimeInit: 0 s, handler: 0 s}}"
      )
      .isEmpty
    }
    for runtime in [
      "java11", "java17", "java25", "python3.12", "python3.14", "python3.20", "dotnet8", "dotnet10",
    ] {
      #expect(isAccepted(runtime), "\(runtime)")
    }
    for runtime in [
      "java8.al2", "python3.11", "python3.9", "dotnet6", "dotnet8-aot", "nodejs22.x", "go", "javascript",
      "python4",
    ] {
      #expect(!isAccepted(runtime), "\(runtime)")
    }
  }

  @Test func managedInstances() throws {
    let settings = try function(
      "managedInstances: {minimum: 1, maximum: 5, concurrencyPerEnvironment: 64, targetUtilization: 70 %}"
    ).managedInstances
    #expect(settings.minimum == 1)
    #expect(settings.maximum == 5)
    #expect(settings.concurrencyPerEnvironment == 64)
    #expect(settings.targetUtilization == 0.7)
  }

  @Test func codeAndItsDownload() throws {
    let code = try function("code: {package: 40 MB, layers: [10 MB, 0.5 MB], bandwidth: 50.5 MB/s}").code
    #expect(code.packageMB == 40)
    #expect(code.layersMB == [10, 0.5])
    #expect(code.megabytesPerSecond == 50.5)
    #expect(code.download == .seconds(1))
  }

  @Test func failures() throws {
    let rates = try function(
      """
      failures: {handlerError: 1 %, crash: 0.1 %, outOfMemory: 0.02, timeout: 3 %, extensionCrash: 4 %,
      slowExtension: 5 %, slowExtensionDelay: 2 s, initError: 6 %, extensionInitError: 7 %, restoreError: 100 %}
      """
    ).failures
    #expect(rates.handlerError == 0.01)
    #expect(rates.crash == 0.001)
    #expect(rates.outOfMemory == 0.02)
    #expect(rates.timeout == 0.03)
    #expect(rates.extensionCrash == 0.04)
    #expect(rates.slowExtension == 0.05)
    #expect(rates.slowExtensionDelay == .fixed(.seconds(2)))
    #expect(rates.initError == 0.06)
    #expect(rates.extensionInitError == 0.07)
    #expect(rates.restoreError == 1)
  }

  @Test func cpu() throws {
    let function = try function("handler: 1 s, cpu: {computing: 60 %, measuredAt: 1024 MB}, initBoost: false")
    #expect(function.cpu.computing == 0.6)
    #expect(function.cpu.measuredAtMB == 1_024)
    #expect(!function.hasInitBoost)
  }

  /// 300 ms by the documentation of 2022, 30 % of 2,000 ms in the emulator's code.
  @Test func theRuntimesShareOfShutdown() throws {
    #expect(try function("runtimeShutdownShare: 250 ms").runtimeShutdownShare == .milliseconds(250))
    #expect(try function("runtimeShutdownShare: 30 %").runtimeShutdownShare == .milliseconds(600))
  }

  @Test func extensions() throws {
    let list = try function(
      """
      extensions: [{name: agent, register: 120 ms, ready: 90 ms, work: {mean: 5 ms}, exit: 1 s},
      {name: inside, internal: true}, {name: late, events: [SHUTDOWN]}, {name: silent, events: []}]
      """
    ).extensions
    #expect(list.map(\.name) == ["agent", "inside", "late", "silent"])
    #expect(list[0].register == .fixed(.milliseconds(120)))
    #expect(list[0].ready == .fixed(.milliseconds(90)))
    #expect(list[0].work == .exponential(mean: .milliseconds(5)))
    #expect(list[0].exit == .fixed(.seconds(1)))
    #expect(list.map(\.isInternal) == [false, true, false, false])
    #expect(list.map(\.wantsInvoke) == [true, true, false, false])
    // An internal extension cannot register for SHUTDOWN [Extensions API page].
    #expect(list.map(\.wantsShutdown) == [true, false, true, false])
  }

  /// INVOKE is refused [Extensions API page].
  @Test func extensionsOfManagedInstances() throws {
    let agent = try function(
      "memory: 2048 MB, initialization: lambda-managed-instances, extensions: [{name: agent}]"
    ).extensions[0]
    #expect(!agent.wantsInvoke)
    #expect(agent.wantsShutdown)
  }
}
