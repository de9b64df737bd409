import LambdaLifecycle
import Testing

@Suite("Signals")
struct SignalTests {
  private struct Way: Sendable {
    var state: ExecutionEnvironment.State
    var type = InitializationType.onDemand
    var restores = false
    var script: String
  }

  /// The way into each state, with one extension; the environment serves a request where it can.
  private static let ways = [
    Way(state: .creating, script: ""),
    Way(state: .extensionInit, script: "0 sandbox ready"),
    Way(state: .runtimeInit, script: "0 sandbox ready\n0 extension 0 registers"),
    Way(state: .functionInit, script: "0 sandbox ready\n0 extension 0 registers\n0 function init"),
    Way(state: .restoring, type: .snapStart, restores: true, script: "0 sandbox ready"),
    Way(
      state: .restoring, type: .snapStart, restores: true,
      script: "0 request\n0 sandbox ready\n0 snapshot loaded"),
    Way(state: .ready, script: Life.warmOne),
    Way(state: .invoking, script: Life.warmOne + "0 request"),
    Way(state: .runtimeShutdown, script: Life.warmOne + "0 reclaim"),
    Way(state: .extensionShutdown, script: Life.warmOne + "0 reclaim\n0 runtime exits"),
    Way(state: .reset, script: Life.warmOne + "0 request\n0 runtime exits\n0 extension 0 exits"),
    Way(state: .gone, script: Life.warmOne + "0 reclaim\n0 runtime exits\n0 extension 0 exits"),
    Way(
      state: .functionInit, type: .managedInstances,
      script: "0 sandbox ready\n0 extension 0 registers\n0 function init"),
    Way(state: .ready, type: .managedInstances, script: Life.warmOne),
    Way(state: .invoking, type: .managedInstances, script: Life.warmOne + "0 request"),
    Way(state: .invoking, type: .managedInstances, script: Life.warmOne + "0 request\n0 worker 1 responds"),
    Way(state: .runtimeShutdown, type: .managedInstances, script: Life.warmOne + "0 reclaim"),
    Way(
      state: .gone, type: .managedInstances,
      script: Life.warmOne + "0 reclaim\n0 runtime exits\n0 extension 0 exits"),
  ]

  private static func signals(_ environment: ExecutionEnvironment) -> [(name: String, signal: Signal)] {
    let generation = environment.generation
    let current = environment.type == .managedInstances ? 1 : environment.invocation
    return [
      ("sandbox ready", .sandboxReady),
      ("snapshot loaded", .snapshotLoaded(generation)),
      ("restored", .restored(generation)),
      ("restore fails", .restoreFailed(.none, generation)),
      ("extension registers", .extensionRegistered(0, [.invoke, .shutdown], generation)),
      ("extension next", .extensionNext(0, generation)),
      ("function init", .functionInitBegan(generation)),
      ("runtime next", .runtimeNext(generation)),
      ("request", .request(99)),
      ("response", .response(current, .success)),
      ("worker next", .workerNext(current, generation)),
      ("worker exits", .workerExited(current, .none, generation)),
      ("invocation deadline", .invocationDeadline(current)),
      ("runtime exits", .runtimeExited(.none, generation)),
      ("extension exits", .extensionExited(0, generation)),
      ("extension fails", .extensionFailed(0, .extensionExitError, generation)),
      ("reclaim", .reclaim),
      ("another extension", .extensionRegistered(7, [], generation)),
      ("no such extension", .extensionNext(16, generation)),
      ("no invocation", .request(0)),
    ]
  }

  @Test(
    "every signal in every state: + does something, · is over already, ! is an anomaly and changes nothing")
  func matrix() throws {
    var lines: [String] = []
    for way in Self.ways {
      let life = try Life(
        .test(extensions: 1, workers: 2), type: way.type, restores: way.restores, way.script)
      #expect(life.environment.state == way.state)
      let name = "\(way.state)"
      var line = name + String(repeating: " ", count: 18 - name.count)
      for (signalName, signal) in Self.signals(life.environment) {
        var environment = life.environment
        var actions = ActionBuffer()
        let reception = environment.receive(signal, at: .milliseconds(1), life.settings, into: &actions)
        let changed = "\(environment)" != "\(life.environment)"
        let (count, first) = (actions.count, actions[0])
        if count == 1, case .anomaly(let anomaly) = first {
          #expect(!changed, "\(signalName) in \(name)")
          #expect(anomaly.state == life.environment.state)
          #expect(reception == .rejected)
          line += "!"
        } else {
          // The other workers of a Managed Instance ask for their first event when init has ended: nothing changes.
          #expect(
            (reception == .accepted) == changed || signalName == "runtime next", "\(signalName) in \(name)")
          line += changed ? "+" : "·"
        }
      }
      lines.append(line)
    }
    // Columns in the order of `signals`, in groups: creation and restore (4), init (4), invocation (5), ends (4),
    // what does not exist (3).
    #expect(
      lines.joined(separator: "\n") == """
        creating          +!!!!!!!+!!!·!!!!!!!
        extensionInit     !!!!+!!!+!!!·!++!+!!
        runtimeInit       !!!!!++++!!!·+++!+!!
        functionInit      !!!!!+!++!!!·+++!+!!
        restoring         !+!+!!!!+!!!·+++!!!!
        restoring         !!++!!!!!!!!·+++!!!!
        ready             !!!!!!!!+!!!·++++!!!
        invoking          !!!!!+!!!+!!·+++!!!!
        runtimeShutdown   !·······!!···+++!··!
        extensionShutdown !·······!!····++!··!
        reset             !!!!!!!!+!!!·!!!+!!!
        gone              !!!!!!!!!!!!·!!!!!!!
        functionInit      !!!!!+!+!·!!·+++!+!!
        ready             !!!!!!!·+·!!·++++!!!
        invoking          !!!!!!!·++!+++++!!!!
        invoking          !!!!!!!·+!++++++!!!!
        runtimeShutdown   !·······!····+++!··!
        gone              !!!!!!!!!·!!·!!!!!!!
        """)
  }

  @Test("the same signal twice is an anomaly: a process asks for one event at a time")
  func twice() throws {
    let life = try Life(
      extensions: 2,
      """
      0 sandbox ready
      0 extension 0 registers
      0 extension 0 registers
      0 extension 0 next
      0 extension 0 next
      0 extension 1 registers
      0 function init
      0 runtime next
      0 runtime next
      0 extension 1 next
      0 request
      0 request
      0 response
      0 response
      0 runtime next
      0 runtime next
      """)
    #expect(
      life.anomalies == [
        "extensionRegistered in extensionInit", "extensionNext in extensionInit",
        "runtimeNext in functionInit",
        "request in invoking", "response in invoking", "runtimeNext in invoking",
      ])
  }

  @Test("a runtime asks for the next event after its response, not before [Runtime API page]")
  func nextWithoutResponse() throws {
    var life = try Life("0 sandbox ready\n0 function init\n0 runtime next\n0 request\n100 runtime next")
    #expect(life.anomalies == ["runtimeNext in invoking"])
    #expect(life.environment.state == .invoking)
    try life.go(on: "200 response\n200 runtime next")
    #expect(life.environment.state == .ready)
  }

  @Test("signals of processes that a reset has ended are stale and ignored")
  func staleGeneration() throws {
    var life = try Life(
      """
      0 sandbox ready
      100 function init
      200 runtime exits
      300 request
      """)
    let before = "\(life.environment)"
    let told = life.told.count
    for signal: Signal in [
      .functionInitBegan(1), .runtimeNext(1), .runtimeExited(.runtimeExitError, 1), .extensionNext(0, 1),
      .extensionRegistered(0, [], 1), .extensionExited(0, 1), .extensionFailed(0, .extensionCrash, 1),
    ] {
      life.receive(signal, at: .milliseconds(400))
    }
    #expect("\(life.environment)" == before)
    #expect(life.told.count == told)
  }

  @Test("the answer to an invocation that is over is stale and ignored")
  func staleInvocation() throws {
    var life = try Life(
      timeout: 1_000,
      """
      0 sandbox ready
      0 function init
      0 runtime next
      0 request
      1100 request
      1200 function init
      1300 runtime next
      """)
    let told = life.told.count
    life.receive(.response(1, .success), at: .milliseconds(1_400))
    #expect(life.told.count == told)
    try life.go(on: "1500 response")
    #expect(life.answers.hasSuffix("1500 caller: success"))
  }

  @Test("a deadline that was replaced or taken back is stale and ignored")
  func staleDeadline() throws {
    var life = try Life("0 sandbox ready")
    var tokens: [UInt32] = []
    try life.go(on: "0 function init\n0 runtime next\n0 request\n100 response\n100 runtime next\n200 request")
    for (_, action) in life.told { if case .arm(_, let token) = action { tokens.append(token) } }
    #expect(tokens.count == 3)
    let before = "\(life.environment)"
    for token in tokens.dropLast() { life.receive(.deadline(token), at: .seconds(60)) }
    #expect("\(life.environment)" == before)
    life.receive(.deadline(tokens[2]), at: .seconds(60))
    #expect(life.environment.state == .reset)
  }

  @Test("an answer fits into the buffer: ten extensions overrun, and a request waits")
  func longestAnswer() throws {
    let names = 0..<10
    let registered = names.map { "0 extension \($0) registers\n" }.joined()
    let start = "0 request\n0 sandbox ready\n" + registered + "0 function init\n"
    let overrun = try Life(extensions: 10, start + "100 runtime exits\n2200 …")
    #expect(overrun.environment.state == .extensionInit)
    let deaf = EnvironmentSettings.test(extensions: 10)
    let killed = try Life(deaf, shutdown: 0, start + "100 runtime exits")
    #expect(killed.environment.state == .extensionInit)
    let again = names.map { "200 extension \($0) registers\n" }.joined()
    let twice = try Life(
      deaf, shutdown: 0, start + "100 runtime exits\n" + again + "200 function init\n300 runtime exits")
    #expect(twice.environment.state == .reset)
    let ready = names.map { "100 extension \($0) next\n" }.joined()
    let invoke = try Life(deaf, shutdown: 0, start + ready + "100 runtime next\n200 runtime exits")
    #expect(invoke.environment.state == .reset)
    for life in [overrun, killed, twice, invoke] {
      #expect(life.anomalies.isEmpty)
    }
    #expect([overrun, killed, twice, invoke].map(\.longestAnswer) == [16, 11, 13, 11])
    #expect(ActionBuffer.capacity >= 16)
  }

  @Test("an environment is small: a simulator keeps very many")
  func size() {
    #expect(MemoryLayout<ExecutionEnvironment>.stride <= 56)
    #expect(MemoryLayout<Action>.stride <= 32)
  }
}
