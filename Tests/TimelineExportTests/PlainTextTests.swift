import LambdaLifecycle
import Testing
import TimelineExport

@Suite("Plain lines")
struct PlainTextTests {
  /// A line for an event of env-1 of `hello`, at 1.25 s.
  private func line(
    _ kind: (inout EventLog) -> LifecycleEvent.Kind, request: String = "", environment: Bool = true
  ) -> String? {
    var log = EventLog()
    let function = log.catalog.name("hello")
    let id = environment ? log.catalog.environment(log.catalog.name("env-1"), of: function) : .none
    let request = request.isEmpty ? RequestID.none : log.catalog.request(request)
    let event = LifecycleEvent(
      time: .milliseconds(101_250), function: function, environment: id, request: request, kind: kind(&log))
    return PlainText(origin: .seconds(100)).line(event, log)
  }

  private typealias Sample = (kind: @Sendable (inout EventLog) -> LifecycleEvent.Kind, words: String)

  private static let samples: [Sample] = [
    (
      {
        .functionDescribed(
          FunctionDescription(
            runtime: $0.catalog.name("python3.13"), memoryMB: 512, timeout: .seconds(3),
            idleTimeout: .seconds(360)))
      }, "function: python3.13, 512 MB, timeout 3 s, idle timeout 6 min"
    ),
    (
      { _ in
        .functionDescribed(
          FunctionDescription(
            architecture: .arm64, initializationType: .snapStart, reservedConcurrency: 0,
            provisionedConcurrency: 5))
      }, "function: arm64, snap-start, reserved concurrency 0, provisioned concurrency 5"
    ),
    ({ _ in .environmentCreated(.snapStart) }, "environment created, snap-start"),
    ({ _ in .environmentCreated(.unknown) }, "environment created"),
    ({ _ in .environmentGone(.spindown, detail: .none) }, "environment gone: spindown"),
    (
      { .environmentGone(.emulatorFailure, detail: $0.catalog.name("panic")) },
      "environment gone: emulatorFailure (panic)"
    ),
    ({ _ in .phaseBegan(.functionInit) }, "function init began"),
    (
      { .phaseBegan(.extensionInit, extensionName: $0.catalog.name("logs-agent")) },
      "extension init began (logs-agent)"
    ),
    ({ _ in .phaseEnded(PhaseEnd(.invoke)) }, "invoke ended"),
    (
      {
        .phaseEnded(
          PhaseEnd(
            .extensionInit, outcome: .error, errorType: ErrorType.extensionCrash.name,
            extensionName: $0.catalog.name("logs-agent"), duration: .milliseconds(81)))
      }, "extension init of logs-agent ended: error after 81 ms (Extension.Crash)"
    ),
    ({ _ in .thawed }, "thawed"),
    (
      { _ in .runtimeDone(.timeout, errorType: ErrorType.sandboxTimedout.name) },
      "runtime done: timeout (Sandbox.Timedout)"
    ),
    (
      { .extensionState(name: $0.catalog.name("logs-agent"), .registered, errorType: .none) },
      "extension logs-agent: Registered"
    ),
    ({ _ in .requestArrived }, "request arrived"), ({ _ in .requestAssigned }, "request assigned"),
    ({ .requestThrottled(reason: $0.catalog.name("Limit")) }, "request throttled (Limit)"),
    (
      { _ in .requestAnswered(.error, errorType: ErrorType.runtimeExitError.name) },
      "request answered: error (Runtime.ExitError)"
    ),
    (
      { _ in
        .report(
          Report(
            duration: .milliseconds(600), initDuration: .milliseconds(900), billedMs: 1_500, memoryMB: 128,
            maxMemoryUsedMB: 64))
      }, "report: duration 600 ms, init 900 ms, billed 1,500 ms, 128 MB, used 64 MB"
    ),
    (
      { _ in .report(Report(restoreDuration: .milliseconds(310), billedRestoreMs: 90)) },
      "report: restore 310 ms, billed restore 90 ms"
    ),
    (
      { _ in
        .initReport(
          InitReport(
            initializationType: .provisionedConcurrency, duration: .milliseconds(600), billedMs: 600,
            outcome: .error, errorType: ErrorType.runtimeExitError.name))
      }, "init report: provisioned-concurrency, error (Runtime.ExitError), duration 600 ms, billed 600 ms"
    ),
    ({ _ in .initReport(InitReport(isSuppressed: true)) }, "init report, inside the invocation"),
    ({ .requestDropped(reason: $0.catalog.name("TooOld")) }, "event dropped (TooOld)"),
    ({ .output(.extension, $0.text.append("hello there")) }, "extension output: hello there"),
    ({ _ in .settingChanged(.idleTimeout, .seconds(20)) }, "idle timeout is now 20 s"),
    ({ .marker($0.catalog.name("look here")) }, "marker: look here"),
    ({ _ in .forked(at: .milliseconds(100_500)) }, "forked: what came after 00:00.5 is void"),
    ({ .dropped(count: 12, reason: $0.catalog.name("full")) }, "12 records dropped (full)"),
    (
      { .undecodable(reason: $0.catalog.name("no JSON"), $0.text.append("{oops")) },
      "not understood (no JSON): {oops"
    ),
  ]

  @Test("one readable line for every kind of event", arguments: samples.indices)
  func kinds(index: Int) {
    let (kind, words) = Self.samples[index]
    #expect(line(kind) == "    1.250  env-1  \(words)")
    #expect(line(kind, environment: false) == "    1.250  hello  \(words)")
    #expect(line(kind, request: "request-7") == "    1.250  env-1  \(words)  request-7")
  }

  @Test("a report that knows less says less, without a stray comma")
  func partialReport() {
    #expect(line { _ in .report(Report(billedMs: 12)) } == "    1.250  env-1  report: billed 12 ms")
    #expect(line { _ in .functionDescribed(FunctionDescription()) }?.hasSuffix(": ") != true)
  }

  @Test(
    "control characters, escape sequences and bidi marks are shown, not passed on",
    arguments: [
      "\u{1B}[31mred", "a\rb\nc\td", "\u{7}\u{8}", "\u{9B}2J", "\u{202E}evil", "\u{2066}\u{2069}",
      "\u{61C}", "\u{200B}\u{FEFF}", "\u{2028}\u{2029}", "\u{E0041}", "\u{AD}", "\u{2060}",
    ])
  func harmless(text: String) throws {
    let lines = [
      line { .output(.function, $0.text.append(text)) }, line { .marker($0.catalog.name(text)) },
      line { .undecodable(reason: $0.catalog.name(text), $0.text.append(text)) },
      line({ _ in .thawed }, request: text),
      line { .requestAnswered(.error, errorType: $0.catalog.name(text)) },
    ]
    for line in lines {
      let line = try #require(line)
      #expect(!line.unicodeScalars.contains { isDangerous($0) || $0 == "\n" }, "\(line.debugDescription)")
    }
  }

  @Test("text in other scripts is kept")
  func scripts() {
    #expect(line { .output(.function, $0.text.append("日本 é ✖")) }?.hasSuffix(": 日本 é ✖") == true)
  }

  @Test("an output whose text has been let go is still a line")
  func lost() {
    #expect(
      line { _ in .output(.function, TextRange(offset: 999, length: 5)) }
        == "    1.250  env-1  function output: ")
  }
}
