import LambdaLifecycle
import Testing

@Suite("Invoke")
struct InvokeTests {
  @Test("frozen between invocations, thawed for the next [execution environment page]")
  func freezeAndThaw() throws {
    let life = try Life(
      Life.warm + """
        300 request
        500 response
        500 runtime next
        900 …
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                ==
        frozen             ===  ===>
        """))
    #expect(
      life.orders == """
        0 start runtime
        0 freeze
        300 thaw
        300 deliver to runtime
        500 freeze
        """)
  }

  @Test("extensions are released before the runtime [handlers.go]")
  func extensionsFirst() throws {
    let life = try Life(extensions: 2, Life.warmWithExtensions + "300 request")
    #expect(
      life.orders.hasSuffix(
        """
        300 thaw
        300 deliver to extensions 0,1
        300 deliver to runtime
        """))
  }

  @Test("only extensions that registered for INVOKE get it and hold up the invocation [Extensions API page]")
  func subscribers() throws {
    let ready = (0..<3).map { "0 extension \($0) registers\n0 extension \($0) next\n" }.joined()
    let life = try Life(
      .test(extensions: 3), invoke: 0b010,
      "0 sandbox ready\n" + ready + """
        0 function init
        0 runtime next
        300 request
        500 response
        500 runtime next
        700 extension 1 next
        800 extension 0 next
        """)
    #expect(life.orders.contains("300 deliver to extensions 1\n300 deliver to runtime\n700 freeze"))
    #expect(life.answers.hasSuffix("700 report: duration 400 init 0 success"))
    // The others still wait for the event after init.
    #expect(life.anomalies == ["extensionNext in ready"])
  }

  @Test("init waits for all that have registered, for INVOKE or not [Extensions API page]")
  func initWaitsForAll() throws {
    var life = try Life(
      .test(extensions: 2), invoke: 0,
      "0 sandbox ready\n0 extension 0 registers\n0 extension 1 registers\n0 function init\n0 runtime next")
    try life.go(on: "100 extension 0 next")
    #expect(life.environment.state == .functionInit)
    try life.go(on: "200 extension 1 next\n300 request\n400 response\n400 runtime next")
    #expect(life.environment.state == .ready)
    #expect(!life.orders.contains("deliver to extensions"))
  }

  @Test("frozen, nothing has a deadline: it may wait for its next event however long [Runtime API page]")
  func noDeadlineWhileFrozen() throws {
    var life = try Life(Life.warm)
    #expect(!life.isArmed)
    try life.go(on: "300 request")
    #expect(life.isArmed)
    try life.go(on: "400 response\n400 runtime next")
    #expect(!life.isArmed)
  }

  @Test(
    "the same processes go on after a thaw: what they left unfinished is theirs to finish [execution environment page]"
  )
  func processesSurviveFreezing() throws {
    let life = try Life(
      Life.warm
        + "300 request\n400 response\n400 runtime next\n9000 request\n9100 response\n9100 runtime next")
    #expect(life.environment.generation == 1)
    #expect(life.orders.split(separator: "\n").filter { $0.hasSuffix("start runtime") }.count == 1)
    #expect(life.orders.contains("400 freeze\n9000 thaw\n9000 deliver to runtime"))
  }

  @Test("the caller has the response before extensions are done [Extensions API page]")
  func responseFirst() throws {
    let life = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        500 response
        550 runtime next
        600 extension 1 next
        800 extension 0 next
        """)
    #expect(
      life.answers == """
        500 caller: success
        550 runtime done: success
        800 report: duration 500 init 0 success
        """)
  }

  @Test("invoke ends with the runtime and all extensions, whoever is last [execution environment page]")
  func endOfInvoke() throws {
    let runtimeLast = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        400 extension 1 next
        600 extension 0 next
        900 response
        900 runtime next
        1000 …
        """)
    #expect(
      runtimeLast.lanes.hasSuffix(
        """
        invoke                ======
        frozen             ===      >
        """))
    let extensionLast = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        400 extension 1 next
        600 response
        600 runtime next
        900 extension 0 next
        1000 …
        """)
    #expect(extensionLast.lanes == runtimeLast.lanes)
  }

  @Test(
    "a handler's exception is an error for the caller; the phase succeeds, the environment stays warm [rapid]"
  )
  func handlerError() throws {
    let life = try Life(
      Life.warm + """
        300 request
        500 error response
        500 runtime next
        600 …
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                ==
        frozen             ===  >
        """))
    #expect(
      life.answers == """
        500 caller: error
        500 runtime done: success
        500 report: duration 200 init 0 success
        """)
  }
}
