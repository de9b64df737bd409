import LambdaLifecycle
import Testing

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
