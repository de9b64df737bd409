import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// Screens of a function that runs here.
@Suite("Screens of our emulator")
struct RunScreenTests {
  private func stream(_ runtime: String = "python3.13") -> EmulatorStream {
    var stream = EmulatorStream(live: true, source: .emulator, name: "env-1", function: "orders")
    let name = stream.session.log.catalog.name(runtime)
    stream.event(0, .functionDescribed(FunctionDescription(runtime: name, memoryMB: 128)))
    stream.event(0, .environmentCreated(.onDemand))
    return stream
  }

  /// A cold start whose init is divided there, if at all.
  private func start(_ stream: inout EmulatorStream, divided: Int64?, _ event: String, _ answer: String) {
    let request = stream.request()
    stream.event(0, .requestArrived, request: request)
    tell(.event, event, at: 0, request, &stream)
    stream.event(0, .requestAssigned, request: request)
    stream.span(.create, 0, 12)
    stream.event(12, .phaseBegan(.initialization))
    if let divided { stream.event(divided, .mark(Mark(.functionInit, .begin))) }
    stream.event(400, .phaseEnded(PhaseEnd(.initialization, outcome: .success)))
    stream.event(400, .phaseBegan(.invoke), request: request)
    stream.event(520, .requestAnswered(.success, errorType: .none), request: request)
    tell(.answer, answer, at: 520, request, &stream)
    stream.event(521, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), request: request)
    stream.event(521, .phaseBegan(.frozen))
  }

  private func tell(
    _ side: Payload.Side, _ text: String, at moment: Int64, _ request: RequestID,
    _ stream: inout EmulatorStream
  ) {
    let range = stream.session.log.text.append(String(text.prefix(4_096)))
    stream.event(
      moment, .payload(Payload(side, range, bytes: Int64(text.utf8.count))), request: request)
  }

  private func show(_ stream: EmulatorStream, pane: Pane) -> Show {
    var show = Show(stream.session)
    show.title = "run: python3.13 (.venv) · 127.0.0.1:9000"
    show.screen.surroundings.details = ["awslambdaric 4.2", "freeze cgroup", "no AWS credentials: dummies"]
    show.go(to: 800)
    _ = show.frame(80, 24)
    while show.viewer.pane != pane { show.press(.tab) }
    return show
  }

  @Test(
    "what the newest request's caller sent and got stands below the requests",
    arguments: [(120, 40), (80, 24)])
  func payloads(columns: Int, rows: Int) throws {
    var stream = stream()
    start(
      &stream, divided: 90, "{\n  \"order\": 17,\n  \"note\": \"\u{1B}[2J\u{202E}\"\n}",
      #"{"items":["\#(String(repeating: "one-", count: 70))"]}"#)
    var show = show(stream, pane: .requests)
    try expectScreen("run-payloads-\(columns)x\(rows)", show.frame(columns, rows))
    // The answer comes later and is not known yet.
    show.session.seek(to: Show.start + .milliseconds(500))
    let earlier = show.frame(columns, rows).text
    #expect(earlier.contains(#"event  { "order": 17"#))
    #expect(!earlier.contains("answer"))
  }

  @Test("an answer that has no room is cut with a sign, and tells how much there is of it")
  func largeAnswer() {
    var stream = stream()
    start(&stream, divided: 90, "", String(repeating: "abcdefghij", count: 2_000))
    var show = show(stream, pane: .requests)
    let large = show.frame(120, 60).text
    #expect(large.contains("event  (nothing)"))
    #expect(show.frame(120, 100).text.contains("(the first 4,096 of 20,000 bytes)"))
    let small = show.frame(80, 24).text.split(separator: "\n")
    #expect(small.contains { $0.hasPrefix(" answer abcdef") })
    #expect(small.contains { $0.hasSuffix("…") && $0.contains("abcdefghij") })
  }

  @Test("a request that tells none has none, and the list has the room")
  func without() {
    var stream = stream()
    stream.span(.invoke, 10, 20, request: stream.request())
    let text = show(stream, pane: .requests).session.timeline
    #expect(text.payloads(of: text.requests[0].id) == nil)
    var screen = show(stream, pane: .requests)
    #expect(!screen.frame(120, 40).text.contains("answer"))
  }

  @Test("an init that could not be divided says why beside its bar")
  func undivided() throws {
    var stream = stream("provided.al2023")
    start(&stream, divided: nil, "{}", "{}")
    var show = show(stream, pane: .why)
    try expectScreen("run-undivided-120x40", show.frame(120, 40))
    stream = self.stream()
    start(&stream, divided: 90, "{}", "{}")
    show = self.show(stream, pane: .why)
    #expect(!show.frame(120, 40).text.contains("not divided"))
  }

  @Test("a boundary that was concluded is told so")
  func boundary() {
    var stream = stream()
    let request = stream.request()
    stream.event(0, .requestArrived, request: request)
    stream.event(12, .phaseBegan(.initialization))
    stream.event(90, .mark(Mark(.functionInit, .begin, isInferred: true)))
    stream.event(400, .phaseEnded(PhaseEnd(.initialization, outcome: .success)))
    stream.span(.invoke, 400, 500, request: request)
    var show = show(stream, pane: .details)
    #expect(show.frame(140, 40).text.contains("78 ms inferred"))
  }

  @Test("the header tells what was taken, as much as fits beside the function's name")
  func header() {
    var stream = stream()
    start(&stream, divided: 90, "{}", "{}")
    var show = show(stream, pane: .why)
    func top(_ columns: Int) -> String {
      String(show.frame(columns, 30).text.split(separator: "\n")[0])
    }
    #expect(
      top(160).contains("127.0.0.1:9000 · awslambdaric 4.2 · freeze cgroup · no AWS credentials: dummies"))
    #expect(top(120).contains("127.0.0.1:9000 · awslambdaric 4.2 · freeze cgroup ▶"))
    #expect(top(80).contains("run: python3.13 (.venv) · 127.0.0.1:9000  "))
    for columns in [80, 120, 160] { #expect(top(columns).contains("orders")) }
  }
}
