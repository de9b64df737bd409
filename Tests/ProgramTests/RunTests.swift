import Foundation
import TestSupport
import Testing

/// A function of the user's own, really run.
private let function = """
  calls = 0
  def handler(event, context):
      global calls
      calls += 1
      if "fail" in event: raise ValueError(event["fail"])
      if "large" in event: return "x" * event["large"]
      return {"calls": calls, "name": context.function_name}
  """

/// `lanes run` without a screen.
@Suite(.needs(.lanes)) struct RunTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Array(function.utf8), to: "app.py")
    return scratch
  }

  private func run(_ scratch: Scratch, _ arguments: String...) async throws -> Ending {
    try await ProgramTests.run(
      try Peer.lanes.required(), ["run", "--no-aws", "--code", scratch.path] + arguments)
  }

  @Test func answersForAScript() async throws {
    let scratch = try scratch()
    let ending = try await run(scratch, "--name", "orders", "--invoke", "2", "app.handler")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.lines == [#"{"calls": 1, "name": "orders"}"#, #"{"calls": 2, "name": "orders"}"#])
    #expect(ending.errors.contains("requests 2, cold starts 1"))
  }

  /// An answer is printed whole, however long it is.
  @Test func aLargeAnswer() async throws {
    let scratch = try scratch()
    try scratch.write(#"{"large": 300000}"#.utf8, to: "event.json")
    let ending = try await run(
      scratch, "--invoke", "1", "--event", scratch.file("event.json"), "app.handler")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.text == "\"\(String(repeating: "x", count: 300_000))\"\n")
  }

  @Test func aFailureIsItsStatus() async throws {
    let scratch = try scratch()
    try scratch.write(#"{"fail": "no"}"#.utf8, to: "bad.json")
    try scratch.write("{}".utf8, to: "good.json")
    let ending = try await run(
      scratch, "--invoke", "2", "--event", scratch.file("bad.json"), "--event", scratch.file("good.json"),
      "app.handler")
    #expect(ending.status == 1)
    try #require(ending.lines.count == 2, "\(ending.errors)")
    #expect(ending.lines[0].contains("ValueError"))
    #expect(ending.lines[1].contains(#""calls": 2"#))
  }

  /// The payloads of callers and their answers may be secret: they are recorded only where somebody asks for
  /// it.
  @Test(arguments: [true, false]) func payloads(areRecorded: Bool) async throws {
    let scratch = try scratch()
    try scratch.write(#"{"secret": 17}"#.utf8, to: "event.json")
    let recording = scratch.file("session.jsonl")
    let ending = try await run(
      scratch, "--invoke", "1", "--event", scratch.file("event.json"), "--record", recording,
      areRecorded ? "--record-payloads" : "--plain", "app.handler")
    #expect(ending.status == 0, "\(ending.errors)")
    let text = try scratch.text("session.jsonl")
    #expect(text.contains(#"\"secret\": 17"#) == areRecorded)
    #expect(text.contains(#"\"calls\": 1"#) == areRecorded)
    let checked = try await lanes("summary", "--json", recording)
    let summary = try JSONSerialization.jsonObject(with: Data(checked.output)) as? [String: Any]
    let input = try #require(summary?["input"] as? [String: Any])
    for figure in ["undecodable", "late"] {
      #expect(input[figure] as? Int == 0, "\(figure): \(input)")
    }
  }

  /// Lines as they come, and after a request the answer to its caller.
  @Test func lines() async throws {
    let scratch = try scratch()
    let port = try #require(try Loopback.freePorts(1).first)
    let ending = try await ProgramTests.run(
      try Peer.lanes.required(),
      ["run", "--no-aws", "--plain", "--port", "\(port)", "--code", scratch.path, "app.handler"]
    ) { number in
      let answer = try await eventually("an answer") { try? await Loopback.invoke(port: port, "{}") }
      #expect(answer.contains(#"{"calls": 1"#))
      kill(number, SIGINT)
    }
    #expect(ending.status == 128 + SIGINT)
    #expect(ending.errors.contains("the function is called at http://127.0.0.1:\(port)"))
    #expect(ending.text.contains("function-init began"))
    let told = try #require(ending.lines.first { $0.contains("200 · ") })
    #expect(
      try
        #/ *[\d.]+  env-1  200 · [\d.]+ m?s cold here \(start .*, runtime .*, function .*\) · {"calls": 1, .*/#
        .wholeMatch(
          in: told) != nil, "\(told)")
    #expect(ending.lines.contains { $0.contains("environment gone") })
  }

  @Test func aPortThatIsTaken() async throws {
    let scratch = try scratch()
    let port = try #require(try Loopback.freePorts(1).first)
    let first = ["run", "--no-aws", "--plain", "--port", "\(port)", "--code", scratch.path, "app.handler"]
    _ = try await ProgramTests.run(try Peer.lanes.required(), first) { number in
      _ = try await eventually("an answer") { try? await Loopback.invoke(port: port, "{}") }
      let second = try await lanes(first)
      #expect(second.status == 1)
      #expect(second.errors.contains("cannot listen on 127.0.0.1:\(port)"))
      #expect(second.errors.contains("--port names another port"))
      kill(number, SIGTERM)
    }
  }

  @Test func theExample() async throws {
    let ending = try await lanes("run", "--no-aws", "--port", "0", "--example", "--invoke", "2")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.lines.count == 2)
  }

  @Test func anythingWithTheNameOfAHandler() async throws {
    let scratch = try scratch()
    let ending = try await ProgramTests.run(
      try Peer.lanes.required(), ["app.handler"], directory: scratch.path)
    #expect(ending.status == 2)
    #expect(ending.errors.contains("lanes run app.handler"))
  }
}

extension TerminalTests {
  /// The same on a screen, from the keyboard.
  @Suite struct Run {
    @Test func aLife() async throws {
      let scratch = try Scratch()
      try scratch.write(Array(function.utf8), to: "app.py")
      try scratch.write(#"{"order": "first"}"#.utf8, to: "a.json")
      try scratch.write(#"{"order": "second"}"#.utf8, to: "b.json")
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type(
          "$LANES run --no-aws --port 0 --event a.json --event b.json app.handler; echo \"status=$?\"")
        // The runtime that was taken, and the line to type.
        try await tmux.wait(
          for: "run: python3.", "own client", "aws lambda invoke --endpoint-url http://127.0.0.1:")
        try await tmux.send("i")
        // The parts of its init, under the lanes.
        try await tmux.wait(
          for: "cold here (start ", "env-1 ❄ frozen", "cold start of env-1:", "runtime client")
        try await tmux.send("e")
        try await tmux.wait(for: "requests send b.json (2 of 2)")
        try await tmux.send("i")
        try await tmux.wait(for: "warm here", "requests 2")
        try await tmux.send("Tab")
        try await tmux.wait(
          for: "what its time went into", #"event  {"order": "second"}"#, #"answer {"calls": 2"#)
        // A crash while it is frozen: the next request initialises anew.
        try await tmux.send("c")
        try await tmux.wait(for: "env-1 ↯ reset")
        try await tmux.send("i")
        try await tmux.wait(for: #"answer {"calls": 1"#, "requests 3")
        try await tmux.send("x")
        try await tmux.wait(for: "env-1 ∅ gone")
        try await tmux.send("w")
        try await tmux.type("saved.jsonl")
        try await tmux.wait(for: "events are in saved.jsonl")
        try await tmux.send("q")
        try await tmux.wait("a new prompt") { screen in
          screen.split(separator: "\n").suffix(2).map { $0.prefix(8) } == ["status=0", "shell>"]
        }
      }
      #expect(!(try scratch.text("saved.jsonl")).contains("second"))
    }
  }
}
