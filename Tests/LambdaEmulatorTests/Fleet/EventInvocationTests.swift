import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Invocations of type Event: their caller goes, Lambda's queue tries them again.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EventInvocationTests {
  /// Prints its attempt, counted by the event's number, and fails as often as the event says.
  private static let failing = """
    import os, time
    def handler(event, context):
        number = event.get("n", 0)
        # Whichever environment an attempt gets.
        with open(f"attempts-{number}", "a+") as file:
            file.write("x")
            file.flush()
            attempt = os.fstat(file.fileno()).st_size
        print(number, "attempt", attempt, context.aws_request_id)
        if "wait" in event:
            while not os.path.exists(event["wait"]): time.sleep(0.002)
        if attempt == 1 and "exit" in event: os._exit(3)
        if attempt == 1 and "sleep" in event: time.sleep(1000)
        if attempt <= event.get("failures", 0): raise ValueError("no")
        return "done"
    """

  private func start(_ change: (inout EmulatorSettings) -> Void = { _ in }) async throws -> RunningFunction {
    try await RunningFunction.start(Self.failing) {
      $0.retries.firstDelay = .milliseconds(10)
      $0.retries.laterDelay = .milliseconds(20)
      $0.retries.throttleDelay = .milliseconds(10)
      change(&$0)
    }
  }

  private func send(
    _ body: String, to function: RunningFunction
  ) async throws -> RunningFunction.Answer {
    try await function.call(body, ["X-Amz-Invocation-Type": "Event"])
  }

  /// The lines that it has printed itself.
  private func attempts(_ function: RunningFunction) -> [String] {
    function.output.filter { $0.dropFirst().hasPrefix(" attempt ") }
  }

  private func drops(_ function: RunningFunction) -> [String] {
    function.events.compactMap { event in
      guard case .requestDropped(let reason) = event.kind else { return nil }
      return function.log.catalog.text(reason)
    }
  }

  @Test("Its caller is answered before the function has begun, with nothing but the id")
  func accepted() async throws {
    let function = try await start { $0.function.timeout = .seconds(20) }
    let go = function.scratch.file("go")
    let answer = try await send(#"{"wait": "\#(go)"}"#, to: function)
    #expect(answer.status == 202)
    #expect(answer.body.isEmpty)
    let id = try #require(answer.fields["x-amzn-requestid"])
    #expect(try await function.wait { $0.output.contains("0 attempt 1 \(id)") })
    try function.scratch.write([], to: "go")
    #expect(try await function.wait { $0.phases.last == "invoke" })
    try await function.end()
    #expect(function.created == 1)
  }

  @Test("A function's error is tried twice again, with the same id; then its event is dropped")
  func retries() async throws {
    let function = try await start()
    let first = try await send(#"{"n": 1, "failures": 1}"#, to: function)
    let second = try await send(#"{"n": 2, "failures": 9}"#, to: function)
    let ids = [first, second].map { $0.fields["x-amzn-requestid"] ?? "" }
    #expect(try await function.wait { drops($0).count == 1 && attempts($0).count == 5 })
    try await function.end()
    #expect(drops(function) == ["RetriesExhausted"])
    let told = attempts(function)
    #expect(told.filter { $0.hasPrefix("1") } == (1...2).map { "1 attempt \($0) \(ids[0])" })
    #expect(told.filter { $0.hasPrefix("2") } == (1...3).map { "2 attempt \($0) \(ids[1])" })
    #expect(function.markers.isEmpty)
  }

  @Test("What ends its environment is tried again, too: an exit, a timeout", arguments: ["exit", "sleep"])
  func ends(_ how: String) async throws {
    let function = try await start { $0.function.timeout = .seconds(1) }
    #expect(try await send("{\"\(how)\": 1}", to: function).status == 202)
    #expect(try await function.wait { attempts($0).count == 2 && $0.phases.last == "invoke" })
    try await function.end()
    #expect(drops(function).isEmpty)
    #expect(function.markers.isEmpty)
  }

  @Test("Each attempt has an id of its own, by which a runtime may answer")
  func attemptIDs() async throws {
    let function = try await RunningFunction.start(
      runtime: """
        import http.client, json, os
        line = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
        def ask(method, path, body=None, fields={}):
            line.request(method, "/2018-06-01/runtime/" + path, body, fields)
            answer = line.getresponse()
            answer.read()
            return answer
        seen = []
        while True:
            event = ask("GET", "invocation/next")
            id, attempt = [event.headers[f"Lambda-Runtime-{name}-Id"] for name in ("Aws-Request", "Invocation")]
            seen.append((id, attempt))
            kind = "error" if len(seen) == 1 else "response"
            name = "Lambda-Runtime-Invocation-Id"
            if len(seen) == 2:
                print(seen[0][0] == id, seen[0][1] != attempt, flush=True)
                print(ask("POST", f"invocation/{id}/response", "1", {name: seen[0][1]}).status, flush=True)
            print(ask("POST", f"invocation/{id}/{kind}", "{}", {name: attempt}).status, flush=True)
        """
    ) { $0.retries.firstDelay = .milliseconds(10) }
    #expect(try await send("{}", to: function).status == 202)
    #expect(try await function.wait { $0.output.count == 4 })
    #expect(function.output == ["202", "True True", "400", "202"])
    try await function.end()
  }

  @Test("An event that is throttled is tried again until there is room, its caller does not hear of it")
  func throttled() async throws {
    let function = try await start {
      $0.function.reservedConcurrency = 1
      $0.function.timeout = .seconds(20)
    }
    let go = function.scratch.file("go")
    #expect(try await send(#"{"n": 1, "wait": "\#(go)"}"#, to: function).status == 202)
    #expect(try await function.wait { attempts($0).count == 1 })
    #expect(try await send(#"{"n": 2}"#, to: function).status == 202)
    #expect(
      try await function.wait {
        $0.events.contains { if case .requestThrottled = $0.kind { true } else { false } }
      })
    try function.scratch.write([], to: "go")
    #expect(try await function.wait { attempts($0).count == 2 && $0.phases.last == "invoke" })
    try await function.end()
    #expect(drops(function).isEmpty)
    #expect(function.created == 1)
  }

  @Test("More than 1 MiB is refused")
  func tooLarge() async throws {
    let function = try await start()
    let most = 1 << 20
    let answer = try await send("\"" + String(repeating: "x", count: most - 1) + "\"", to: function)
    #expect(answer.status == 413)
    #expect(answer.body.contains("1048576 bytes"))
    #expect(try await function.call("\"" + String(repeating: "x", count: most) + "\"").body.contains("Error"))
    try await function.end()
  }

  @Test("At the end what waits for another attempt is given up, which is said")
  func end() async throws {
    let function = try await start { $0.retries.firstDelay = .seconds(600) }
    #expect(try await send(#"{"failures": 1}"#, to: function).status == 202)
    #expect(try await function.wait { $0.freezes == 1 })
    try await function.end()
    #expect(attempts(function).count == 1)
    #expect(function.markers == ["1 event given up that waited for another attempt"])
  }
}
