import LambdaLifecycle
import Testing

@Suite("Init")
struct InitTests {
  @Test("extension init, runtime init, function init, in this order [execution environment page]")
  func order() throws {
    let life = try Life(
      extensions: 1,
      """
      200 sandbox ready
      500 extension 0 registers
      600 extension 0 next
      800 function init
      1200 runtime next
      1500 …
      """)
    #expect(
      life.lanes == """
        create             ==
        extension init       ===
        runtime init            ===
        function init              ====
        frozen                         ==>
        """)
    #expect(life.anomalies.isEmpty)
  }

  @Test("the runtime starts only after every extension has registered [Extensions API page]")
  func runtimeWaitsForRegistration() throws {
    let life = try Life(
      extensions: 3,
      """
      0 sandbox ready
      100 extension 1 registers
      300 extension 0 registers
      900 extension 2 registers
      """)
    #expect(
      life.orders == """
        0 start extensions 0,1,2
        900 start runtime
        """)
    #expect(life.environment.state == .runtimeInit)
  }

  @Test("an extension may finish its own init before the runtime starts or after it is done [Extensions API page]")
  func extensionsFinishAnyTime() throws {
    let life = try Life(
      extensions: 2,
      """
      0 sandbox ready
      100 extension 0 registers
      200 extension 0 next
      300 extension 1 registers
      500 function init
      700 runtime next
      1200 extension 1 next
      1400 …
      """)
    #expect(
      life.lanes == """
        extension init     ===
        runtime init          ==
        function init           ==
        frozen                         =>
        """)
    #expect(
      life.extensionStates == """
        100 extension 0 Registered
        200 extension 0 Ready
        300 extension 1 Registered
        1200 extension 1 Ready
        """)
  }

  @Test("init ends when the runtime and all extensions have asked for the next event [execution environment page]")
  func endOfInit() throws {
    var life = try Life(
      extensions: 2,
      """
      0 sandbox ready
      0 extension 0 registers
      0 extension 1 registers
      100 extension 0 next
      100 function init
      200 extension 1 next
      """)
    #expect(life.environment.state == .functionInit)
    try life.go(on: "300 runtime next")
    #expect(life.environment.state == .ready)
  }

  @Test("no extension, no extension init [Extensions API page]")
  func withoutExtensions() throws {
    let life = try Life(
      """
      0 sandbox ready
      200 function init
      600 runtime next
      800 …
      """)
    #expect(
      life.lanes == """
        runtime init       ==
        function init        ====
        frozen                   =>
        """)
    #expect(
      life.orders == """
        0 start runtime
        600 freeze
        """)
  }

  @Test("a request that waits begins without freezing in between [execution environment page]")
  func pendingRequest() throws {
    let life = try Life(
      """
      0 request
      100 sandbox ready
      200 function init
      600 runtime next
      900 response
      900 runtime next
      1000 …
      """)
    #expect(
      life.lanes == """
        create             =
        runtime init        =
        function init        ====
        invoke                   ===
        frozen                      >
        """)
    #expect(
      life.answers == """
        900 caller: success
        900 runtime done: success
        900 report: duration 300 init 500 success
        """)
  }

  @Test("Init Duration is reported once, and without the creation of the sandbox [report of the first invocation]")
  func initDurationOnce() throws {
    let life = try Life(
      """
      0 request
      400 sandbox ready
      500 function init
      600 runtime next
      700 response
      700 runtime next
      900 request
      1000 response
      1000 runtime next
      """)
    #expect(
      life.answers == """
        700 caller: success
        700 runtime done: success
        700 report: duration 100 init 200 success
        1000 caller: success
        1000 runtime done: success
        1000 report: duration 100 success
        """)
  }

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
      if case .arm(let deadline, _) = action { "\(time / .milliseconds(1)) until \(deadline / .milliseconds(1))" }
      else { nil }
    }
    #expect(began == ["0 until 10000", "10000 until 11000"])
    #expect(
      life.answers == """
        11000 caller: timeout Sandbox.Timedout
        11000 report: duration 1000 timeout Sandbox.Timedout
        """)
    #expect(life.environment.state == .reset)
  }

  @Test("an init that timed out without a request waits for one as a reset environment [execution environment page]")
  func initLimitAhead() throws {
    var life = try Life("0 sandbox ready\n12000 …")
    #expect(life.environment.state == .reset)
    #expect(life.environment.isIdle)
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

  @Test("a suppressed init that fails too: the invocation fails, the environment can be used again [real logs, 2024]")
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
      ("LaunchError", "LaunchError"), ("InitError", "InitError"), ("ExitError", "ExitError"), ("Crash", "ExitError"),
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

  @Test("an extension whose process ends in init has crashed [fatalerror.go]")
  func extensionExits() throws {
    let life = try Life(extensions: 1, "0 sandbox ready\n300 extension 0 exits")
    #expect(life.extensionStates == "300 extension 0 ExitError Extension.Crash")
  }

  @Test("an extension that fails ends init for the others: who has registered gets SHUTDOWN, who has not SIGKILL")
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
