import LambdaLifecycle
import Testing

@Suite("Error types and reasons")
struct ErrorTypeTests {
  @Test("error types as AWS names them [fatalerror.go; troubleshooting-invocation page; Invoke API]")
  func names() {
    #expect(
      ErrorType.platform.map(\.text) == [
        "", "Sandbox.Timedout", "Sandbox.Failure", "Runtime.ExitError", "Runtime.OutOfMemory",
        "Runtime.InitError",
        "Runtime.Unknown", "Extension.LaunchError", "Extension.InitError", "Extension.ExitError",
        "Extension.Crash", "Function.Unknown", "Runtime.ImportModuleError", "Runtime.InvalidEntrypoint",
        "SnapStartTimeoutException", "SnapStartException", "SnapStartNotReadyException",
      ])
  }

  @Test("a runtime's own error type comes to the caller as it is [troubleshooting-invocation page]")
  func runtimeError() throws {
    let life = try Life(
      "0 request\n0 sandbox ready\n100 runtime exits\n200 runtime fails Runtime.InvalidEntrypoint")
    #expect(life.answers.contains("200 caller: error Runtime.InvalidEntrypoint"))
  }

  @Test(
    "extensions are told why: timeout, failure or spindown [Extensions API page; handleReset]",
    arguments: [
      ("1300 …", ShutdownReason.timeout), ("500 extension 1 exits", .failure),
      ("400 response\n400 runtime next\n400 extension 0 next\n400 extension 1 next\n500 reclaim", .spindown),
    ])
  func reasons(script: String, reason: ShutdownReason) throws {
    let life = try Life(
      extensions: 2, timeout: 1_000, Life.warmWithExtensions + "300 request\n" + script + "\n9000 …")
    let reasons = life.told.compactMap { told in
      if case .sendShutdown(_, let reason, _, _) = told.action { reason } else { nil }
    }
    #expect(reasons == [reason])
  }

  @Test("reasons are sent in lower case and read in either [shutdown.go; Extensions API page]")
  func wireNames() {
    #expect(
      [ShutdownReason.spindown, .timeout, .failure].map(\.wireName) == ["spindown", "timeout", "failure"])
    #expect(ShutdownReason(wireName: "SPINDOWN") == .spindown)
    #expect(ShutdownReason(wireName: "Timeout") == .timeout)
  }
}
