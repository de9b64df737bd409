import Foundation
import LambdaEmulator
import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// A real extension takes telemetry: it gets the same events as the recording.
@Suite(.serialized, .timeLimit(.minutes(3))) struct TelemetryTests {
  /// Obeys the files beside it.
  private static let python = """
    import os, time
    here = os.path.dirname(os.path.abspath(__file__))
    def told(name): return os.path.exists(os.path.join(here, name))
    print("loading")
    if told("exitsInInit"):
        while not told("subscribed"): time.sleep(0.002)
        os._exit(1)
    def handler(event, context):
        print("called", 'and "quoted"')
        if told("raises"): raise ValueError("no")
        if told("exits"): os._exit(1)
        if told("hangs"): time.sleep(60)
        return "done"
    """

  /// Calls a function, once with each of some files beside it, then once without.
  /// - Returns: it, when it has ended and all reports have been posted.
  private func run(
    _ causes: [String], whenReady: Bool = false,
    _ change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let function = try await RunningFunction.start(Self.python, extensions: [("ext", TelemetryScript.all)]) {
      $0.function.timeout = .seconds(2)
      $0.freezing = .off
      change(&$0)
    }
    if whenReady { #expect(try await function.wait { $0.phases.last == "init" }) }
    var count = 0
    for cause in causes + [""] {
      if !cause.isEmpty { try function.scratch.write([], to: cause) }
      _ = try await function.call()
      count += 1
      let isTold = try await function.wait { $0.decoded().reports == count }
      #expect(isTold, "\(function.decoded().rows)")
      if !cause.isEmpty { try function.remove(cause) }
      // An extension waits for this at a reset.
      try function.scratch.write([], to: "enough")
      if !cause.isEmpty, cause != "raises" { #expect(try await function.rest(after: count)) }
    }
    try await function.end()
    return function
  }

  @Test(
    "Starts, ends, lengths, ids, outcomes and lines are the recording's",
    arguments: [[], ["raises"], ["hangs"], ["exits"], ["exitsInInit"]])
  func sameStory(_ causes: [String]) async throws {
    let function = try await run(causes)
    let (posted, recorded) = (function.decoded(), function.recorded)
    #expect(posted.until(reports: causes.count + 1) == recorded.until(reports: causes.count + 1))
    #expect(recorded.reports == causes.count + 1)
    let format = WireFormat(function.posted())
    #expect(format.flaws.isEmpty, "\(format.flaws)")
    #expect(function.posted().count > 8)
  }

  @Test("The order of events of a cold start, and what they say beside")
  func coldStart() async throws {
    let function = try await run([])
    let events = function.posted()
    let platform = events.filter { $0["type"]?.string?.hasPrefix("platform.") == true }
    #expect(
      platform.compactMap { $0["type"]?.string } == [
        "platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
        "platform.extension",
        "platform.initReport", "platform.start", "platform.runtimeDone", "platform.report",
      ])
    let records = platform.compactMap { $0["record"] }
    try #require(records.count == 8)
    #expect(records[0]["phase"]?.string == "init")
    #expect(records[0]["initializationType"]?.string == "on-demand")
    #expect(records[0]["functionName"]?.string == "app")
    #expect(records[0]["instanceMaxMemory"]?.integer == 512 << 20)
    #expect(records[1]["types"]?.elements?.compactMap(\.string) == ["platform", "function", "extension"])
    #expect(records[1]["state"]?.string == "Subscribed")
    #expect(records[3]["name"]?.string == "ext")
    #expect(records[3]["state"]?.string == "Ready")
    #expect(records[3]["events"]?.elements?.compactMap(\.string) == ["INVOKE", "SHUTDOWN"])
    #expect(records[4]["status"]?.string == "success")
    #expect(records[4]["metrics"]?["durationMs"] == records[7]["metrics"]?["initDurationMs"])
    #expect(records[6]["metrics"]?["producedBytes"]?.integer == "\"done\"".utf8.count)
    #expect(
      records[6]["spans"]?.elements?.compactMap { $0["name"]?.string } == [
        "responseLatency", "responseDuration", "runtimeOverhead",
      ])
    #expect(records[5]["requestId"] == records[7]["requestId"])
    #expect(records[5]["tracing"] == records[7]["tracing"])
    #expect(records[5]["version"]?.string == "$LATEST")
    #expect(function.markers == ["extension ext is told telemetry: platform, function, extension"])
  }

  @Test("An environment that is initialized ahead tells of what type it is, and its report of no init")
  func provisioned() async throws {
    let function = try await run([], whenReady: true) {
      $0.function.provisioned = ProvisionedConcurrency(environments: 1)
      $0.function.initializationType = .provisionedConcurrency
    }
    let types = function.posted().compactMap { $0["record"]?["initializationType"]?.string }
    #expect(types == Array(repeating: "provisioned-concurrency", count: 3))
    let reports = function.posted().filter { $0["type"]?.string == "platform.report" }
    #expect(reports.count == 1)
    #expect(reports.first?["record"]?["metrics"]?["durationMs"] != nil)
    #expect(reports.first?["record"]?["metrics"]?["initDurationMs"] == nil)
    #expect(WireFormat(function.posted()).flaws.isEmpty)
  }

  @Test("What extensions take after the runtime is told as a span of the report, and is in its duration")
  func overhead() async throws {
    let slow = "register('INVOKE')\nloop(lambda event: event['eventType'] == 'INVOKE' and await_file('done'))"
    let function = try await RunningFunction.start(
      Self.python, extensions: [("ext", TelemetryScript.all), ("slow", slow)]
    ) { $0.freezing = .off }
    _ = try await function.call()
    #expect(try await function.wait { $0.postedTypes().contains("platform.runtimeDone") })
    #expect(function.decoded().reports == 0)
    try function.scratch.write([], to: "done")
    #expect(try await function.wait { $0.decoded().reports == 1 })
    try function.scratch.write([], to: "enough")
    try await function.end()
    func record(_ type: String) -> JSONValue? {
      function.posted().first { $0["type"]?.string == type }?["record"]
    }
    func length(_ value: JSONValue?) throws -> Double {
      guard case .number(let text) = value?["durationMs"] else { return .nan }
      return try #require(Double(text))
    }
    let spans = try #require(record("platform.report")?["spans"]?.elements)
    #expect(spans.compactMap { $0["name"]?.string } == ["extensionOverhead"])
    let sum = try length(record("platform.runtimeDone")?["metrics"]) + length(spans.first)
    // Each is cut to microseconds.
    #expect(try abs(length(record("platform.report")?["metrics"]) - sum) < 0.003)
    #expect(try length(spans.first) > 0)
  }

  @Test("An exception is a success with nothing produced")
  func exception() async throws {
    let function = try await run(["raises"])
    let done = try #require(
      function.posted().first { $0["type"]?.string == "platform.runtimeDone" }?["record"])
    #expect(done["status"]?.string == "success")
    #expect(done["metrics"]?["producedBytes"]?.integer == 0)
  }

  @Test("After a reset the init is told with the phase invoke, before its invocation's start")
  func suppressedInit() async throws {
    let function = try await run(["hangs"])
    let told = function.posted().compactMap { event -> String? in
      let type = event["type"]?.string ?? ""
      let record = event["record"]
      guard ["platform.initStart", "platform.initReport", "platform.start", "platform.report"].contains(type)
      else { return nil }
      let word = record?["phase"]?.string ?? record?["status"]?.string
      return [String(type.dropFirst("platform.".count)), word].compactMap { $0 }.joined(separator: " ")
    }
    #expect(
      told == [
        "initStart init", "initReport init", "start", "report timeout", "initStart invoke",
        "initReport invoke",
        "start", "report success",
      ])
  }

  @Test("The end of an invocation is told at the next thaw, and the last one before SHUTDOWN")
  func nextThaw() async throws {
    let function = try await RunningFunction.start(Self.python, extensions: [("ext", TelemetryScript.all)])
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 1 })
    #expect(!function.postedTypes().contains("platform.report"))
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 2 })
    // It is reported within the second invocation or, where that is shorter than a batch waits, after that.
    #expect(function.decoded().reports <= 1)
    function.emulator.perform(.shutDown(environment: 1))
    #expect(try await function.wait { $0.decoded().reports == 2 }, "\(function.decoded().rows)")
    try function.scratch.write([], to: "enough")
    try await function.end()
    #expect(function.decoded().until(reports: 2) == function.recorded.until(reports: 2))
  }

  @Test("At a crash, what happened is told before SHUTDOWN, however long batches may wait")
  func crash() async throws {
    // An extension has 2,000 ms.
    let text = TelemetryScript.all.replacing("subscribe(port)", with: "subscribe(port, timeout=3000)")
    let function = try await RunningFunction.start(
      """
      import os, time
      here = os.path.dirname(os.path.abspath(__file__))
      def handler(event, context):
          while not os.path.exists(os.path.join(here, "exits")): time.sleep(0.002)
          os._exit(1)
      """, extensions: [("ext", text)]
    ) { $0.function.timeout = .seconds(20) }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    // Nothing waits any more.
    #expect(try await function.wait { $0.postedTypes().contains("platform.start") })
    try function.scratch.write([], to: "exits")
    _ = try await answer
    #expect(try await function.wait { $0.decoded().reports == 1 }, "\(function.decoded().rows)")
    try function.scratch.write([], to: "enough")
    try await function.end()
  }
}
