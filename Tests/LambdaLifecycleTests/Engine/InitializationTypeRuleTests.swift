import LambdaLifecycle
import Testing

@Suite("Init by initialization type")
struct InitializationTypeRuleTests {
  static let ahead: [InitializationType] = [.provisionedConcurrency, .snapStart, .managedInstances]

  @Test(
    "init may take the greater of 130 s and the timeout [execution environment page]", arguments: ahead,
    [(timeout: 3, limit: 130), (timeout: 900, limit: 900)])
  func limit(type: InitializationType, seconds: (timeout: Int64, limit: Int64)) throws {
    let limit = seconds.limit * 1_000
    var life = try Life(
      timeout: seconds.timeout * 1_000, type: type,
      "0 sandbox ready\n0 function init\n\(limit - 1) …")
    #expect(life.environment.state == .functionInit)
    try life.go(on: "\(limit) …")
    #expect(life.environment.state == .gone)
    #expect(life.answers == "\(limit) init report: duration \(limit) timeout Runtime.Unknown")
    #expect(life.orders.hasSuffix("gone timeout"))
  }

  @Test(
    "an init that fails is not tried again: allocation or publishing fails, an instance's environment is replaced [execution environment page]",
    arguments: ahead)
  func failure(type: InitializationType) throws {
    let life = try Life(
      extensions: 1, type: type,
      """
      0 sandbox ready
      100 extension 0 registers
      200 function init
      400 runtime exits
      700 extension 0 exits
      """)
    #expect(
      life.lanes == """
        extension init     =
        runtime init        =
        function init        =x
        runtime shutdown       |
        extension shutdown     ===
        """)
    #expect(life.answers == "400 init report: duration 400 error Runtime.ExitError")
    #expect(
      life.orders.hasSuffix(
        """
        400 SHUTDOWN failure until 2400 to extensions 0
        700 gone failure
        """))
  }

  @Test("an init that went well is reported at its end [execution environment page]", arguments: ahead)
  func report(type: InitializationType) throws {
    let life = try Life(
      extensions: 1, type: type,
      """
      100 sandbox ready
      200 extension 0 registers
      300 function init
      400 runtime next
      600 extension 0 next
      """)
    #expect(life.answers == "600 init report: duration 500 success")
  }

  @Test("on demand only an init that failed is reported [execution environment page]")
  func onDemand() throws {
    let life = try Life(Life.warm)
    #expect(life.answers == "")
    let failed = try Life("0 sandbox ready\n100 function init\n200 runtime exits")
    #expect(failed.answers == "200 init report: duration 200 error Runtime.ExitError")
  }
}

@Suite("Provisioned concurrency")
struct ProvisionedConcurrencyTests {
  @Test("initialized ahead and frozen until its first invocation [execution environment page]")
  func ahead() throws {
    let life = try Life(
      type: .provisionedConcurrency,
      """
      200 sandbox ready
      400 function init
      600 runtime next
      1200 request
      1400 response
      1400 runtime next
      1500 …
      """)
    #expect(
      life.lanes == """
        create             ==
        runtime init         ==
        function init          ==
        invoke                         ==
        frozen                   ======  >
        """)
  }

  @Test("its reports have no Init Duration: INIT_REPORT has it [execution environment page]")
  func noInitDuration() throws {
    let life = try Life(
      type: .provisionedConcurrency, Life.warm + "300 request\n500 response\n500 runtime next")
    #expect(
      life.answers == """
        0 init report: duration 0 success
        500 caller: success
        500 runtime done: success
        500 report: duration 200 success
        """)
  }

  @Test("a request that waits for an init that fails is answered with its error, once")
  func waitingRequest() throws {
    let life = try Life(
      type: .provisionedConcurrency,
      """
      0 request
      0 sandbox ready
      100 function init
      200 runtime fails Runtime.ImportModuleError
      """)
    #expect(
      life.answers == """
        200 init report: duration 200 error Runtime.ImportModuleError
        200 caller: error Runtime.ImportModuleError
        """)
    #expect(life.told.filter { if case .released(1) = $0.action { true } else { false } }.count == 1)
    #expect(life.environment.state == .gone)
  }

  @Test(
    "reset after a failed invocation, it initializes inside the next one, with the function's timeout [execution environment page]"
  )
  func reset() throws {
    let life = try Life(
      timeout: 1_000, type: .provisionedConcurrency,
      Life.warm + """
        300 request
        500 runtime exits
        600 request
        800 function init
        1700 …
        """)
    #expect(
      life.answers.hasSuffix(
        """
        1600 init report: duration 1000 suppressed error Runtime.Unknown
        1600 caller: timeout Sandbox.Timedout
        1600 report: duration 1000 timeout Sandbox.Timedout
        """))
    #expect(life.environment.state == .reset)
  }
}
