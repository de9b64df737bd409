import LambdaLifecycle
import Testing

@Suite("Reset")
struct ResetTests {
  @Test("the timeout covers runtime and extensions together [execution environment page]")
  func timeoutInExtension() throws {
    let life = try Life(
      extensions: 2, timeout: 1_000,
      Life.warmWithExtensions + """
        300 request
        600 response
        600 runtime next
        700 extension 0 next
        1500 …
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                =========t
        frozen             ===
        runtime shutdown                =>
        """))
    #expect(
      life.answers == """
        600 caller: success
        600 runtime done: success
        1300 report: duration 1000 init 0 timeout Sandbox.Timedout
        """)
  }

  @Test(
    "timeout, reset, and init again inside the next invocation, whose duration counts it [suppressed init]")
  func timeout() throws {
    let life = try Life(
      timeout: 1_000,
      Life.warm + """
        300 request
        1600 request
        1800 function init
        2000 runtime next
        2300 response
        2300 runtime next
        2400 …
        """)
    #expect(
      life.lanes == """
        runtime init       |               ==
        function init      |                 ==
        invoke                =========t       ===
        frozen             ===                    >
        runtime shutdown                t
        """)
    #expect(
      life.answers == """
        1300 runtime done: timeout Sandbox.Timedout
        1300 caller: timeout Sandbox.Timedout
        1300 report: duration 1000 init 0 timeout Sandbox.Timedout
        2300 caller: success
        2300 runtime done: success
        2300 report: duration 700 success
        """)
    #expect(life.orders.contains("1300 SIGKILL runtime"))
  }

  @Test("a suppressed init that goes well is not reported [execution environment page; real logs]")
  func suppressedInitUnreported() throws {
    let life = try Life(
      Life.warm + """
        300 request
        400 runtime exits
        500 request
        600 function init
        700 runtime next
        800 response
        800 runtime next
        """)
    #expect(!life.answers.contains("init report"))
    #expect(life.answers.hasSuffix("800 report: duration 300 success"))
  }

  @Test("without a request a reset environment starts nothing: deferred init [execution environment page]")
  func deferredInit() throws {
    let life = try Life(Life.warm + "300 request\n400 runtime exits\n9000 …")
    #expect(life.orders.hasSuffix("300 deliver to runtime"))
    #expect(life.environment.state == .reset)
    #expect(!life.isArmed)
  }

  @Test(
    "a timeout's reported duration is the limit, however late it is noticed [reports of 2025 and 2026]")
  func cappedDuration() throws {
    var life = try Life(timeout: 1_000, Life.warm + "300 request")
    var token: UInt32 = 0
    for (_, action) in life.told { if case .arm(_, let armed) = action { token = armed } }
    life.receive(.deadline(token), at: .milliseconds(1_307))
    #expect(life.answers.hasSuffix("1307 report: duration 1000 init 0 timeout Sandbox.Timedout"))
  }

  @Test(
    "the status of a failure: error, but failure for a Sandbox type [handleReset]",
    arguments: [
      ("Runtime.ExitError", "error"), ("Runtime.OutOfMemory", "error"), ("Sandbox.Failure", "failure"),
    ])
  func status(error: String, status: String) throws {
    let life = try Life(Life.warm + "300 request\n500 runtime fails \(error)")
    #expect(
      life.answers == """
        500 runtime done: \(status) \(error)
        500 caller: \(status) \(error)
        500 report: duration 200 init 0 \(status) \(error)
        """)
  }

  @Test("the function's timeout limits suppressed init and invocation together [execution environment page]")
  func timeoutOverSuppressedInit() throws {
    let life = try Life(
      timeout: 1_000,
      Life.warm + """
        300 request
        400 runtime exits
        500 request
        700 function init
        900 runtime next
        1600 …
        """)
    #expect(
      life.answers.hasSuffix(
        """
        1500 runtime done: timeout Sandbox.Timedout
        1500 caller: timeout Sandbox.Timedout
        1500 report: duration 1000 timeout Sandbox.Timedout
        """))
  }

  @Test("a reset gives extensions the reason and 2,000 ms [execution environment page; handleReset]")
  func resetWithExtensions() throws {
    let life = try Life(
      extensions: 2, timeout: 500,
      Life.warmWithExtensions + """
        300 request
        900 runtime exits
        1200 extension 0 exits
        1300 extension 1 exits
        """)
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                ====t
        frozen             ===
        runtime shutdown           t
        extension shutdown          ===t
        """))
    #expect(life.orders.contains("800 SIGTERM runtime"))
    #expect(life.orders.contains("900 SHUTDOWN timeout until 2800 to extensions 0,1"))
    #expect(life.environment.state == .reset)
  }

  @Test("a crash resets: Runtime.ExitError for the caller [troubleshooting-invocation page]")
  func crash() throws {
    let life = try Life(Life.warm + "300 request\n500 runtime exits")
    #expect(
      life.lanes.hasSuffix(
        """
        invoke                =x
        frozen             ===
        runtime shutdown        x
        """))
    #expect(
      life.answers == """
        500 runtime done: error Runtime.ExitError
        500 caller: error Runtime.ExitError
        500 report: duration 200 init 0 error Runtime.ExitError
        """)
    #expect(life.environment.state == .reset)
    #expect(!life.orders.contains("SIGTERM"))
  }

  @Test("lack of memory resets: Runtime.OutOfMemory [troubleshooting-invocation page]")
  func outOfMemory() throws {
    let life = try Life(Life.warm + "300 request\n500 out of memory")
    #expect(life.answers.hasSuffix("500 report: duration 200 init 0 error Runtime.OutOfMemory"))
    #expect(life.environment.state == .reset)
  }

  @Test("a crash after the response: the caller has its answer, the report has the error")
  func crashAfterResponse() throws {
    let life = try Life(Life.warm + "300 request\n400 response\n500 runtime exits")
    #expect(
      life.answers == """
        400 caller: success
        500 runtime done: error Runtime.ExitError
        500 report: duration 200 init 0 error Runtime.ExitError
        """)
  }

  @Test("an extension that ends during an invocation resets [Extensions API page]")
  func extensionCrash() throws {
    let life = try Life(
      extensions: 2,
      Life.warmWithExtensions + """
        300 request
        500 extension 1 exits
        600 runtime exits
        700 extension 0 exits
        """)
    #expect(
      life.answers == """
        500 runtime done: error Extension.Crash
        500 caller: error Extension.Crash
        500 report: duration 200 init 0 error Extension.Crash
        """)
    #expect(life.orders.hasSuffix("600 SHUTDOWN failure until 2500 to extensions 0"))
    #expect(
      life.extensionStates.hasSuffix(
        """
        500 extension 1 ExitError Extension.Crash
        700 extension 0 Exited
        """))
    #expect(life.environment.state == .reset)
  }
}
