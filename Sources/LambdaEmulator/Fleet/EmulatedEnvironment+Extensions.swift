internal import LambdaLifecycle

// An environment as its extensions see it.

extension EmulatedEnvironment: ExtensionCalls {
  func newID() -> RequestID { owner?.newID() ?? .none }

  func registrationAnswer(withAccount: Bool) -> String {
    owner?.registrationAnswer(withAccount: withAccount) ?? "{}"
  }

  func registers(
    _ index: UInt8, _ name: String, _ subscriptions: Subscriptions, _ generation: Generation
  ) -> Reception {
    owner?.extensionRegisters(index, name, subscriptions, generation, self) ?? .stale
  }

  func hasNoFile(_ name: String) { owner?.extensionHasNoFile(name, self) }

  func asks(_ index: UInt8, _ generation: Generation) -> Reception {
    owner?.extensionAsks(index, generation, self) ?? .stale
  }

  func fails(_ index: UInt8, _ name: String, _ error: ErrorType, told: String, _ generation: Generation) {
    end = "The extension \(name) has failed: \(told)"
    owner?.extensionFails(index, name, error, told: told, generation, self)
  }
}

extension EmulatedEnvironment: TelemetryCalls {
  var now: Timestamp { owner?.now ?? 0 }

  func subscribed(_ name: String, to kinds: [String]) {
    owner?.note("extension \(name) is told telemetry: \(kinds.joined(separator: ", "))", self)
  }

  func wantsLogsAPI(_ name: String) {
    owner?.note("extension \(name) asks for the Logs API, which is not here: only the Telemetry API is", self)
  }

  func telemetryLost(_ count: Int, for name: String, _ why: String) {
    owner?.telemetryLost(count, "telemetry for \(name): \(why)", self)
  }
}
