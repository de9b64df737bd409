import LambdaEmulator
import LambdaLifecycle
import Testing

/// Runtimes that break the rules: their caller gets the documented answer, the anomaly has a name, the next request works,
/// and nothing is left.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileRuntimeTests {
  struct Act: Sendable, CustomTestStringConvertible {
    /// A function of the runtime's.
    var name: String
    /// A part of its caller's answer.
    var answer: String
    /// A part of the report on it; nil if there is none.
    var told: String?
    var testDescription: String { name }
  }

  private static let fine = #""fine""#

  static let acts = [
    Act(name: "garbage", answer: fine, told: "what was sent is no HTTP"),
    Act(name: "binary", answer: fine, told: "what was sent is no HTTP"),
    Act(name: "headers", answer: fine, told: "what was sent is no HTTP"),
    Act(name: "one_header", answer: fine, told: "what was sent is no HTTP"),
    Act(name: "half", answer: fine, told: nil),
    Act(name: "half_and_close", answer: fine, told: "/response: its body broke off"),
    Act(name: "unknown", answer: fine, told: "400 InvalidRequestID"),
    Act(name: "nonsense", answer: fine, told: "400 InvalidRequestID"),
    Act(name: "next_again", answer: fine, told: "from Running to Ready"),
    Act(name: "init_error", answer: fine, told: "from Running to InitError"),
    Act(
      name: "answer_first", answer: #""first""#, told: "from RuntimeResponseSentState to InvocationResponse"),
    Act(name: "error_first", answer: #""errorType":"Mine""#, told: "from RuntimeResponseSentState"),
    Act(name: "huge", answer: "Function.ResponseSizeTooLarge", told: "413 RequestEntityTooLarge"),
    Act(name: "huge_stream", answer: "Function.ResponseSizeTooLarge", told: "413 RequestEntityTooLarge"),
    Act(name: "never", answer: "Task timed out after 4.00 seconds", told: nil),
    Act(name: "exits", answer: "exit status 7", told: nil),
    Act(name: "half_and_exit", answer: "exit status 7", told: nil),
    Act(name: "forks_and_exits", answer: "exit status 7", told: nil),
    Act(name: "deaf", answer: fine, told: nil),
    Act(name: "many", answer: fine, told: "what was sent is no HTTP"),
    Act(name: "flood", answer: fine, told: "further ones are not told"),
  ]

  @Test("What a runtime does while it has an event", arguments: acts)
  func withAnEvent(_ act: Act) async throws {
    let before = Processes.resident
    let function = try await HostileRuntime.start { $0.function.timeout = .seconds(4) }
    let answer = try await function.call(#"{"do":"\#(act.name)"}"#)
    #expect(answer.status == 200)
    #expect(answer.body.contains(act.answer), "\(answer.body)")
    let next = try await function.call()
    #expect(next.body == Self.fine, "the next request: \(next.body)")
    let isBounded = Processes.resident - before < 160
    #expect(isBounded, "\(before) MiB before, then \(Processes.resident)")
    #expect(try await function.endWithNothingLeft() == [])
    if let told = act.told {
      #expect(function.refusals.contains { $0.contains(told) }, "\(function.markers)")
    } else {
      #expect(function.refusals.filter { !$0.contains("broke off") } == [])
    }
    #expect(function.refusals.count <= 20)
    #expect(EventCheck(function.events, concurrency: 10).flaws == [])
  }

  /// The point where a runtime dies, and the answers that its first caller may get.
  static let points: [(point: String, answers: [String])] = [
    // Init is tried again, in time for the request.
    ("start", [fine]), ("connected", [fine]), ("half of Next", [fine]),
    // The event may already be its.
    ("Next", [fine, "Runtime.ExitError"]),
    ("event", ["Runtime.ExitError"]), ("head", ["Runtime.ExitError"]),
    ("half of a body", ["Runtime.ExitError"]),
    ("half of a stream", ["Runtime.TruncatedResponse", "Runtime.ExitError"]),
    // Its answer is whole, and counts.
    ("body", [fine]), ("answer", [fine]), ("Next again", [fine]),
  ]

  @Test("A runtime dies at every point of the protocol", arguments: points.indices, ["exit", "kill", "fork"])
  func deaths(_ place: Int, _ way: String) async throws {
    let (point, answers) = Self.points[place]
    let function = try await HostileRuntime.start(point, way)
    let answer = try await function.call()
    #expect(answer.status == 200)
    #expect(answers.contains { answer.body.contains($0) }, "\(point), \(way): \(answer.body)")
    // One that was frozen may die when its next event comes.
    let next = try await function.call()
    #expect(
      next.body == Self.fine || point == "answer" || point == "Next again", "\(point), \(way): \(next.body)")
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [], "\(point), \(way)")
    #expect(EventCheck(function.events, concurrency: 10).flaws == [], "\(point), \(way)")
  }

  @Test("An answer before the first Next is refused by name, and changes nothing")
  func early() async throws {
    let function = try await HostileRuntime.start("early")
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.refusals.contains { $0.contains("/invocation/0/response: 400 InvalidRequestID") })
    #expect(function.created == 1)
  }
}
