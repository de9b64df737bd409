import LambdaLifecycle
import Testing

@Suite("Fleet and simulator")
struct SimulatorTests {
  @Test("a free warm environment is reused [concurrency page]")
  func reuse() {
    var run = Run(.small)
    run.request(at: 0, 1_000)
    run.advance(to: 1_500)
    #expect(run.picture == "env-1 rffiii....iii..")
    #expect(run.timeline.requests.map(\.isCold) == [true, false])
  }

  @Test("a new environment when none is free; one request at a time each [concurrency page]")
  func noneFree() {
    var run = Run(.small)
    run.request(at: 0, 100, 600)
    run.advance(to: 1_000)
    #expect(
      run.picture == """
        env-1 rffiiiiii.
        env-2  rffiii...
        """)
  }

  @Test("of several free environments the newest takes the request, so that the older can go")
  func newestFirst() {
    var run = Run(.small)
    run.request(at: 0, 0, 0, 1_000)
    run.advance(to: 1_400)
    #expect(
      run.picture == """
        env-1 rffiii........
        env-2 rffiii........
        env-3 rffiii....iii.
        """)
  }

  @Test("beyond the concurrency limit: throttled [concurrency page]")
  func throttled() {
    var scenario = Scenario.small
    scenario.account.concurrency = 2
    var run = Run(scenario)
    run.request(at: 0, 0, 100, 700)
    run.advance(to: 2_000)
    #expect(run.outcomes == ["success", "success", "throttled", "success"])
    #expect(run.timeline.statistics.throttles == 1)
    let reason = run.log.events.compactMap { event -> String? in
      if case .requestThrottled(let reason) = event.kind { run.log.catalog.text(reason) } else { nil }
    }
    #expect(reason == ["ConcurrentInvocationLimitExceeded"])
  }

  @Test("concurrency counts requests in flight, not environments that shut down [concurrency page]")
  func shutdownIsNotConcurrency() {
    var scenario = Scenario.small
    scenario.account.concurrency = 1
    scenario.function.runtimeExit = .fixed(.milliseconds(250))
    scenario.function.extensions = [.quick]
    var run = Run(scenario)
    run.request(at: 0)
    run.shutDown("env-1", at: 700)
    run.request(at: 800, 900)
    run.advance(to: 2_000)
    #expect(run.outcomes == ["success", "success", "throttled"])
    #expect(
      run.picture == """
        env-1 rffiii.sss|
        env-2         rffiii......
        """)
  }

  @Test("idle for the idle timeout: reclaimed, and not before")
  func idleTimeout() {
    var run = Run(.small)
    run.request(at: 0)
    run.advance(to: 1_599)
    #expect(run.simulator.environments.count == 1)
    run.advance(to: 1_600)
    #expect(run.simulator.environments.isEmpty)
    #expect(run.picture == "env-1 rffiii..........|")
  }

  @Test("a request within the idle timeout begins it anew")
  func idleTimeoutAgain() {
    var run = Run(.small)
    run.request(at: 0, 1_000)
    run.advance(to: 3_000)
    #expect(run.picture == "env-1 rffiii....iii..........|")
  }

  @Test("idle timeout shortened while idle: reclaimed then, or at once if that has passed")
  func shortened() {
    var run = Run(.small)
    run.request(at: 0)
    run.setIdleTimeout(500, at: 800)
    run.advance(to: 2_000)
    #expect(run.picture == "env-1 rffiii.....|")
    var late = Run(.small)
    late.request(at: 0)
    late.setIdleTimeout(500, at: 1_300)
    late.advance(to: 2_000)
    #expect(late.picture == "env-1 rffiii.......|")
  }

  @Test("idle timeout lengthened while idle: the environment stays longer; without end, for ever")
  func lengthened() {
    var run = Run(.small)
    run.request(at: 0)
    run.setIdleTimeout(1_500, at: 800)
    run.advance(to: 3_000)
    #expect(run.picture == "env-1 rffiii...............|")
    var endless = Run(.small)
    endless.request(at: 0)
    endless.advance(to: 800)
    endless.simulator.perform(.set(.idleTimeout, .never), into: &endless.log)
    endless.advance(to: 1_000_000)
    #expect(endless.simulator.environments.count == 1)
  }

  @Test("shutting down an idle environment happens at once, a busy one once it is idle")
  func shutDown() {
    var idle = Run(.small)
    idle.request(at: 0)
    idle.shutDown("env-1", at: 900)
    idle.request(at: 1_000)
    idle.advance(to: 1_200)
    #expect(
      idle.picture == """
        env-1 rffiii...|
        env-2           rf
        """)
    var busy = Run(.small)
    busy.request(at: 0)
    busy.shutDown("env-1", at: 400)
    busy.request(at: 700)
    busy.advance(to: 900)
    #expect(
      busy.picture == """
        env-1 rffiii|
        env-2        rf
        """)
    #expect(busy.outcomes == ["success", "waits"])
  }

  @Test(
    "a reset environment takes the next request, with suppressed init; idle, it is reclaimed like any other")
  func reset() {
    var run = Run(.small)
    run.request(.crash, at: 0)
    run.request(at: 1_000)
    run.request(.crash, at: 1_800)
    run.advance(to: 4_000)
    #expect(run.picture == "env-1 rffiii    rffiii..iii          |")
    #expect(run.outcomes == ["error", "success", "error"])
    #expect(run.timeline.statistics.reinits == 1)
  }

  @Test("Billed Duration = ceil(Duration + Init Duration) in milliseconds [real logs since August 2025]")
  func billing() {
    var scenario = Scenario.small
    scenario.function.runtimeInit = .fixed(0)
    scenario.function.functionInit = .fixed(542_010_000)
    scenario.function.handler = .fixed(3_100_000)
    scenario.function.memoryMB = 1_024
    var run = Run(scenario)
    run.request(at: 0, 1_000)
    run.advance(to: 1_200)
    #expect(run.timeline.requests.map(\.billedMs) == [546, 4])
    #expect(run.timeline.statistics.billedGBSeconds == 0.55)
  }

  @Test("every kind of request comes to its end", arguments: RequestKind.allCases)
  func kinds(_ kind: RequestKind) {
    var run = Run(.small)
    run.request(at: 0)
    run.request(kind, at: 1_000)
    run.advance(to: 4_500)
    let outcome =
      switch kind {
      // Its environment is warm and has no extension: nothing to crash.
      case .normal, .slow, .initCrash, .extensionCrash, .slowExtension: "success"
      case .handlerError, .crash, .outOfMemory: "error"
      case .hang: "timeout"
      }
    #expect(run.outcomes == ["success", outcome])
  }

  @Test("a crash in init, and again in the suppressed init: the request fails")
  func initCrash() {
    var run = Run(.small)
    run.request(.initCrash, at: 0)
    run.request(at: 1_000)
    run.advance(to: 1_700)
    #expect(run.picture == "env-1 rffrff    rffiii.")
    #expect(run.outcomes == ["error", "success"])
  }

  @Test("nothing is due: advancing without end comes back")
  func nothingDue() {
    var run = Run(.small)
    run.request(at: 0)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.simulator.nextTime == .never)
    #expect(run.simulator.environments.isEmpty)
  }
}

extension ExtensionScenario {
  static var quick: ExtensionScenario {
    ExtensionScenario(name: "agent", register: .fixed(0), ready: .fixed(0), work: .fixed(0), exit: .fixed(0))
  }
}
