import LambdaLifecycle
import Testing

@Suite("Internal extensions")
struct InternalExtensionTests {
  @Test("they run in the runtime's process: nothing is started for them [Extensions API page]")
  func notStarted() throws {
    let life = try Life(.test(extensions: 1), "0 sandbox ready\n100 extension 0 registers")
    #expect(life.orders == "0 start extensions 0\n100 start runtime")
    let alone = try Life(.test(), "0 sandbox ready")
    #expect(alone.orders == "0 start runtime")
  }

  @Test("they register while the runtime or the function initializes [Extensions API page]")
  func register() throws {
    let life = try Life(
      .test(),
      """
      0 sandbox ready
      100 extension 0 registers
      200 function init
      300 extension 1 registers
      """)
    #expect(life.extensionStates == "100 extension 0 Registered\n300 extension 1 Registered")
    #expect(life.anomalies.isEmpty)
  }

  @Test(
    "an external one that gives another name than its file's is taken for an internal one; the runtime waits for the file's [agentregister.go]"
  )
  func anotherName() throws {
    var life = try Life(.test(extensions: 1), "0 sandbox ready\n100 extension 1 registers")
    #expect(life.anomalies.isEmpty)
    #expect(life.environment.state == .extensionInit)
    try life.go(on: "200 extension 0 registers")
    #expect(life.environment.state == .runtimeInit)
  }

  @Test("registration closes with the runtime's first Next [handlers.go]")
  func registrationCloses() throws {
    var life = try Life(
      .test(extensions: 1),
      """
      0 sandbox ready
      100 extension 0 registers
      200 function init
      300 runtime next
      400 extension 1 registers
      """)
    #expect(life.anomalies == ["extensionRegistered in functionInit"])
    // An extension that has not registered is not waited for.
    try life.go(on: "500 extension 0 next")
    #expect(life.environment.state == .ready)
  }

  @Test("init waits for those that have registered, and for no others [execution environment page]")
  func initWaits() throws {
    let life = try Life(
      .test(),
      """
      0 sandbox ready
      200 function init
      300 extension 1 registers
      500 runtime next
      800 extension 1 next
      1000 …
      """)
    #expect(
      life.lanes == """
        runtime init       ==
        function init        ===
        frozen                     =>
        """)
  }

  @Test("they get INVOKE if they registered for it, and hold up the invocation [Extensions API page]")
  func invoke() throws {
    let life = try Life(
      .test(),
      """
      0 sandbox ready
      0 extension 0 registers
      0 function init
      0 extension 0 next
      0 runtime next
      300 request
      500 response
      500 runtime next
      700 extension 0 next
      """)
    #expect(life.orders.contains("300 deliver to extensions 0\n300 deliver to runtime"))
    #expect(life.answers.hasSuffix("700 report: duration 400 init 0 success"))
  }

  @Test("at most ten, internal and external together [Extensions API page; core.MaxAgentsAllowed]")
  func atMostTen() throws {
    let external = (0..<6).map { "0 extension \($0) registers\n" }.joined()
    let `internal` = (6..<11).map { "0 extension \($0) registers\n" }.joined()
    let life = try Life(
      .test(extensions: 6), "0 sandbox ready\n" + external + "0 function init\n" + `internal`)
    #expect(life.anomalies == ["extensionRegistered in functionInit"])
    #expect(life.extensionStates.split(separator: "\n").count == 10)
  }

  @Test("one that fails restarts the environment; its process goes with the runtime's [Extensions API page]")
  func fails() throws {
    let life = try Life(
      .test(),
      """
      0 sandbox ready
      100 function init
      200 extension 0 registers
      300 extension 0 InitError
      400 runtime exits
      """)
    #expect(
      life.orders == """
        0 start runtime
        300 SIGTERM runtime
        """)
    #expect(life.extensionStates.hasSuffix("300 extension 0 InitError Extension.InitError"))
    #expect(life.environment.state == .reset)
  }

  @Test("one has no process that could end by itself")
  func noProcess() throws {
    let life = try Life(
      .test(),
      "0 sandbox ready\n100 function init\n200 extension 0 registers\n300 extension 0 exits")
    #expect(life.anomalies == ["extensionExited in functionInit"])
  }
}
