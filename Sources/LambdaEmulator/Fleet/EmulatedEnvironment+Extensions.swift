internal import LambdaLifecycle
internal import NIOCore

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

  func fails(
    _ index: UInt8, _ name: String, _ error: ErrorType, told: ExtensionFailure, _ generation: Generation
  ) {
    // In a shutdown there is nothing left that it could have failed.
    if owner?.isShuttingDown(self) != true { end = "The extension \(name) has failed: \(told.type)" }
    owner?.extensionFails(index, name, error, told: told, generation, self)
  }

  /// Kills an extension, unless it has said that it fails: that one ends by itself, as a rule, and has its time.
  func killExtension(_ key: ProcessKey) {
    guard let time = leaving.removeValue(forKey: key) else { return sandbox.kill(key) }
    loop.assumeIsolated().scheduleTask(in: time) { [weak self] in
      guard let self, self.running.contains(key) else { return }
      self.sandbox.kill(key)
    }
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

  func nobodyAnswers(_ name: String, port: Int) {
    owner?.note("extension \(name): nobody answers at sandbox.localdomain:\(port)", self)
    owner?.settle()
  }

  func telemetryLost(_ count: Int, for name: String, _ why: String) {
    owner?.telemetryLost(count, "telemetry for \(name): \(why)", self)
  }
}
