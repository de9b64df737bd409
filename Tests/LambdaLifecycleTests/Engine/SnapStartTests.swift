import LambdaLifecycle
import Testing

private func restore(extensions: Int = 0, timeout: Int64 = 3_000, _ script: String) throws -> Life {
  try Life(extensions: extensions, timeout: timeout, type: .snapStart, restores: true, script)
}

@Suite("SnapStart")
struct SnapStartTests {
  @Test("init runs when the version is published; a snapshot is taken of what it leaves [SnapStart page]")
  func publish() throws {
    let life = try Life(
      extensions: 1, type: .snapStart,
      """
      200 sandbox ready
      300 extension 0 registers
      400 function init
      600 runtime next
      700 extension 0 next
      900 …
      """)
    #expect(
      life.lanes == """
        create             ==
        extension init       =
        runtime init          =
        function init          ==
        """)
    #expect(
      life.orders == """
        200 start extensions 0
        300 start runtime
        700 take snapshot
        700 gone spindown
        """)
    #expect(life.answers == "700 init report: duration 500 success")
    #expect(!life.isArmed)
  }

  @Test("the environment that makes the snapshot serves no request [SnapStart page]")
  func publishServesNobody() throws {
    let life = try Life(type: .snapStart, "0 request\n0 sandbox ready\n100 request")
    #expect(life.anomalies == ["request in creating", "request in runtimeInit"])
  }

  @Test("restore takes the place of init; the invocation begins after the hooks [SnapStart page]")
  func order() throws {
    let life = try restore(
      extensions: 1,
      """
      0 request
      100 sandbox ready
      400 snapshot loaded
      600 restored
      800 response
      800 runtime next
      900 extension 0 next
      1000 …
      """)
    #expect(
      life.lanes == """
        restore             =====
        invoke                   ===
        frozen                      >
        """)
    #expect(
      life.orders == """
        100 restore snapshot
        600 deliver to extensions 0
        600 deliver to runtime
        900 freeze
        """)
  }

  @Test(
    "Restore Duration is snapshot, runtime and hooks; runtime and hooks are billed; no Init Duration [monitoring SnapStart page]"
  )
  func report() throws {
    let life = try restore(
      """
      0 request
      0 sandbox ready
      300 snapshot loaded
      500 restored
      800 response
      800 runtime next
      """)
    #expect(
      life.answers == """
        500 restore report: duration 500 billed 200 success
        800 caller: success
        800 runtime done: success
        800 report: duration 300 success
        """)
  }

  @Test("restored ahead of a request, it is frozen [execution environment page]")
  func ahead() throws {
    let life = try restore("0 sandbox ready\n200 snapshot loaded\n300 restored\n600 request\n700 …")
    #expect(
      life.lanes == """
        restore            ===
        invoke                   >
        frozen                ===
        """)
  }

  @Test(
    "runtime and extensions go on where the snapshot was taken: nobody starts or registers [SnapStart page]")
  func processesInSnapshot() throws {
    let life = try restore(
      extensions: 2,
      """
      0 sandbox ready
      0 snapshot loaded
      0 restored
      500 reclaim
      600 runtime exits
      700 extension 0 exits
      800 extension 1 exits
      """)
    #expect(
      life.orders == """
        0 restore snapshot
        0 freeze
        500 thaw
        500 SIGTERM runtime
        600 SHUTDOWN spindown until 2500 to extensions 0,1
        800 gone spindown
        """)
  }

  @Test(
    "loading the runtime and the hooks may take 10 s, loading the snapshot does not count: SnapStartTimeoutException [execution environment page]"
  )
  func limit() throws {
    var life = try restore("0 request\n0 sandbox ready\n20000 snapshot loaded\n29999 …")
    #expect(life.environment.state == .restoring)
    try life.go(on: "30000 …")
    #expect(
      life.answers == """
        30000 restore report: duration 30000 billed 10000 timeout SnapStartTimeoutException
        30000 caller: timeout SnapStartTimeoutException
        """)
    #expect(life.orders.hasSuffix("30000 gone timeout"))
  }

  @Test(
    "a hook that fails: the caller has the error, no invocation begins, the environment is gone [restoreerror.go]"
  )
  func hookFails() throws {
    let life = try restore(
      extensions: 1,
      """
      0 request
      0 sandbox ready
      200 snapshot loaded
      300 restore fails
      400 runtime exits
      500 extension 0 exits
      """)
    #expect(
      life.lanes == """
        restore            ==x
        runtime shutdown      =
        extension shutdown     =
        """)
    #expect(
      life.answers == """
        300 restore report: duration 300 billed 100 error SnapStartException
        300 caller: error SnapStartException
        """)
    #expect(life.told.filter { if case .released(1) = $0.action { true } else { false } }.count == 1)
    #expect(life.orders.hasSuffix("500 gone failure"))
  }

  @Test("a hook's own error type is kept [restoreerror.go]")
  func hookError() throws {
    let life = try restore(
      "0 request\n0 sandbox ready\n0 snapshot loaded\n300 restore fails Runtime.Unknown")
    #expect(life.answers.hasSuffix("300 caller: error Runtime.Unknown"))
  }

  @Test(
    "a process that ends in restore fails it [execution environment page]",
    arguments: [
      ("runtime exits", "Runtime.ExitError"), ("out of memory", "Runtime.OutOfMemory"),
      ("extension 0 exits", "Extension.Crash"), ("extension 0 ExitError", "Extension.ExitError"),
    ])
  func crash(signal: String, error: String) throws {
    let life = try restore(
      extensions: 1, "0 request\n0 sandbox ready\n200 snapshot loaded\n300 \(signal)\n9000 …")
    #expect(
      life.answers == """
        300 restore report: duration 300 billed 100 error \(error)
        300 caller: error \(error)
        """)
    #expect(life.orders.hasSuffix("gone failure"))
  }

  @Test(
    "reset after a failed invocation, it initializes inside the next one, as on demand [execution environment page]"
  )
  func reset() throws {
    let life = try restore(
      timeout: 1_000,
      """
      0 sandbox ready
      0 snapshot loaded
      0 restored
      300 request
      500 runtime exits
      600 request
      700 function init
      800 runtime next
      900 response
      900 runtime next
      1000 …
      """)
    #expect(
      life.lanes == """
        runtime init             =
        function init             =
        restore            |
        invoke                =x   =
        frozen             ===      >
        runtime shutdown        x
        """)
    #expect(life.answers.hasSuffix("900 report: duration 300 success"))
  }

  @Test("restore signals out of their order are anomalies")
  func outOfOrder() throws {
    var life = try restore(
      "0 snapshot loaded\n0 sandbox ready\n0 restored\n0 snapshot loaded\n0 snapshot loaded")
    #expect(
      life.anomalies == [
        "snapshotLoaded in creating", "restored in restoring", "snapshotLoaded in restoring",
      ])
    try life.go(on: "100 restored\n200 restored\n200 restore fails")
    #expect(life.anomalies.suffix(2) == ["restored in ready", "restoreFailed in ready"])
  }
}
