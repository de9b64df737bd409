import LambdaLifecycle
import Testing

@Suite("Fleet: failures at random")
struct FailureRateTests {
  /// 4,000 requests, far enough apart that none is in another's way; an environment each where `isCold`.
  private func run(isCold: Bool = false, _ change: (inout FunctionScenario) -> Void) -> Run {
    var scenario = Scenario.small
    scenario.function.extensions = [.quick]
    scenario.function.timeout = .seconds(2)
    scenario.function.idleTimeout = .fixed(isCold ? 0 : .seconds(60))
    change(&scenario.function)
    scenario.traffic = [Traffic(.every(.seconds(10), from: 0, until: .seconds(40_000)))]
    var run = Run(scenario, seed: 11)
    run.advance(to: 40_100_000)
    return run
  }

  /// Of `count`, each with this probability, within four standard deviations.
  private func isUsual(_ found: Int, of count: Int = 4_000, _ rate: Double) -> Bool {
    let expected = Double(count) * rate
    return abs(Double(found) - expected) <= 4 * (expected * (1 - rate)).squareRoot()
  }

  private func ends(_ run: Run, _ type: ErrorType) -> Int {
    run.count { kind in
      if case .phaseEnded(let end) = kind, end.phase == .invoke { end.errorType == type.name } else { false }
    }
  }

  @Test("each request fails in one of six ways, as often as its rate says")
  func requests() {
    let run = run { function in
      function.failures.handlerError = 0.10
      function.failures.crash = 0.05
      function.failures.outOfMemory = 0.04
      function.failures.timeout = 0.03
      function.failures.extensionCrash = 0.06
      function.failures.slowExtension = 0.07
      function.failures.slowExtensionDelay = .fixed(.milliseconds(700))
    }
    let answers = run.log.events.compactMap { event -> (Outcome, Name)? in
      if case .requestAnswered(let outcome, let type) = event.kind { (outcome, type) } else { nil }
    }
    #expect(answers.count == 4_000)
    #expect(isUsual(answers.count { $0 == (.error, .none) }, 0.10))
    #expect(isUsual(ends(run, .runtimeExitError), 0.05))
    #expect(isUsual(ends(run, .runtimeOutOfMemory), 0.04))
    #expect(isUsual(answers.count { $0.0 == .timeout }, 0.03))
    #expect(isUsual(ends(run, .extensionCrash), 0.06))
    // 300 ms of the handler and 700 ms of the slow extension.
    #expect(isUsual(run.reports.count { $0.duration % .seconds(1) == 0 && $0.outcome == .success }, 0.07))
    #expect(run.simulator.anomalies == 0)
  }

  @Test("inits fail as often as their rate says: the function's code, an extension")
  func inits() {
    for isExtension in [false, true] {
      let run = run(isCold: true) { function in
        if isExtension {
          function.failures.extensionInitError = 0.08
        } else {
          function.failures.initError = 0.08
        }
      }
      let first = run.initReports.filter { !$0.isSuppressed }
      #expect(run.creations.count == 4_000)
      #expect(isUsual(first.count, 0.08))
      let type = isExtension ? ErrorType.extensionInitError : .runtimeExitError
      #expect(first.allSatisfy { $0.outcome == .error && $0.errorType == type.name })
      // Tried again inside the invocation, with a draw of its own.
      #expect(isUsual(run.initReports.count { $0.isSuppressed }, of: first.count, 0.08))
    }
  }

  @Test("of several extensions any may be the one that fails")
  func whichExtension() {
    let run = run(isCold: true) { function in
      function.extensions = (0..<4).map { place in
        var item = ExtensionScenario.quick
        item.name = "extension-\(place)"
        return item
      }
      function.failures.extensionInitError = 0.5
    }
    var failed: [Name: Int] = [:]
    for event in run.log.events {
      if case .extensionState(let name, .initError, _) = event.kind { failed[name, default: 0] += 1 }
    }
    let count = failed.values.reduce(0, +)
    #expect(failed.count == 4)
    for found in failed.values { #expect(isUsual(found, of: count, 0.25)) }
  }

  @Test("restores fail as often as their rate says")
  func restores() {
    let run = run(isCold: true) { function in
      function.initializationType = .snapStart
      function.failures.restoreError = 0.05
    }
    let failed = run.log.events.count { event in
      if case .requestAnswered(.error, let type) = event.kind {
        type == ErrorType.snapStart.name
      } else {
        false
      }
    }
    // The first comes before the snapshot is there.
    #expect(isUsual(failed, of: 3_999, 0.05))
  }

  @Test("a kind that traffic asks for stays, whatever the rates")
  func asked() {
    var scenario = Scenario.small
    scenario.function.failures.handlerError = 1
    var crashing = Traffic(.times([.seconds(1)]))
    crashing.kind = .crash
    scenario.traffic = [Traffic(.times([0])), crashing]
    var run = Run(scenario)
    run.advance(to: 5_000)
    #expect(ends(run, .runtimeExitError) == 1)
    #expect(run.outcomes == ["error", "error"])
  }

  @Test("rates change nothing else: the same requests, as long as before where they do not fail")
  func nothingElse() {
    var scenario = Scenario.small
    scenario.function.handler = .exponential(mean: .milliseconds(300))
    scenario.function.timeout = .seconds(900)
    scenario.traffic = [
      Traffic(.gaps(.exponential(mean: .seconds(1)), from: 0, until: .seconds(200)))
    ]
    var plain = Run(scenario)
    plain.simulator.advance(to: .never, into: &plain.log)
    scenario.function.failures.handlerError = 0.3
    var failing = Run(scenario)
    failing.simulator.advance(to: .never, into: &failing.log)
    #expect(failing.reports.map(\.duration) == plain.reports.map(\.duration))
    #expect(failing.timeline.statistics.errors > 30)
    #expect(plain.timeline.statistics.errors == 0)
  }
}
