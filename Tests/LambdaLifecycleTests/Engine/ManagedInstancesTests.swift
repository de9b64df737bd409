import LambdaLifecycle
import Testing

@Suite("Managed Instances")
struct ManagedInstancesTests {
  private static func life(extensions: Int = 0, workers: UInt16 = 3, _ script: String) throws -> Life {
    let registers = (0..<extensions).map { "0 extension \($0) registers\n0 extension \($0) next\n" }.joined()
    return try Life(
      .test(extensions: extensions, timeout: 1_000, workers: workers), type: .managedInstances,
      "0 sandbox ready\n" + registers + "0 function init\n0 runtime next\n" + script)
  }

  @Test("init is complete with all extensions and at least one worker [Managed Instances page]")
  func endOfInit() throws {
    var life = try Life(
      .test(extensions: 1, workers: 3), type: .managedInstances,
      "0 sandbox ready\n100 extension 0 registers\n200 function init\n400 runtime next\n450 runtime next")
    #expect(life.environment.state == .functionInit)
    #expect(life.environment.freeWorkers == 0)
    try life.go(on: "600 extension 0 next\n700 runtime next")
    #expect(life.environment.state == .ready)
    #expect(life.environment.freeWorkers == 3)
    #expect(life.answers == "600 init report: duration 600 success")
    #expect(life.anomalies.isEmpty)
  }

  @Test("no request before init is complete: the fleet waits for it [Managed Instances page]")
  func requestInInit() throws {
    let life = try Life(type: .managedInstances, "0 request\n0 sandbox ready\n100 request")
    #expect(life.anomalies == ["request in creating", "request in runtimeInit"])
  }

  @Test("several invocations run in parallel in one environment [Managed Instances page]")
  func parallel() throws {
    let life = try Self.life(
      """
      100 request
      200 request
      400 worker 2 responds
      400 worker 2 next
      500 request
      600 worker 1 throws
      700 worker 1 next
      800 worker 3 responds
      900 worker 3 next
      """)
    #expect(
      life.lanes == """
        runtime init       |
        function init      |
        invoke 1            ======
        invoke 2             ==
        invoke 3                ====
        """)
    #expect(
      life.answers == """
        0 init report: duration 0 success
        400 caller 2: success
        400 report 2: duration 200 success
        400 free of 2
        600 caller 1: error
        700 report 1: duration 600 success
        700 free of 1
        800 caller 3: success
        900 report 3: duration 400 success
        900 free of 3
        """)
    #expect(life.environment.state.isIdle)
  }

  @Test("no freeze: the environment goes on running between invocations [Managed Instances page]")
  func noFreeze() throws {
    let life = try Self.life("100 request\n200 worker 1 responds\n200 worker 1 next\n300 reclaim")
    #expect(
      life.orders == """
        0 start runtime
        100 deliver to runtime
        300 SIGKILL runtime
        300 gone spindown
        """)
    #expect(!life.lanes.contains("frozen"))
  }

  @Test("all workers busy: further work is rejected [Managed Instances page]")
  func backPressure() throws {
    var life = try Self.life(workers: 2, "100 request\n200 request\n300 request")
    #expect(life.anomalies == ["request in invoking"])
    #expect(life.environment.freeWorkers == 0)
    #expect(life.environment.inFlight == 2)
    try life.go(on: "400 worker 1 responds\n400 worker 1 next\n500 request")
    #expect(life.anomalies.count == 1)
    #expect(life.environment.inFlight == 2)
  }

  @Test("extensions may register for SHUTDOWN only: none gets INVOKE or holds one up [Extensions API page]")
  func noInvokeEvent() throws {
    let life = try Self.life(
      extensions: 2, "100 request\n200 worker 1 responds\n300 worker 1 next\n400 reclaim\n450 runtime exits")
    #expect(
      life.orders == """
        0 start extensions 0,1
        0 start runtime
        100 deliver to runtime
        400 SIGTERM runtime
        450 SHUTDOWN spindown until 2400 to extensions 0,1
        """)
    #expect(life.answers.hasSuffix("300 report 1: duration 200 success\n300 free of 1"))
  }

  @Test(
    "each invocation has its own timeout; the code goes on running, there is no reset [Managed Instances page]"
  )
  func timeout() throws {
    var life = try Self.life(workers: 2, "100 request\n500 request\n1300 …")
    #expect(
      life.answers.hasSuffix(
        """
        1100 caller 1: timeout Sandbox.Timedout
        1100 report 1: duration 1000 timeout Sandbox.Timedout
        """))
    #expect(life.environment.freeWorkers == 0)
    // Its worker's answer to the caller comes too late; that it is done frees it.
    try life.go(on: "1400 worker 1 responds\n1400 worker 1 next")
    #expect(life.answers.hasSuffix("1100 report 1: duration 1000 timeout Sandbox.Timedout\n1400 free of 1"))
    try life.go(on: "1450 worker 2 responds\n1450 worker 2 next")
    #expect(
      life.lanes == """
        runtime init       |
        function init      |
        invoke 1            =========t
        invoke 2                ==========
        """)
    #expect(life.environment.state.isIdle)
    #expect(life.anomalies.isEmpty)
  }

  @Test("a timeout after the response: the caller has its answer, the report has the timeout")
  func timeoutAfterResponse() throws {
    let life = try Self.life("100 request\n200 worker 1 responds\n1200 …")
    #expect(
      life.answers.hasSuffix(
        """
        200 caller 1: success
        1100 report 1: duration 1000 timeout Sandbox.Timedout
        """))
  }

  @Test("a worker that crashes fails its invocation; the others go on [Managed Instances page]")
  func workerCrash() throws {
    let life = try Self.life(
      "100 request\n200 request\n400 worker 1 exits\n600 worker 2 responds\n600 worker 2 next")
    #expect(
      life.lanes == """
        runtime init       |
        function init      |
        invoke 1            ==x
        invoke 2             ====
        """)
    #expect(
      life.answers.hasSuffix(
        """
        400 caller 1: error Runtime.ExitError
        400 report 1: duration 300 error Runtime.ExitError
        400 free of 1
        600 caller 2: success
        600 report 2: duration 400 success
        600 free of 2
        """))
    #expect(life.environment.freeWorkers == 2)
  }

  @Test("a worker that crashes after its invocation's timeout only frees it")
  func workerCrashAfterTimeout() throws {
    let life = try Self.life("100 request\n1200 worker 1 exits")
    #expect(
      life.answers.hasSuffix(
        "1100 report 1: duration 1000 timeout Sandbox.Timedout\n1200 free of 1"))
    #expect(life.environment.freeWorkers == 2)
  }

  @Test("an environment without workers is unhealthy and replaced [Managed Instances page]")
  func lastWorker() throws {
    let life = try Self.life(
      extensions: 1, workers: 2,
      "100 request\n200 request\n300 worker 2 exits\n400 worker 1 exits\n500 extension 0 exits")
    #expect(
      life.orders.hasSuffix(
        """
        400 SHUTDOWN failure until 2400 to extensions 0
        500 gone failure
        """))
    #expect(life.environment.freeWorkers == 0)
  }

  @Test("the crash of an extension ends the environment and all that is in flight [Managed Instances page]")
  func extensionCrash() throws {
    let life = try Self.life(
      extensions: 1,
      "100 request\n200 request\n300 worker 1 responds\n400 extension 0 exits\n500 runtime exits")
    #expect(
      life.lanes == """
        extension init     |
        runtime init       |
        function init      |
        invoke 1            ==x
        invoke 2             =x
        runtime shutdown       =
        """)
    #expect(
      life.answers.hasSuffix(
        """
        400 report 1: duration 300 error Extension.Crash
        400 free of 1
        400 caller 2: error Extension.Crash
        400 report 2: duration 200 error Extension.Crash
        400 free of 2
        """))
    #expect(life.orders.hasSuffix("500 gone failure"))
  }

  @Test(
    "the end of the runtime ends the environment; there is no reset, with or without work [Managed Instances page]"
  )
  func runtimeExits() throws {
    let busy = try Self.life("100 request\n300 out of memory")
    #expect(busy.answers.contains("300 caller 1: error Runtime.OutOfMemory"))
    #expect(busy.orders.hasSuffix("300 gone failure"))
    let idle = try Self.life("300 runtime exits")
    #expect(idle.orders.hasSuffix("300 gone failure"))
  }

  @Test("it is reclaimed only with nothing in flight, a timed-out invocation that still runs included")
  func reclaim() throws {
    var life = try Self.life("100 request\n200 reclaim\n1200 reclaim")
    #expect(life.anomalies == ["reclaim in invoking", "reclaim in invoking"])
    try life.go(on: "1300 worker 1 next\n1400 reclaim")
    #expect(life.environment.state == .gone)
  }

  @Test("no runtimeDone is told, and reports have the duration alone [Telemetry API schema reference]")
  func noRuntimeDone() throws {
    let life = try Self.life(
      "100 request\n200 worker 1 responds\n200 worker 1 next\n300 request\n400 worker 2 exits")
    #expect(!life.answers.contains("runtime done"))
    #expect(!life.answers.contains(" init 0"))
  }

  @Test(
    "a worker asks for more only after its response; of an invocation it has not, nothing [Runtime API page]")
  func illegalNext() throws {
    let life = try Self.life("100 request\n200 worker 1 next\n300 worker 7 next\n400 worker 7 exits")
    #expect(
      life.anomalies == ["workerNext in invoking", "workerNext in invoking", "workerExited in invoking"])
  }

  @Test("however many invocations fail at once, the answer is complete and none is lost")
  func longAnswer() throws {
    let count = 200
    let requests = (1...count).map { _ in "100 request\n" }.joined()
    let life = try Self.life(
      extensions: 1, workers: UInt16(count), requests + "300 extension 0 exits\n400 runtime exits")
    #expect(life.longestAnswer > 4 * count)
    #expect(life.answers.occurrences(of: "free of ") == count)
    #expect(life.answers.occurrences(of: "report ") == count)
    #expect(life.answers.occurrences(of: "error Extension.Crash") == 2 * count)
    #expect(life.orders.hasSuffix("400 gone failure"))
  }
}

extension String {
  /// The number of times that `part` occurs.
  fileprivate func occurrences(of part: String) -> Int { ranges(of: part).count }
}
