extension Scenario {
  /// The built-in function of `lanes demo`: Python with heavy imports and one external extension.
  ///
  /// A hello-world's init takes about 80 ms in python3.13 (lambda-perf, 2026); the imports here make it a function as
  /// people have them. The idle timeout is short so that its effect is seen: about six minutes have been observed.
  package static var playground: Scenario {
    var scenario = Scenario()
    scenario.title = "Playground"
    scenario.function.idleTimeout = .fixed(.seconds(10))
    scenario.function.create = .logNormal(median: .milliseconds(160), p99: .milliseconds(320))
    scenario.function.extensions = [
      ExtensionScenario(
        name: "logs-agent", register: .logNormal(median: .milliseconds(240), p99: .milliseconds(420)),
        ready: .logNormal(median: .milliseconds(150), p99: .milliseconds(260)),
        work: .logNormal(median: .milliseconds(45), p99: .milliseconds(120)),
        exit: .logNormal(median: .milliseconds(380), p99: .milliseconds(900)))
    ]
    scenario.function.runtimeInit = .logNormal(median: .milliseconds(110), p99: .milliseconds(190))
    scenario.function.functionInit = .logNormal(median: .milliseconds(680), p99: .milliseconds(1_150))
    scenario.function.handler = .logNormal(median: .milliseconds(120), p99: .milliseconds(420))
    scenario.function.runtimeExit = .logNormal(median: .milliseconds(35), p99: .milliseconds(90))
    return scenario
  }
}
