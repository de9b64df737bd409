import LambdaEventFormats
import LambdaLifecycle
import Testing

/// The lines that runtime clients themselves print of a failed handler, and those of loggers that look alike.
/// They are from the clients' sources and from real logs.
@Suite struct HandlerErrorTests {
  private static let request = "4591e223-9f68-457f-b518-f6a03fab0046"

  /// The error of the one request of a log that has these lines of output: nil where it was answered well.
  private func error(_ output: [String]) throws -> String? {
    let lines =
      ["START RequestId: \(Self.request) Version: $LATEST"] + output + [
        "END RequestId: \(Self.request)",
        "REPORT RequestId: \(Self.request)\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t",
      ]
    let log = decode(lines.joined(separator: "\n") + "\n", as: .cloudWatch)
    var timeline = Timeline(.cloudWatch)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    let answered = try #require(timeline.requests.first)
    #expect(timeline.requests.count == 1)
    // The runtime lives on: the invocation is a success, and the environment rests after it.
    #expect(timeline.tracks[0].rows.map(\.outcome) == [.success])
    return answered.outcome.isBad ? log.catalog.text(answered.errorType) : nil
  }

  private static let stamp = "2026-03-02T08:00:00.010Z\t\(request)\t"

  static let failures: [(type: String, lines: [String])] = [
    (
      "ValueError",
      ["[ERROR] ValueError: no such order", "Traceback (most recent call last):", "\u{A0}\u{A0}File \"a\""]
    ),
    ("ValueError", ["[ERROR] ValueError: no\rTraceback (most recent call last):\r\u{A0}\u{A0}File \"a\""]),
    ("KeyError", ["[ERROR] KeyError", "Traceback (most recent call last):"]),
    ("ValueError", ["[ERROR] ValueError: a text", "of two lines", "Traceback (most recent call last):"]),
    (
      "TypeError",
      [stamp + "ERROR\tInvoke Error \t{\"errorType\":\"TypeError\",\"errorMessage\":\"x\",\"stack\":[]}"]
    ),
    (
      "Error",
      [stamp + "ERROR\t[dd.trace_id=1 dd.span_id=2] Invoke Error \t{\"errorType\":\"Error\",\"stack\":[]}"]
    ),
    (
      "Error",
      [
        "2026-03-02T08:00:00.010Z \(request) ERROR Uncaught Exception {\"errorType\":\"Error\",\"errorMessage\":\"x\"}"
      ]
    ),
    ("Error", ["ERROR\tInvoke Error \t{\"errorType\":\"Error\",\"errorMessage\":\"x\"}"]),
    (
      "java.lang.IllegalStateException",
      [
        "no such order: java.lang.IllegalStateException", "java.lang.IllegalStateException: no such order",
        "\tat example.Handler.handleRequest(Handler.java:17)",
      ]
    ),
    (
      "java.lang.NullPointerException",
      [
        "java.lang.NullPointerException: java.lang.NullPointerException", "java.lang.NullPointerException",
      ]
    ),
    (
      "System.Exception",
      [
        stamp + "fail\tSystem.Exception: boom", "   at Fn.Function.Handle(String s) in Function.cs:line 39",
        "   at Amazon.Lambda.RuntimeSupport.LambdaBootstrap.InvokeOnceAsync(CancellationToken t)",
      ]
    ),
    (
      "TypeError",
      [
        "Error raised from handler method", "{", "  \"errorMessage\": \"no\",",
        "  \"errorType\": \"Function<TypeError>\",",
        "  \"stackTrace\": []", "}",
      ]
    ),
    (
      "NameError",
      [
        "Critical exception from handler",
        "{\"errorMessage\":\"x\",\"errorType\":\"Function<NameError>\",\"stackTrace\":[]}",
      ]
    ),
    ("errorString", ["2026/03/02 08:00:00 {\"errorMessage\":\"boom\",\"errorType\":\"errorString\"}"]),
    ("", ["ERROR Lambda runtime invoke{requestId=\"\(request)\"}: user handler panicked error=Any { .. }"]),
  ]

  @Test(arguments: failures.indices) func isTheClients(place: Int) throws {
    let (type, lines) = Self.failures[place]
    #expect(try error(lines) == type)
    // Other output before and behind it changes nothing.
    #expect(try error(["before"] + lines + ["", "behind"]) == type)
  }

  @Test(arguments: [
    [
      "[ERROR]\t2026-03-02T08:00:00.010Z\t\(request)\tno such order", "Traceback (most recent call last):",
      "  File",
    ],
    ["[ERROR] no such order"], ["[ERROR] ValueError: printed", "and no traceback"],
    ["Traceback (most recent call last):", "  File \"a\"", "ValueError: caught"],
    [stamp + "ERROR\tError: boom", "    at x"], [stamp + "ERROR\tInvoke Error, tried again"],
    [stamp + "INFO\tInvoke Error \t{\"errorType\":\"x\"}"],
    ["java.lang.IllegalStateException: printed", "\tat example.Handler.handleRequest(Handler.java:17)"],
    ["calling: example.Client", "example.Client.get: 200"],
    [stamp + "fail\tSystem.Exception: logged", "   at Fn.Function.Inner(String s)", "done"],
    ["Error raised from handler method", "and nothing else"],
    ["2026/03/02 08:00:00 boom"], ["{\"errorMessage\":\"x\",\"errorType\":\"of another function\"}"],
    ["ERROR Lambda runtime invoke{requestId=\"\(request)\"}: a logged error"],
  ]) func isALoggers(lines: [String]) throws {
    #expect(try error(lines) == nil)
  }

  @Test func ofAnotherRequestIsNotThisOnes() throws {
    let other = "b771fecc-1b53-4faf-922d-1d74357b1676"
    #expect(
      try error(["2026-03-02T08:00:00.010Z\t\(other)\tERROR\tInvoke Error \t{\"errorType\":\"Error\"}"])
        == nil)
  }

  @Test("JSON format: the client's own object has no message beside")
  func json() {
    func outcome(_ fields: String) -> Outcome? {
      let lines = [
        #"{"time":"2026-03-02T08:00:00.000Z","type":"platform.start","record":{"requestId":"\#(Self.request)"}}"#,
        "{\"timestamp\":\"2026-03-02T08:00:00Z\",\"level\":\"ERROR\",\"requestId\":\"\(Self.request)\",\(fields)}",
        #"{"time":"2026-03-02T08:00:00.010Z","type":"platform.report","record":{"requestId":"\#(Self.request)","status":"success","metrics":{"durationMs":9.5}}}"#,
      ].map { "2026-03-02T08:00:00.000Z \($0)" }
      let log = decode(lines.joined(separator: "\n") + "\n", as: .cloudWatch)
      var timeline = Timeline(.cloudWatchJSON)
      for event in log.events { timeline.fold(event) }
      return timeline.requests.first?.outcome
    }
    #expect(outcome(#""errorMessage":"'n'","errorType":"KeyError","stackTrace":["x"]"#) == .error)
    #expect(
      outcome(#""message":"","errorMessage":"x","errorType":"System.Exception","stackTrace":[]"#) == .error)
    #expect(
      outcome(
        #""message":"no: java.lang.Error\njava.lang.Error: no\n\tat example.Handler.handle(H.java:1)\n""#)
        == .error)
    #expect(
      outcome(
        #""message":"caught","logger":"root","errorMessage":"x","errorType":"KeyError","stackTrace":[]"#)
        == .success)
    #expect(outcome(#""message":{"errorType":"Error","errorMessage":"x","stackTrace":[]}"#) == .success)
  }

  @Test("the Telemetry API has a record's lines in one text")
  func telemetry() {
    let log = decode(
      """
      {"time":"2026-03-02T08:00:00.000Z","type":"platform.start","record":{"requestId":"\(Self.request)"}}
      {"time":"2026-03-02T08:00:00.005Z","type":"function","record":"[ERROR] ValueError: no\\nTraceback (most recent call last):\\n"}
      {"time":"2026-03-02T08:00:00.010Z","type":"platform.report","record":{"requestId":"\(Self.request)","status":"success","metrics":{"durationMs":9.5}}}

      """)
    var timeline = Timeline(.telemetry)
    for event in log.events { timeline.fold(event) }
    #expect(timeline.statistics.errors == 1)
    #expect(log.catalog.text(timeline.requests[0].errorType) == "ValueError")
  }

  @Test("an error that the runtime does not survive is the invocation's")
  func fatal() {
    let log = decode(
      """
      START RequestId: \(Self.request) Version: $LATEST
      [ERROR] Runtime.ImportModuleError: Unable to import module 'app'
      Traceback (most recent call last):
      END RequestId: \(Self.request)
      REPORT RequestId: \(Self.request)\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t

      """, as: .cloudWatch)
    var timeline = Timeline(.cloudWatch)
    for event in log.events { timeline.fold(event) }
    #expect(timeline.tracks[0].rows.map(\.outcome) == [.error])
    #expect(log.catalog.text(timeline.tracks[0].rows[0].errorType) == "Runtime.ImportModuleError")
  }
}
