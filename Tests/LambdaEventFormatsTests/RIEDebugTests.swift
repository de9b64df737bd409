import LambdaEventFormats
import LambdaLifecycle
import Testing

/// At log level debug the emulator prints the calls that its processes make, and with them the true
/// boundaries.
@Suite struct RIEDebugTests {
  private let id = "11111111-1111-4111-8111-111111111111"
  private let agent = "87f16312-5985-4393-8d6a-2677ea88d93b"

  private func stamp(_ milliseconds: Int, _ message: String, level: String = "DEBUG") -> String {
    let fraction = String(1_000 + milliseconds % 1_000).dropFirst()
    return "23 Nov 2026 03:06:\(10 + milliseconds / 1_000),\(fraction) [\(level)] (rapid) \(message)"
  }

  private func call(_ milliseconds: Int, _ call: String, _ headers: String = "Accept:[*/*]") -> String {
    stamp(milliseconds, "API request - \(call), Headers:map[\(headers)]")
  }

  private func text(_ lines: [String]) -> String { render(decode(lines.joined(separator: "\n"))) }

  /// The runtime is ready first: the rest of init is the extension's [Extensions API page: init ends when the runtime and
  /// all extensions have called Next].
  @Test func anExtensionMayBeReadyAfterTheRuntime() {
    #expect(
      text([
        stamp(0, "INIT START(type: on-demand, phase: init)"),
        call(80, "POST /2020-01-01/extension/register", "Lambda-Extension-Name:[one]"),
        stamp(80, "External agent one (\(agent)) registered, subscribed to [INVOKE]"),
        stamp(81, "Start runtime"),
        stamp(81, "Starting runtime without AWS_ACCESS_KEY_ID , Expected?: false"),
        call(300, "GET /2018-06-01/runtime/invocation/next"),
        stamp(300, "INIT RTDONE(status: success)"),
        call(500, "GET /2020-01-01/extension/event/next", "Lambda-Extension-Identifier:[\(agent)]"),
        stamp(500, "INIT REPORT(durationMs: 500.300000)"),
        stamp(501, "INVOKE START(requestId: \(id))"),
        call(510, "GET /2020-01-01/extension/event/next", "Lambda-Extension-Identifier:[\(agent)]"),
      ]) == """
        0.000000 rie-1 created on-demand
        0.000000 rie-1 begin extensionInit
        0.000000 rie-1 begin extensionInit one
        0.080000 rie-1 extension one Registered
        0.081000 rie-1 end extensionInit success
        0.081000 rie-1 begin init
        0.300000 rie-1 end init success
        0.500000 rie-1 end extensionInit one success
        0.500000 rie-1 extension one Ready
        0.501000 rie-1 begin invoke (11111111)

        """)
  }

  /// An exception of the handler is a success of the invocation and an error to the caller [Runtime API page].
  @Test(arguments: [
    (#"Lambda-Runtime-Function-Error-Type:[Runtime.Handled] User-Agent:[x]"#, "Runtime.Handled"),
    (
      #"Lambda-Runtime-Function-Xray-Error-Cause:[{"exceptions": [{"message": "]", "type": "ValueError"}]}]"#,
      "ValueError"
    ),
    (#"Lambda-Runtime-Function-Xray-Error-Cause:[{"exceptions": [{"type": "Va"#, ""),
    ("", ""),
  ])
  func anErrorOfTheHandlerIsTheCallers(headers: String, type: String) {
    let told = text([
      stamp(0, "INVOKE START(requestId: \(id))"),
      call(10, "POST /2018-06-01/runtime/invocation/\(id)/error", headers),
      stamp(10, "INVOKE RTDONE(status: success, produced bytes: 0, duration: 10.000000ms)"),
      "REPORT RequestId: \(id)\tDuration: 10.00 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t",
    ])
    #expect(told.contains("end invoke success length=0.010000 (11111111)\n"))
    #expect(told.contains("report duration=0.010000 billed=10 memory=128 success (11111111)\n"))
    #expect(told.contains("answered error\(type.isEmpty ? "" : " " + type) (11111111)\n"))
  }

  /// The emulator counts an init into Duration: one that nobody saw would make the invocation too long.
  @Test func theEndThatWasSeenWins() {
    let told = text([
      stamp(0, "INVOKE START(requestId: \(id))"),
      stamp(10, "INVOKE RTDONE(status: success, produced bytes: 0, duration: 10.000000ms)"),
      stamp(10, "Invoke() success"),
      "REPORT RequestId: \(id)\tDuration: 910.00 ms\tBilled Duration: 910 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t",
    ])
    #expect(told.contains("0.010000 rie-1 end invoke success (11111111)\n"))
    #expect(told.contains("0.010000 rie-1 answered success (11111111)\n"))
  }
}
