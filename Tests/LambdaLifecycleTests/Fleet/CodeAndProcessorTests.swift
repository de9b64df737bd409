import LambdaLifecycle
import Testing

@Suite("Fleet: code, processor, background work")
struct CodeAndProcessorTests {
  @Test("rule code and layers are downloaded before init, in create [Extensions API page]")
  func download() {
    var scenario = Scenario.small
    scenario.function.create = .fixed(.milliseconds(100))
    scenario.function.code.packageMB = 20
    scenario.function.code.layersMB = [5, 15]
    scenario.function.code.megabytesPerSecond = 100
    var run = Run(scenario)
    run.request(at: 0)
    run.advance(to: 1_500)
    // 100 ms, and 40 MB at 100 MB/s.
    #expect(run.picture == "env-1 cccccrffiii....")
    // It is no part of what is billed as init.
    #expect(run.reports.map(\.initDuration) == [.milliseconds(300)])
  }

  @Test("download without a speed takes no time; without code neither")
  func noDownload() {
    var code = CodePackage()
    #expect(code.download == 0)
    code.packageMB = 250
    #expect(code.download == .milliseconds(2_500))
    code.megabytesPerSecond = 0
    #expect(code.download == 0)
  }

  @Test("rule CPU is proportional to memory, 1,769 MB are one vCPU [memory page]")
  func share() {
    var cpu = CPUShare()
    #expect(cpu.factor(atMB: 128) == 1)
    cpu.computing = 1
    #expect(cpu.factor(atMB: 1_769) == 1)
    #expect(abs(cpu.factor(atMB: 884) - 1_769.0 / 884) < 1e-12)
    // One thread does not use more than one vCPU.
    #expect(cpu.factor(atMB: 10_240) == 1)
    cpu.computing = 0.5
    #expect(abs(cpu.factor(atMB: 442) - (0.5 + 0.5 * 1_769 / 442)) < 1e-12)
    cpu.measuredAtMB = 512
    cpu.computing = 1
    #expect(abs(cpu.factor(atMB: 1_024) - 0.5) < 1e-12)
  }

  @Test(
    "rule the handler's computing takes longer with less memory; init on demand does not [memory page; Serverless Land]"
  )
  func memory() {
    var scenario = Scenario.small
    scenario.function.cpu.computing = 1
    scenario.function.cpu.measuredAtMB = 1_024
    scenario.function.memoryMB = 512
    var run = Run(scenario)
    run.request(at: 0)
    run.advance(to: 1_500)
    #expect(run.picture == "env-1 rffiiiiii......")
    scenario.function.hasInitBoost = false
    var slow = Run(scenario)
    slow.request(at: 0)
    slow.advance(to: 1_500)
    #expect(slow.picture == "env-1 rrffffiiiiii...")
  }

  @Test("rule unfinished background work goes on after the thaw [execution environment page]")
  func background() {
    var scenario = Scenario.small
    // Nothing of it is done while frozen: 300 ms in the second invocation, 100 ms of its own in the third …
    scenario.function.background = .fixed(.milliseconds(400))
    scenario.function.idleTimeout = .fixed(.seconds(60))
    var run = Run(scenario)
    run.request(at: 0, 2_000, 4_000, 6_000)
    run.advance(to: 8_000)
    let outputs = run.log.events.compactMap { event -> Int64? in
      if case .output(.function, _) = event.kind { event.time / .milliseconds(1) } else { nil }
    }
    // The work of the first, 300 ms from 2,000 and 100 ms from 4,000, is not over when the second leaves 400 ms more:
    // together they need 800 ms of invocations, of which there are 900.
    #expect(outputs == [])
    var alone = Run(scenario)
    alone.request(at: 0)
    alone.request(.hang, at: 2_000)
    alone.advance(to: 8_000)
    let done = alone.log.events.compactMap { event -> Int64? in
      if case .output(.function, _) = event.kind { event.time / .milliseconds(1) } else { nil }
    }
    #expect(done == [2_400])
  }

  @Test("rule background work is lost with its process [execution environment page]")
  func lost() {
    var scenario = Scenario.small
    scenario.function.background = .fixed(.milliseconds(400))
    var run = Run(scenario)
    run.request(at: 0)
    // Reset 100 ms after the thaw: what is left is not gone on with in the next init.
    run.request(.crash, at: 1_000)
    run.request(at: 1_400)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.timeline.outputLines == 0)
    var idle = Run(scenario)
    idle.request(at: 0)
    idle.simulator.advance(to: .never, into: &idle.log)
    #expect(idle.timeline.outputLines == 0)
    #expect(idle.timeline.tracks.map(\.gone) == [.milliseconds(1_600)])
  }

  @Test("background work of an environment that took another's place ends at its own time")
  func otherEnvironment() {
    var scenario = Scenario.small
    scenario.function.runtimeInit = .fixed(0)
    scenario.function.functionInit = .fixed(0)
    scenario.function.handler = .fixed(.milliseconds(100))
    scenario.function.idleTimeout = .fixed(.milliseconds(100))
    scenario.function.background = .fixed(.seconds(1))
    // It is thawed for 100 ms after the answer.
    var agent = ExtensionScenario.quick
    agent.work = .fixed(.milliseconds(100))
    scenario.function.extensions = [agent]
    var run = Run(scenario)
    // The first is gone at 300; its work would have ended at 1,100, when the second has just begun on its own.
    run.request(at: 0, 950)
    run.simulator.advance(to: .never, into: &run.log)
    #expect(run.creations == [0, 950])
    #expect(run.timeline.outputLines == 0)
  }
}

@Suite("Fleet: extensions that crash")
struct ExtensionCrashTests {
  private func run(wantsInvoke: Bool, _ type: InitializationType = .onDemand) -> Run {
    var scenario = Scenario.small
    scenario.function.initializationType = type
    var agent = ExtensionScenario.quick
    agent.wantsInvoke = wantsInvoke
    scenario.function.extensions = [agent]
    var run = Run(scenario)
    run.request(.extensionCrash, at: 1_000)
    run.advance(to: 5_000)
    return run
  }

  @Test(
    "rule an extension that crashes at work, after the answer, fails the invocation; the caller has its answer [Extensions API page]"
  )
  func afterAnswer() {
    let run = run(wantsInvoke: true)
    #expect(run.outcomes == ["success"])
    #expect(run.reports.map(\.outcome) == [.error])
    #expect(run.simulator.anomalies == 0)
  }

  @Test(
    "one that does not hear of invocations crashes before the answer, or there would be no invocation to fail"
  )
  func beforeAnswer() {
    let run = run(wantsInvoke: false)
    #expect(run.outcomes == ["error"])
    #expect(run.reports.map(\.errorType) == [ErrorType.extensionCrash.name])
    #expect(run.simulator.anomalies == 0)
  }

  @Test(
    "an event whose answer was good is not tried again, whatever an extension does then [simulation's choice]"
  )
  func notTriedAgain() {
    var scenario = Scenario.small
    scenario.function.extensions = [.quick]
    var traffic = Traffic(.times([0]))
    traffic.kind = .extensionCrash
    traffic.invocation = .asynchronous(RetryPolicy())
    scenario.traffic = [traffic]
    var run = Run(scenario)
    run.advance(to: 500_000)
    #expect(run.story == ["0 arrives", "600 success"])
  }
}
