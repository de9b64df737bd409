import LambdaLifecycle
import Testing

@Suite("Init that fails")
struct InitFailureTests {
  @Test("a crash in init: reset, and init again inside the first invocation [execution environment page]")
  func crash() throws {
    let life = try Life(
      """
      0 request
      0 sandbox ready
      200 function init
      400 runtime exits
      600 function init
      900 runtime next
      1000 response
      1000 runtime next
      """)
    #expect(
      life.lanes == """
        runtime init       ==  ==
        function init        =x  ===
        invoke                      =
        frozen                       >
        runtime shutdown       x
        """)
    #expect(
      life.answers == """
        400 init report: duration 400 error Runtime.ExitError
        1000 caller: success
        1000 runtime done: success
        1000 report: duration 600 success
        """)
  }

  @Test("a crash while extensions are not ready: the same, though function init has ended well")
  func crashAfterFunctionInit() throws {
    let life = try Life(
      extensions: 1,
      """
      0 request
      0 sandbox ready
      100 extension 0 registers
      200 function init
      300 runtime next
      400 runtime exits
      500 extension 0 exits
      600 …
      """)
    #expect(
      life.lanes == """
        extension init     =    >
        runtime init        =
        function init        =
        runtime shutdown       x
        extension shutdown     x
        """)
    #expect(life.environment.state == .extensionInit)
  }

  @Test("init may take 10 s; the next try has the function's timeout [execution environment page]")
  func initLimit() throws {
    let life = try Life(
      timeout: 1_000,
      """
      0 request
      0 sandbox ready
      9900 function init
      10500 function init
      11300 …
      """)
    let began = life.told.compactMap { time, action in
      if case .arm(let deadline, _) = action {
        "\(time / .milliseconds(1)) until \(deadline / .milliseconds(1))"
      } else {
        nil
      }
    }
    #expect(began == ["0 until 10000", "10000 until 11000"])
    #expect(
      life.answers == """
        10000 init report: duration 10000 timeout Runtime.Unknown
        11000 init report: duration 1000 suppressed error Runtime.Unknown
        11000 caller: timeout Sandbox.Timedout
        11000 report: duration 1000 timeout Sandbox.Timedout
        """)
    #expect(life.environment.state == .reset)
  }

  @Test(
    "an init that timed out without a request waits for one as a reset environment [execution environment page]"
  )
  func initLimitAhead() throws {
    var life = try Life("0 sandbox ready\n12000 …")
    #expect(life.environment.state == .reset)
    #expect(life.environment.state.isIdle)
    try life.go(
      on: """
        12000 request
        12300 function init
        12500 runtime next
        12600 response
        12600 runtime next
        """)
    #expect(life.environment.state == .ready)
    #expect(life.answers.hasSuffix("report: duration 600 success"))
  }

  @Test(
    "a suppressed init that fails too: the invocation fails, the environment can be used again [real logs, 2024]"
  )
  func suppressedInitFails() throws {
    let life = try Life(
      """
      0 request
      0 sandbox ready
      100 function init
      200 runtime exits
      300 function init
      500 runtime exits
      800 request
      900 function init
      1000 runtime next
      1200 response
      1200 runtime next
      """)
    #expect(
      life.lanes == """
        runtime init       = =     =
        function init       x =x    =
        invoke                  x    ==
        frozen                         >
        runtime shutdown     x  x
        """)
    #expect(
      life.answers == """
        200 init report: duration 200 error Runtime.ExitError
        500 init report: duration 300 suppressed error Runtime.ExitError
        500 caller: error Runtime.ExitError
        500 report: duration 300 error Runtime.ExitError
        1200 caller: success
        1200 runtime done: success
        1200 report: duration 400 success
        """)
  }

  @Test(
    "an extension that fails in init restarts the environment [Extensions API page; fatalerror.go]",
    arguments: [
      ("LaunchError", "LaunchError"), ("InitError", "InitError"), ("ExitError", "ExitError"),
      ("Crash", "ExitError"),
    ])
  func extensionFails(error: String, state: String) throws {
    let life = try Life(
      extensions: 1,
      """
      0 sandbox ready
      300 extension 0 \(error)
      """)
    #expect(
      life.lanes == """
        extension init     ==x
        runtime shutdown      x
        """)
    #expect(life.extensionStates == "300 extension 0 \(state) Extension.\(error)")
    #expect(life.environment.state == .reset)
  }

  @Test("INIT_REPORT comes before START, also where the suppressed init has failed [real logs, 2024]")
  func reportBeforeStart() throws {
    let life = try Life("0 request\n0 sandbox ready\n100 runtime exits\n200 runtime exits")
    let order = life.told.compactMap { told in
      switch told.action {
      case .initReport: "INIT_REPORT"
      case .invokeBegan: "START"
      case .report: "REPORT"
      default: nil as String?
      }
    }
    #expect(order == ["INIT_REPORT", "INIT_REPORT", "START", "REPORT"])
  }

  @Test("a failure that nobody has named is Sandbox.Failure, and its status failure [handleReset]")
  func unnamed() throws {
    let life = try Life(extensions: 1, "0 sandbox ready\n300 extension 0 fails")
    #expect(life.answers == "300 init report: duration 300 failure Sandbox.Failure")
  }

  @Test("an extension whose process ends in init has crashed [fatalerror.go]")
  func extensionExits() throws {
    let life = try Life(extensions: 1, "0 sandbox ready\n300 extension 0 exits")
    #expect(life.extensionStates == "300 extension 0 ExitError Extension.Crash")
  }

  @Test(
    "an extension that fails ends init for the others: who has registered gets SHUTDOWN, who has not SIGKILL")
  func extensionFailsBesideOthers() throws {
    let life = try Life(
      extensions: 3,
      """
      0 sandbox ready
      100 extension 1 registers
      200 extension 0 LaunchError
      300 extension 1 exits
      """)
    #expect(
      life.orders == """
        0 start extensions 0,1,2
        200 SIGKILL extensions 2
        200 SHUTDOWN failure until 2200 to extensions 1
        """)
    #expect(life.environment.state == .reset)
  }
}
