/// An external extension of a simulated function.
package struct ExtensionScenario: Equatable, Sendable {
  package var name: String
  /// From its start to its registration: runtime init waits for this.
  package var register: DurationModel
  /// From its registration to its first Next: init does not end before.
  package var ready: DurationModel
  /// From the INVOKE event to its Next: the invocation does not end before, the caller does not wait for it.
  package var work: DurationModel
  /// From the SHUTDOWN event to its exit.
  package var exit: DurationModel
  package var wantsShutdown = true

  package init(
    name: String, register: DurationModel, ready: DurationModel, work: DurationModel, exit: DurationModel,
    wantsShutdown: Bool = true
  ) {
    self.name = name
    self.register = register
    self.ready = ready
    self.work = work
    self.exit = exit
    self.wantsShutdown = wantsShutdown
  }
}

/// What a simulation is of: one function, how long its parts take, and its traffic.
package struct Scenario: Equatable, Sendable {
  package var title = "playground"
  package var functionName = "hello"
  package var runtime = "python3.13"
  package var memoryMB: Int32 = 512
  package var timeout: Nanoseconds = .seconds(3)
  package var idleTimeout: Nanoseconds = .seconds(360)
  package var concurrencyLimit = 1_000
  package var extensions: [ExtensionScenario] = []
  package var create = DurationModel.fixed(0)
  package var runtimeInit = DurationModel.fixed(0)
  package var functionInit = DurationModel.fixed(0)
  package var handler = DurationModel.fixed(0)
  /// From SIGTERM to the runtime's exit.
  package var runtimeExit = DurationModel.fixed(.milliseconds(5))
  /// Time between two arrivals of steady traffic; nil for none.
  package var arrivals: DurationModel?

  package init() {}

  /// The state machine's part of the settings.
  package var environmentSettings: EnvironmentSettings {
    var settings = EnvironmentSettings()
    for (index, item) in extensions.prefix(10).enumerated() {
      settings.extensions |= 1 << UInt16(index)
      if item.wantsShutdown { settings.shutdownSubscribers |= 1 << UInt16(index) }
    }
    settings.timeout = timeout
    return settings
  }
}

/// How a request behaves in the handler.
package enum RequestKind: UInt8, CaseIterable, Sendable {
  case normal
  /// The handler throws: the caller gets an error, the environment stays warm.
  case handlerError
  /// The runtime's process ends.
  case crash
  case outOfMemory
  /// The handler does not come back before the timeout.
  case hang
  /// The runtime's process ends during function init, should this request need one.
  case initCrash
}
