import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

@Suite struct TelemetryDecoderTests {
  private let request = "459921b5-681c-4a96-beb0-81e0aa586026"

  private func event(_ type: String, at milliseconds: Int, _ record: String) -> String {
    let fraction = String(milliseconds % 1_000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return
      #"{"time":"2024-05-20T16:29:\#(10 + milliseconds / 1_000).\#(padded)Z","type":"\#(type)","record":\#(record)}"#
  }

  private func text(_ lines: String...) -> String {
    render(decode(lines.joined(separator: "\n"), as: .telemetry))
  }

  @Test func managedInstancesCaptureTellsWhatHappened() throws {
    let log = decode(try Fixture.telemetryBodies().joined(separator: "\n"))
    try expectGolden("managed-instances", render(log))
  }

  @Test func onDemandColdStart() {
    #expect(
      text(
        event(
          "platform.initStart", at: 0,
          #"{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:18.v28","functionName":"hello"}"#
        ),
        event("platform.extension", at: 150, #"{"name":"agent","state":"Ready","events":["INVOKE"]}"#),
        event(
          "platform.initRuntimeDone", at: 170,
          #"{"initializationType":"on-demand","phase":"init","status":"success"}"#),
        event(
          "platform.initReport", at: 174,
          #"{"initializationType":"on-demand","phase":"init","metrics":{"durationMs":173.778}}"#),
        event(
          "platform.start", at: 174,
          #"{"requestId":"\#(request)","version":"$LATEST","tracing":{"a":[1,{}]}}"#),
        event("function", at: 180, #""hello\n""#),
        event(
          "platform.runtimeDone", at: 185,
          #"{"metrics":{"durationMs":11.185,"producedBytes":40},"requestId":"\#(request)","status":"success","spans":[]}"#
        ),
        event(
          "platform.report", at: 186,
          #"{"requestId":"\#(request)","metrics":{"durationMs":11.642,"billedDurationMs":12,"memorySizeMB":128,"maxMemoryUsedMB":67,"initDurationMs":174.055},"status":"success"}"#
        )) == """
          0.000000 env-1 created on-demand
          0.000000 env-1 function nodejs:18.v28
          0.000000 env-1 begin init
          0.150000 env-1 extension agent Ready
          0.174000 env-1 end init success length=0.173778
          0.174000 env-1 initReport on-demand duration=0.173778 success
          0.174000 env-1 begin invoke (459921b5)
          0.180000 env-1 function: hello
          0.185000 env-1 runtimeDone success (459921b5)
          0.186000 env-1 function nodejs:18.v28 memory=128
          0.186000 env-1 end invoke success length=0.011642 (459921b5)
          0.186000 env-1 report duration=0.011642 init=0.174055 billed=12 memory=128 used=67 success (459921b5)

          """)
  }

  @Test func suppressedInitIsTakenOffTheInvoke() {
    let found = text(
      event("platform.initStart", at: 0, #"{"phase":"invoke","functionName":"hello"}"#),
      event(
        "platform.initReport", at: 900, #"{"phase":"invoke","status":"success","metrics":{"durationMs":900}}"#
      ),
      event("platform.start", at: 900, #"{"requestId":"\#(request)"}"#),
      event(
        "platform.report", at: 910,
        #"{"requestId":"\#(request)","status":"success","metrics":{"durationMs":909.5}}"#))
    #expect(found.contains("end invoke success length=0.009500 (459921b5)"))
    #expect(found.contains("report duration=0.909500 success"))
  }

  /// Publishing a version, then a restore for its first request [SnapStart monitoring page].
  @Test func snapStart() {
    #expect(
      text(
        event(
          "platform.initStart", at: 0,
          #"{"initializationType":"snap-start","phase":"init","functionName":"hello"}"#),
        event(
          "platform.initReport", at: 900,
          #"{"initializationType":"snap-start","phase":"init","status":"success","metrics":{"durationMs":900.5,"billedDurationMs":901}}"#
        ),
        event("platform.restoreStart", at: 5_000, #"{"functionName":"hello"}"#),
        event(
          "platform.restoreRuntimeDone", at: 5_300, #"{"status":"success"}"#),
        event(
          "platform.restoreReport", at: 5_310, #"{"status":"success","metrics":{"durationMs":310.25}}"#),
        event("platform.start", at: 5_310, #"{"requestId":"\#(request)"}"#),
        event(
          "platform.report", at: 5_617,
          #"{"requestId":"\#(request)","metrics":{"durationMs":306.34,"billedDurationMs":610,"memorySizeMB":128,"restoreDurationMs":310.25,"billedRestoreDurationMs":303},"status":"success"}"#
        )) == """
          0.000000 env-1 created snap-start
          0.000000 env-1 begin init
          0.900000 env-1 end init success length=0.900500
          0.900000 env-1 initReport snap-start duration=0.900500 billed=901 success
          5.000000 env-2 created snap-start
          5.000000 env-2 begin restore
          5.310000 env-2 end restore success length=0.310250
          5.310000 env-2 begin invoke (459921b5)
          5.617000 env-2 function memory=128
          5.617000 env-2 end invoke success length=0.306340 (459921b5)
          5.617000 env-2 report duration=0.306340 restore=0.310250 billedRestore=303 billed=610 memory=128 success (459921b5)

          """)
  }

  @Test func initsStartTheNextEnvironment() {
    func start(_ record: String) -> String { event("platform.initStart", at: 0, record) }
    let ready = event("platform.initReport", at: 0, #"{"phase":"init","status":"success"}"#)
    let log = decode(
      [
        start(#"{"functionName":"a","phase":"init"}"#), ready, start(#"{"functionName":"a","phase":"init"}"#),
        ready,
        start(#"{"functionName":"a","phase":"invoke"}"#), start(#"{"functionName":"b","phase":"init"}"#),
        start(#"{"functionName":"b","phase":"init","instanceId":"$LATEST"}"#),
        start(#"{"functionName":"b","phase":"init","instanceId":"i-1"}"#),
        start(#"{"functionName":"b","phase":"init","instanceId":"i-1"}"#),
      ].joined(separator: "\n"), as: .telemetry)
    let begun = log.events.filter { if case .phaseBegan = $0.kind { true } else { false } }
    #expect(
      begun.map { log.catalog.text($0.environment) + " " + log.catalog.text($0.function) } == [
        "env-1 a", "env-2 a", "env-2 a", "env-3 b", "env-3 b", "i-1 b", "i-1 b",
      ])
    let created = log.events.filter { if case .environmentCreated = $0.kind { true } else { false } }
    #expect(created.count == 4)
  }

  @Test func outcomesAndErrorsAreKept() {
    let found = text(
      event("platform.start", at: 0, #"{"requestId":"\#(request)"}"#),
      event(
        "platform.runtimeDone", at: 5,
        #"{"requestId":"\#(request)","status":"error","errorType":"Runtime.ExitError"}"#),
      event(
        "platform.report", at: 6,
        #"{"status":"timeout","requestId":"\#(request)","metrics":{"durationMs":5000.0},"errorType":"Sandbox.Timedout"}"#
      ))
    #expect(found.contains("runtimeDone error Runtime.ExitError (459921b5)"))
    #expect(found.contains("end invoke timeout Sandbox.Timedout length=5.000000 (459921b5)"))
  }

  @Test func restoreIsAPhase() {
    #expect(
      text(
        event("platform.restoreStart", at: 0, #"{"functionName":"f","instanceId":"x"}"#),
        event("platform.restoreRuntimeDone", at: 10, #"{"status":"success"}"#),
        event("platform.restoreReport", at: 15, #"{"status":"success","metrics":{"durationMs":15.19}}"#))
          == """
          0.000000 x created snap-start
          0.000000 x begin restore
          0.015000 x end restore success length=0.015190

          """)
  }

  @Test func keysComeInAnyOrder() {
    let line =
      #"{ "record" : { "status" : "success", "metrics" : { "durationMs" : 1e1 } , "requestId" : "r-1" }, "more": {"a":[]}, "type":"platform.report","time":"2024-05-20T16:29:10.000Z" }"#
    #expect(text(line).contains("end invoke success length=0.010000 (r-1)"))
  }

  @Test func droppedLogsAndOutputObjects() {
    let found = text(
      event("platform.logsDropped", at: 0, #"{"droppedBytes":12345,"droppedRecords":123,"reason":"slow"}"#),
      event(
        "function", at: 1,
        #"{"level":"INFO","requestId":"\#(request)","message":"hi","status":7,"metrics":"none"}"#),
      event("extension", at: 2, #""\u00e4""#))
    #expect(found.contains("dropped 123 slow"))
    #expect(found.contains(#"function: {"level":"INFO","requestId""#))
    #expect(found.contains("extension: ä\n"))
  }

  @Test(arguments: [
    ("no json", "expected a JSON object"), (#"{"time":"2024-05-20T16:29:10Z","type":"x""#, "not valid JSON"),
    (#"{"type":"platform.start","record":{}}"#, "its \"time\""),
    (#"{"time":"2024-05-20T16:29:10Z","record":{}}"#, "no \"type\""),
    (
      #"{"time":"2024-05-20T16:29:10Z","type":"platform.new","record":{}}"#, "unknown event type platform.new"
    ),
    (#"{"time":"2024-05-20T16:29:10Z","type":"platform.start","record":{}}"#, "without \"requestId\""),
    (#"{"time":"2024-05-20T16:29:10Z","type":"function","record":""} x"#, "not valid JSON"),
    ("[1]", "expected an object"),
  ])
  func whatIsNotUnderstoodIsCounted(line: String, reason: String) throws {
    let log = decode(line, as: .telemetry)
    let found = try #require(log.undecodable.first)
    #expect(log.events.count == 1)
    #expect(found.reason.contains(reason), "\(found.reason)")
  }

  @Test func arrayKeepsWhatCameBeforeAnError() {
    let start = event("platform.start", at: 0, #"{"requestId":"\#(request)"}"#)
    let log = decode("[\(start),{\"time\":", as: .telemetry)
    #expect(log.events.count == 2)
    #expect(log.undecodable.map(\.text) == ["{\"time\":"])
  }
}
