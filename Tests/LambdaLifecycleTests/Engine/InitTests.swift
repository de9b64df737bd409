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

  @Test(
    "an extension may finish its own init before the runtime starts or after it is done [Extensions API page]"
  )
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

  @Test(
    "init ends when the runtime and all extensions have asked for the next event [execution environment page]"
  )
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

  @Test("nobody registers twice [Extensions API page]")
  func registersTwice() throws {
    let life = try Life(
      extensions: 2, "0 sandbox ready\n200 extension 0 registers\n300 extension 0 registers")
    #expect(life.anomalies == ["extensionRegistered in extensionInit"])
  }

  @Test("an environment that is initialized ahead of its request is frozen [execution environment page]")
  func ahead() throws {
    let life = try Life(
      "0 sandbox ready\n100 function init\n200 runtime next\n600 request\n700 response\n700 runtime next")
    #expect(
      life.lanes == """
        runtime init       =
        function init       =
        invoke                   =
        frozen               ==== >
        """)
    #expect(life.answers.hasSuffix("700 report: duration 100 init 200 success"))
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

  @Test(
    "Init Duration is reported once, and without the creation of the sandbox [report of the first invocation]"
  )
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
}
