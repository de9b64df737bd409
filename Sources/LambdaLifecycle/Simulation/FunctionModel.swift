/// A function as the simulator runs it: names interned, durations as its memory makes them.
struct FunctionModel: Sendable {
  var scenario: FunctionScenario
  let name: Name
  let extensionNames: [Name]
  /// Bits of extensions.
  let externalExtensions: UInt16
  let internalExtensions: UInt16
  let invokeSubscribers: UInt16
  let extensions: [ExtensionScenario]
  var idleTimeout: DurationModel
  let create: DurationModel
  /// On demand; full CPU during init is observed, not documented.
  private let boostedInit: InitDurations
  /// Provisioned concurrency has no such boost (Serverless Land).
  private let provisionedInit: InitDurations
  let handler: DurationModel
  /// Something fails by itself now and then.
  let canFail: Bool
  let download: Nanoseconds
  /// When environments are created ahead of requests next; `.never` where that is not planned.
  var planned = Timestamp.never
  /// The allocation of provisioned concurrency has failed.
  var hasGivenUp = false
  /// How provisioned concurrency is allocated, also while there is none.
  private(set) var allocation: ProvisionedConcurrency
  /// What provisioned concurrency was held for before its last change, and when that was.
  var heldBefore = Billing()
  var heldSince = Timestamp.min
  /// The place of its steady traffic; nil before there was any.
  var stream: Int?
  /// The rate of that, in requests in 1,000 seconds.
  var requestRate: Int64 = 0

  init(_ scenario: FunctionScenario, _ catalog: inout Catalog) {
    self.scenario = scenario
    name = catalog.name(scenario.name)
    extensions = Array(scenario.extensions.prefix(10))
    extensionNames = extensions.map { catalog.name($0.name) }
    let settings = scenario.environmentSettings
    externalExtensions = settings.extensions
    internalExtensions = settings.internalExtensions
    invokeSubscribers = settings.invokeSubscribers
    idleTimeout = scenario.idleTimeout
    create = scenario.create
    allocation = scenario.provisioned ?? ProvisionedConcurrency(environments: 0)
    let slowdown = scenario.cpu.factor(atMB: scenario.memoryMB)
    boostedInit = InitDurations(scenario, factor: scenario.hasInitBoost ? 1 : slowdown)
    provisionedInit = InitDurations(scenario, factor: slowdown)
    handler = scenario.handler.scaled(by: slowdown)
    canFail = scenario.failures != FailureRates()
    download = scenario.code.download
  }

  /// The same function with other settings. What has been done to it otherwise stays.
  mutating func configure(_ scenario: FunctionScenario, _ catalog: inout Catalog) {
    var model = FunctionModel(scenario, &catalog)
    (model.idleTimeout, model.allocation) = (idleTimeout, allocation)
    (model.heldBefore, model.heldSince) = (heldBefore, heldSince)
    (model.stream, model.requestRate) = (stream, requestRate)
    self = model
  }

  /// One of these crashes where a request asks for it: one that is at work when the handler has answered, if there is.
  var crashingExtensions: UInt16 {
    crashesBeforeAnswer ? externalExtensions : externalExtensions & invokeSubscribers
  }

  /// With no extension at work the invocation would be over with the answer: the crash comes just before it.
  var crashesBeforeAnswer: Bool { externalExtensions & invokeSubscribers == 0 }

  /// How long init takes in an environment of this type.
  func initDurations(_ type: InitializationType) -> InitDurations {
    type == .provisionedConcurrency ? provisionedInit : boostedInit
  }

  /// What a function's log is told of its settings.
  func description(_ catalog: inout Catalog) -> FunctionDescription {
    var idle: Nanoseconds = -1
    if case .fixed(let length) = idleTimeout { idle = length }
    return FunctionDescription(
      runtime: catalog.name(scenario.runtime), architecture: scenario.architecture,
      memoryMB: scenario.memoryMB,
      timeout: scenario.timeout, idleTimeout: idle, initializationType: scenario.initializationType,
      reservedConcurrency: Int32(clamping: scenario.reservedConcurrency ?? -1),
      provisionedConcurrency: Int32(clamping: scenario.provisioned?.environments ?? -1))
  }
}

/// How long the parts of init take.
struct InitDurations: Sendable {
  let runtime: DurationModel
  let function: DurationModel

  init(_ scenario: FunctionScenario, factor: Double) {
    runtime = scenario.runtimeInit.scaled(by: factor)
    function = scenario.functionInit.scaled(by: factor)
  }
}
