/// A function as the simulated world runs it: durations as its memory makes them.
struct FunctionModel: Sendable {
  private(set) var settings: FunctionScenario
  /// Bits of extensions.
  let externalExtensions: UInt16
  let internalExtensions: UInt16
  let invokeSubscribers: UInt16
  let extensions: [ExtensionScenario]
  let create: DurationModel
  /// On demand; full CPU during init is observed, not documented.
  private let boostedInit: InitDurations
  /// Provisioned concurrency has no such boost (Serverless Land).
  private let provisionedInit: InitDurations
  let handler: DurationModel
  /// Something fails by itself now and then.
  let canFail: Bool
  let download: Nanoseconds
  /// The billing of its provisioned concurrency up to the last change, and when that was.
  private var heldBefore = Billing()
  private var heldSince: Timestamp
  /// The place of its steady traffic; nil before there was any.
  var stream: Int?

  /// - Parameter heldSince: from when on its provisioned concurrency is paid for.
  init(_ settings: FunctionScenario, heldSince: Timestamp) {
    self.settings = settings
    self.heldSince = heldSince
    extensions = Array(settings.extensions.prefix(Registrations.most))
    let extensions = extensions
    func mask(_ isMeant: (ExtensionScenario) -> Bool) -> UInt16 {
      extensions.enumerated().reduce(0) { isMeant($1.element) ? $0 | 1 << UInt16($1.offset) : $0 }
    }
    externalExtensions = mask { !$0.isInternal }
    internalExtensions = mask(\.isInternal)
    invokeSubscribers = mask(\.wantsInvoke)
    create = settings.create
    let slowdown = settings.cpu.factor(atMB: settings.memoryMB)
    boostedInit = InitDurations(settings, factor: settings.hasInitBoost ? 1 : slowdown)
    provisionedInit = InitDurations(settings, factor: slowdown)
    handler = settings.handler.scaled(by: slowdown)
    canFail = settings.failures != FailureRates()
    download = settings.code.download
  }

  /// The same function with other settings.
  mutating func configure(_ settings: FunctionScenario) {
    var model = FunctionModel(settings, heldSince: heldSince)
    model.heldBefore = heldBefore
    model.stream = stream
    self = model
  }

  /// Provisioned concurrency changes, or the memory that it is paid for.
  mutating func settleHeld(allocationHasFailed: Bool, at now: Timestamp) {
    heldBefore = held(allocationHasFailed: allocationHasFailed, until: now)
    heldSince = now
  }

  /// Provisioned concurrency is paid for from the moment it is configured, used or not (provisioned concurrency page).
  func held(allocationHasFailed: Bool, until now: Timestamp) -> Billing {
    var billing = heldBefore
    guard let provisioned = settings.provisioned, !allocationHasFailed else { return billing }
    billing.add(
      milliseconds: (now &- heldSince) / .milliseconds(1), memoryMB: settings.memoryMB,
      times: Int64(provisioned.environments), tariff: .provisionedHeld, architecture: settings.architecture)
    return billing
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
