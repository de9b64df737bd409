import LambdaLifecycle
import Testing

@Suite("Controls")
struct ControlsTests {
  private func settings(_ scenario: Scenario = .small, _ commands: SimulationCommand...) -> FleetSettings {
    var run = Run(scenario)
    for command in commands { run.simulator.perform(command, into: &run.log) }
    return run.simulator.settings
  }

  /// All values that a control comes to from where it is, in one direction.
  private func steps(_ control: Control, up: Bool, _ scenario: Scenario, _ commands: SimulationCommand...)
    -> [Int64]
  {
    var run = Run(scenario)
    for command in commands { run.simulator.perform(command, into: &run.log) }
    var controls = Controls()
    var values: [Int64] = []
    while case .set(_, let value, _)? = controls.turn(control, up: up, run.simulator.settings).first {
      values.append(value)
      run.simulator.perform(.set(control.setting ?? .memory, value), into: &run.log)
    }
    return values
  }

  @Test("steady traffic of the past is that of all functions together")
  func rateOfThePast() {
    var log = EventLog()
    let (a, b) = (log.catalog.name("a"), log.catalog.name("b"))
    func set(_ time: Int64, _ rate: Int64, _ function: Name) -> LifecycleEvent {
      LifecycleEvent(time: time, function: function, kind: .settingChanged(.requestRate, rate))
    }
    var timeline = Timeline(.simulation)
    for name in [a, b] {
      timeline.fold(LifecycleEvent(time: 0, function: name, kind: .functionDescribed(FunctionDescription())))
    }
    for event in [set(1, 500, .none), set(2, 2_000, a), set(3, 0, b), set(4, 100, .none)] {
      timeline.fold(event)
    }
    #expect((0...4).map { timeline.requestRate(at: $0) } == [0, 1_000, 2_500, 2_000, 200])
  }

  @Test("requests are what the controls say, and go to all functions or to one")
  func requests() {
    var controls = Controls()
    let settings = settings(.small(functions: 2))
    #expect(
      controls.request(count: 1, functions: 2) == [
        .request(.normal, function: 0), .request(.normal, function: 1),
      ])
    #expect(controls.turn(.requestKind, up: true, settings) == [])
    #expect(controls.turn(.target, up: true, settings) == [])
    #expect(controls.turn(.target, up: true, settings) == [])
    #expect(controls.request(count: 5, functions: 2) == [.request(.slow, count: 5, function: 1)])
    #expect(controls.turn(.memory, up: true, settings) == [.set(.memory, 1_024, function: 1)])
    _ = controls.turn(.target, up: true, settings)
    #expect(controls.target == nil)
    #expect(controls.turn(.memory, up: true, settings) == [.set(.memory, 1_024)])
  }

  @Test("the kinds go round; those of extensions only where there are some")
  func kinds() {
    var with = Scenario.small
    with.function.extensions = [.quick]
    for (scenario, count) in [(with, 9), (.small, 7)] {
      var controls = Controls()
      var kinds: [RequestKind] = []
      let settings = settings(scenario)
      repeat {
        _ = controls.turn(.requestKind, up: true, settings)
        kinds.append(controls.kind)
      } while controls.kind != .normal
      #expect(kinds.count == count)
      _ = controls.turn(.requestKind, up: false, settings)
      #expect(controls.kind == kinds.dropLast().last)
    }
  }

  @Test("memory from 128 MB to 10,240 MB, one vCPU among them [memory page]")
  func memory() {
    #expect(steps(.memory, up: true, .small) == [1_024, 1_769, 2_048, 3_008, 5_120, 10_240])
    #expect(steps(.memory, up: false, .small) == [256, 128])
  }

  @Test("timeouts from 1 s to 900 s [timeout page]")
  func timeouts() {
    #expect(steps(.timeout, up: true, Scenario()).map { $0 / .seconds(1) } == [5, 10, 30, 60, 300, 900])
    #expect(steps(.timeout, up: false, Scenario()) == [.seconds(1)])
  }

  @Test("steady traffic up to 100 a second, and off again")
  func rates() {
    #expect(
      steps(.requestRate, up: true, .small) == [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000])
    #expect(steps(.requestRate, up: false, .small, .set(.requestRate, 700)) == [500, 0])
  }

  @Test("100 of the account's concurrency stay unreserved [reserved concurrency page]")
  func reserved() {
    var scenario = Scenario.small(functions: 2)
    scenario.account.concurrency = 300
    scenario.functions[1].reservedConcurrency = 100
    var controls = Controls()
    let settings = settings(scenario, .set(.reservedConcurrency, 50, function: 0))
    for _ in 0..<1 { _ = controls.turn(.target, up: true, settings) }
    #expect(
      controls.turn(.reservedConcurrency, up: true, settings) == [
        .set(.reservedConcurrency, 100, function: 0)
      ])
    let full = self.settings(scenario, .set(.reservedConcurrency, 100, function: 0))
    #expect(controls.turn(.reservedConcurrency, up: true, full) == [])
    #expect(controls.turn(.accountConcurrency, up: false, full) == [])
    #expect(controls.turn(.accountConcurrency, up: true, full) == [.set(.accountConcurrency, 500)])
    #expect(steps(.reservedConcurrency, up: false, .small, .set(.reservedConcurrency, 2)) == [1, 0, -1])
  }

  @Test("what is provisioned is part of what is reserved, or of the account's [provisioned concurrency page]")
  func provisioned() {
    #expect(steps(.provisionedConcurrency, up: true, .small, .set(.reservedConcurrency, 5)) == [1, 2, 3, 5])
    var scenario = Scenario.small
    scenario.account.concurrency = 12
    #expect(steps(.provisionedConcurrency, up: true, scenario) == [1, 2, 3, 5, 10])
    // It would have to be reserved too.
    scenario.account.concurrency = 1_000
    #expect(
      steps(
        .reservedConcurrency, up: false, scenario, .set(.reservedConcurrency, 10),
        .set(.provisionedConcurrency, 4))
        == [5, -1])
  }

  @Test("SnapStart and Managed Instances have no provisioned concurrency; these have 2,048 MB at least")
  func types() {
    for type in [InitializationType.snapStart, .managedInstances] {
      var scenario = Scenario.small
      scenario.function.initializationType = type
      scenario.function.memoryMB = 2_048
      let settings = settings(scenario)
      var controls = Controls()
      #expect(!controls.available(settings).contains(.provisionedConcurrency))
      #expect(controls.turn(.provisionedConcurrency, up: true, settings) == [])
      #expect(controls.turn(.memory, up: false, settings).isEmpty == (type == .managedInstances))
    }
  }

  @Test("a target only where there is a choice")
  func targets() {
    #expect(!Controls().available(settings()).contains(.target))
    #expect(Controls().available(settings(.small(functions: 2))) == Control.allCases)
  }

  @Test("where functions differ there is no one value")
  func differs() {
    let settings = settings(.small(functions: 2), .set(.memory, 1_024, function: 1))
    #expect(Controls().value(of: .memory, settings) == nil)
    #expect(Controls().value(of: .timeout, settings) == .seconds(3))
  }

  // MARK: In a session

  private func session(_ scenario: Scenario = .small) -> Session {
    var session = Session(simulating: scenario, seed: 1, start: 0)
    _ = session.fold()
    return session
  }

  @Test("turned in the past, a setting begins from what it was then, and the session forks")
  func past() {
    var session = session()
    for _ in 0..<2 {
      #expect(session.turn(.memory, up: true) == true)
      // Without a request nothing would happen, and the clock would hold.
      _ = session.sendAndFold()
      session.tick(elapsed: .seconds(1), clock: 0)
    }
    session.seek(to: .milliseconds(500))
    #expect(session.turn(.requestKind, up: true) == true)
    #expect(session.newest > .milliseconds(500))
    #expect(session.turn(.memory, up: true) == true)
    #expect(session.newest == .milliseconds(500))
    let events = session.fold()
    #expect(events.contains { $0.kind == .forked(at: .milliseconds(500)) })
    #expect(events.contains { $0.kind == .settingChanged(.memory, 1_769) })
    #expect(session.simulation?.simulator.settings.value(of: .memory) == 1_769)
  }

  @Test("without a further step nothing is forked")
  func noFork() {
    var session = session()
    session.sendRequests(count: 1, .request)
    session.tick(elapsed: .seconds(2), clock: 0)
    _ = session.fold()
    session.seek(to: .milliseconds(500))
    #expect(session.turn(.requestRate, up: false) == false)
    #expect(session.newest == .seconds(2))
  }

  @Test("where there is no simulation there is nothing to turn")
  func watching() {
    var session = Session(reading: .rie, live: true, start: 0)
    #expect(session.turn(.memory, up: true) == false)
  }
}

extension Session {
  /// Sends a request and folds what happened.
  fileprivate mutating func sendAndFold() -> [LifecycleEvent] {
    sendRequests(count: 1, .request)
    return fold()
  }
}
