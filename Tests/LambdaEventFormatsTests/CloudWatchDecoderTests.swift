import LambdaEventFormats
import LambdaLifecycle
import Testing

@Suite struct CloudWatchDecoderTests {
  private let request = "4591e223-9f68-457f-b518-f6a03fab0046"
  private let stream = "2026/07/09/[$LATEST]4f0c3c1bd3f64a4fa8a0d6a1f24a5b61"

  /// A line of `aws logs tail`, so many milliseconds after a full minute.
  private func tail(_ milliseconds: Int, _ message: String, _ stream: String? = nil) -> String {
    let fraction = String(milliseconds % 1_000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    let second = milliseconds / 1_000
    return
      "2026-07-09T06:05:\(second < 10 ? "0" : "")\(second).\(padded)000+00:00 \(stream ?? self.stream) \(message)"
  }

  private func decoded(_ lines: [String]) -> EventLog {
    decode(lines.joined(separator: "\n") + "\n", as: .cloudWatch)
  }

  private func lifecycle(_ lines: String...) -> String {
    renderLifecycle(decoded(lines)).replacing(stream, with: "env")
  }

  private func report(_ fields: String) -> String {
    "REPORT RequestId: \(request)\tDuration: \(fields)"
  }

  @Test func thePlatformsLinesAreNotOutput() {
    let log = decoded([
      tail(0, "LOGS\tName: cloudwatch_lambda_agent\tState: Subscribed\tTypes: [Platform]"),
      tail(0, "TELEMETRY\tName: datadog-agent\tState: Subscribed\tTypes: [Platform, Function, Extension]"),
      tail(
        0, "XRAY TraceId: 1-6ac7c67a-1c0aa43118a5d54708c0da61\tSegmentId: 2d54219895e821dd\tSampled: true"),
      tail(0, "EXTENSION\tName: two words\tState: Ready\tEvents: []"),
    ])
    #expect(render(log).replacing(stream, with: "env") == "0.000000 env extension two words Ready\n")
  }

  /// `aws logs tail --format short` and start-live-tail name no stream; an environment serves one request at a time
  /// [concurrency page].
  @Test func aRequestBesideAnotherIsInAnotherEnvironment() {
    let other = "b771fecc-1b53-4faf-922d-1d74357b1676"
    func short(_ second: Int, _ message: String) -> String { "2026-07-09T06:05:0\(second) \(message)" }
    let found = renderLifecycle(
      decoded([
        short(0, "START RequestId: \(request) Version: $LATEST"),
        short(1, "START RequestId: \(other) Version: $LATEST"),
        short(3, "END RequestId: \(request)"), short(3, report("3000.00 ms\tMax Memory Used: 64 MB")),
        short(4, "START RequestId: third Version: $LATEST"),
        short(5, "REPORT RequestId: \(other)\tDuration: 4000.00 ms\tMax Memory Used: 64 MB"),
      ]))
    #expect(
      found == """
        0.000000 env-1 begin invoke (4591e223)
        3.000000 env-1 end invoke success length=3.000000 (4591e223)
        3.000000 env-1 report duration=3.000000 used=64 success (4591e223)
        1.000000 env-2 begin invoke (b771fecc)
        5.000000 env-2 end invoke success length=4.000000 (b771fecc)
        5.000000 env-2 report duration=4.000000 used=64 success (b771fecc)
        4.000000 env-1 begin invoke (third)

        """)
  }

  /// The init was before we began to listen: only its length is reported.
  @Test func initDurationAlone() {
    #expect(
      lifecycle(
        tail(500, "START RequestId: \(request) Version: $LATEST"), tail(530, "END RequestId: \(request)"),
        tail(
          530, report("28.50 ms\tBilled Duration: 429 ms\tMax Memory Used: 95 MB\tInit Duration: 400.00 ms"))
      ) == """
        0.000000 env begin invoke (4591e223)
        0.000000 env end init success length=0.400000
        0.030000 env end invoke success length=0.028500 (4591e223)
        0.030000 env report duration=0.028500 init=0.400000 billed=429 used=95 success (4591e223)

        """)
  }

  /// A retry has the id of the attempt before it, often in the same environment [real logs].
  @Test func aRetryIsNoRepetition() {
    let start = "START RequestId: \(request) Version: $LATEST"
    let end = report("10.00 ms\tMax Memory Used: 64 MB")
    let lines = [tail(0, start), tail(11, end), tail(9_000, start), tail(9_011, end)]
    let begun = decoded(lines + lines).events.filter { $0.kind == .phaseBegan(.invoke) }
    #expect(begun.map { ($0.time - begun[0].time) / 1_000_000 } == [0, 9_000])
  }

  @Test func theFunctionsNameIsTakenWhereItIsTold() {
    let log = decode(
      """
      {"sessionUpdate":{"sessionMetadata":{"sampled":false},"sessionResults":[{"logStreamName":"\(stream)",\
      "logGroupIdentifier":"123456789012:/aws/lambda/orders","message":"START RequestId: \(request) Version: 1",\
      "timestamp":1783577130000,"ingestionTime":1783577130100}]}}
      """)
    #expect(log.events.map { log.catalog.text($0.function) } == ["orders"])
    let shared = decoded([tail(0, "hello", "2026/07/09/payments[$LATEST]4f0c3c1bd3f64a4fa8a0d6a1f24a5b61")])
    #expect(shared.events.map { shared.catalog.text($0.function) } == ["payments"])
  }

  /// Where a whole invocation has one time, the length of a part of it is not known.
  @Test func marks() {
    func marks(_ log: EventLog) -> [Mark.Edge] {
      log.events.compactMap { if case .mark(let mark) = $0.kind { mark.edge } else { nil } }
    }
    let lines = [
      "INIT_START Runtime Version: nodejs:22.v30\tRuntime Version ARN: arn", "lanes: db connect begin",
      "2026-07-09T06:05:30.416Z\tundefined\tINFO\tlanes: db connect end",
    ]
    #expect(marks(decoded(lines.map { tail(0, $0) })) == [.begin, .end])
    #expect(marks(decoded(lines)) == [.moment, .moment])
    let held = ["START RequestId: \(request) Version: $LATEST"] + lines.dropFirst()
    #expect(marks(decoded(held.map { tail(0, $0) })) == [.moment, .moment])
  }

  @Test func polledTwiceIsToldOnce() {
    func event(_ id: Int) -> String {
      #"{"logStreamName":"\#(stream)","timestamp":1783577130000,"message":"hello","ingestionTime":1,"eventId":"\#(id)"}"#
    }
    let many = (0..<20_000).map(event)
    #expect(decoded([event(1), event(1), event(2)]).events.count == 2)
    #expect(decoded(many + [event(19_999), event(10_000)]).events.count == 20_000)
  }

  @Test func outputThatLooksLikeAnEnvelopeStaysOutput() {
    let log = decoded([
      tail(0, "first"), "2024-01-29T16:41:15.998Z a second line", "2026-07-09T06:05:30 a third",
    ])
    #expect(
      render(log).replacing(stream, with: "env") == """
        0.000000 env function: first
        0.000000 env function: 2024-01-29T16:41:15.998Z a second line
        0.000000 env function: 2026-07-09T06:05:30 a third

        """)
  }

  @Test func jsonThatTheFunctionPrintsIsOutput() {
    let log = decoded([
      tail(0, ""), "{", "    \"level\": \"INFO\",", "    \"requestId\": \"\(request)\",", "    \"n\": [1, 2]",
      "}", tail(1, "{"), tail(2, "broken"), tail(3, #"{"type":"platform.start"}"#), tail(4, "[1,2]"),
    ])
    #expect(
      render(log).replacing(stream, with: "env") == """
        0.000000 env function: {"level": "INFO","requestId": "4591e223-9f68-457f-b518-f6... (4591e223)
        0.001000 env function: {
        0.002000 env function: broken
        0.003000 env function: {"type":"platform.start"}
        0.004000 env function: [1,2]

        """)
  }

  @Test func noiseIsCounted() {
    let log = decoded([
      "An error occurred (ThrottlingException)", #"{"events": ["#, #"{"message": "x", "timestamp": 1e99,"#,
      #""ingestionTime": 1}, {bad}"#, "]}", "rest", "{}", "",
    ])
    #expect(
      log.undecodable.map(\.reason) == [
        "no log event: nothing before it tells when it was written, or by which environment",
        "a log event without a timestamp in milliseconds", "not valid JSON",
        "no log event: expected a JSON object",
      ])
  }

  @Test func hugeNumbersAndLinesDoNoHarm() {
    let big = String(repeating: "9", count: 400)
    let log = decoded([
      tail(0, "START RequestId: \(request) Version: $LATEST"),
      tail(1, report("\(big) ms\tBilled Duration: \(big) ms\tMax Memory Used: \(big) MB")),
      tail(2, "INIT_REPORT Init Duration: \(big) ms\tPhase: invoke"),
      tail(3, "INIT_REPORT Init Duration: 999999999000 ms\tPhase: invoke"),
      tail(4, "START RequestId: x Version: 1"),
      tail(5, "REPORT RequestId: x\tDuration: 1 ms\tMax Memory Used: 1 MB"),
      tail(6, "{"), String(repeating: "\"", count: 1 << 20), "{" + String(repeating: "[", count: 100_000),
      "\u{1B}[31", "\u{1B}]0;title\u{7}\u{1B}[2J", "9999-99-99T99:99:99.999999+00:00 x",
    ])
    #expect(log.events.count > 5)
    var timeline = Timeline(.cloudWatch)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    #expect(timeline.statistics.requests == 2)
  }
}
