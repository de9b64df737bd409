import Foundation
import LambdaEmulator
import LambdaLifecycle
import Testing

/// The Runtime API as a runtime meets it: each runtime here does something and reports the answer it got.
@Suite(.serialized, .timeLimit(.minutes(3))) struct RuntimeAPITests {
  /// The code that all of them share.
  private static let client = """
    import http.client, json, os, socket
    host = os.environ["AWS_LAMBDA_RUNTIME_API"]
    line = http.client.HTTPConnection(host)
    def ask(method, path, body=None, fields={}):
        line.request(method, "/2018-06-01/" + path, body, fields)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    def next(): return ask("GET", "runtime/invocation/next")
    def id(event): return event[2]["Lambda-Runtime-Aws-Request-Id"]
    def kind(answer): return [answer[0], json.loads(answer[1] or "{}").get("errorType", "")]
    def stream(event, rest):
        peer = socket.create_connection(host.split(":"))
        peer.sendall((f"POST /2018-06-01/runtime/invocation/{id(event)}/response HTTP/1.1\\r\\nHost: {host}\\r\\n"
            "Transfer-Encoding: chunked\\r\\nLambda-Runtime-Function-Response-Mode: streaming\\r\\n" + rest).encode())
        return peer

    """

  /// Runs a runtime that answers one request with the things it has seen, and waits for more.
  private func seen(_ runtime: String, _ body: String = "{}") async throws -> String {
    let function = try await RunningFunction.start(runtime: Self.client + runtime)
    let answer = try await function.call(body)
    try await function.end()
    return answer.body
  }

  @Test("Ids that it does not have, answers in the wrong state, paths and methods that there are not")
  func states() async throws {
    let text = try await seen(
      """
      first = next()
      seen = [
          kind(ask("POST", "runtime/invocation/00000000-0000-0000-0000-000000000000/response", "1")),
          kind(ask("POST", "runtime/invocation/nonsense/error", "{}")),
          kind(next()),
          kind(ask("POST", "runtime/init/error", "{}")),
          kind(ask("POST", f"runtime/invocation/{id(first)}/response", "1",
                   {"Lambda-Runtime-Function-Response-Mode": "sometimes"})),
          kind(ask("GET", f"runtime/invocation/{id(first)}/response")),
          kind(ask("GET", "runtime/nothing")),
          ask("GET", "ping")[0],
      ]
      ask("POST", f"runtime/invocation/{id(first)}/response", json.dumps(seen))
      next()
      """)
    let expected = """
      [[400, "InvalidRequestID"], [400, "InvalidRequestID"], [403, "InvalidStateTransition"], \
      [403, "InvalidStateTransition"], [400, "InvalidFunctionResponseMode"], [405, "MethodNotAllowed"], \
      [404, "NotFound"], 200]
      """
    #expect(text == expected)
  }

  @Test("A second answer is refused, and so is one to a request that is over")
  func twice() async throws {
    let function = try await RunningFunction.start(
      runtime: Self.client
        + """
        first = next()
        path = f"runtime/invocation/{id(first)}/response"
        seen = [ask("POST", path, "1")[0]]
        refused = ask("POST", path, "2")
        seen.append([refused[0], json.loads(refused[1])["errorMessage"].split(" failed")[0]])
        second = next()
        seen.append(kind(ask("POST", path, "3")))
        ask("POST", f"runtime/invocation/{id(second)}/response", json.dumps(seen))
        next()
        """)
    #expect(try await function.call().body == "1")
    #expect(
      try await function.call().body
        == #"[202, [403, "State transition from RuntimeResponseSentState to InvocationResponse"], "#
        + #"[400, "InvalidRequestID"]]"#)
    try await function.end()
    #expect(function.created == 1)
  }

  @Test("An attempt's id that is another one's is refused")
  func invocationID() async throws {
    let text = try await seen(
      """
      first = next()
      path = f"runtime/invocation/{id(first)}/response"
      seen = [kind(ask("POST", path, "1", {"Lambda-Runtime-Invocation-Id": "another"}))]
      own = first[2]["Lambda-Runtime-Invocation-Id"]
      ask("POST", path, json.dumps(seen), {"Lambda-Runtime-Invocation-Id": own})
      next()
      """)
    #expect(text == #"[[400, "InvalidInvocationId"]]"#)
  }

  @Test("What comes with an event")
  func fields() async throws {
    let text = try await seen(
      """
      first = next()
      names = sorted(name for name in first[2] if name.startswith("Lambda-Runtime") or name == "Content-Type")
      ask("POST", f"runtime/invocation/{id(first)}/response", json.dumps([first[1], names]))
      next()
      """, #"{"a": 1}"#)
    let expected = """
      ["{\\"a\\": 1}", ["Content-Type", "Lambda-Runtime-Aws-Request-Id", "Lambda-Runtime-Deadline-Ms", \
      "Lambda-Runtime-Invocation-Id", "Lambda-Runtime-Invoked-Function-Arn", "Lambda-Runtime-Trace-Id"]]
      """
    #expect(text == expected)
  }

  @Test("A stream that ends with an error in its trailers is a function's error")
  func trailers() async throws {
    let runtime =
      Self.client + """
        import base64
        told = base64.b64encode(b'{"errorMessage":"broke","errorType":"Mine"}').decode()
        peer = stream(next(),
            "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\\r\\n\\r\\n"
            "4\\r\\npart\\r\\n0\\r\\nLambda-Runtime-Function-Error-Type: Mine\\r\\n"
            f"Lambda-Runtime-Function-Error-Body: {told}\\r\\n\\r\\n")
        peer.recv(1000)
        next()
        """
    let function = try await RunningFunction.start(runtime: runtime)
    let answer = try await function.call()
    try await function.end()
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body == #"{"errorMessage":"broke","errorType":"Mine"}"#)
  }

  @Test("A stream that breaks off is answered at once, though its runtime lives on")
  func brokenStream() async throws {
    let runtime =
      Self.client + """
        import time
        stream(next(), "\\r\\n4\\r\\npart\\r\\n").close()
        time.sleep(1000)
        """
    let function = try await RunningFunction.start(runtime: runtime) { $0.function.timeout = .never }
    let answer = try await function.call()
    try await function.end()
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains("Runtime.TruncatedResponse"), "\(function.output)")
  }

  @Test("A runtime that waits and loses its connection gets the next event by another one")
  func lostNext() async throws {
    let function = try await RunningFunction.start(
      runtime: Self.client
        + """
        first = next()
        ask("POST", f"runtime/invocation/{id(first)}/response", '"once"')
        lost = socket.create_connection(host.split(":"))
        lost.sendall(f"GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: {host}\\r\\n\\r\\n".encode())
        lost.close()
        print("closed", flush=True)
        again = next()
        ask("POST", f"runtime/invocation/{id(again)}/response", '"again"')
        next()
        """
    ) { $0.freezing = .off }
    #expect(try await function.call().body == "\"once\"")
    #expect(try await function.wait { $0.output == ["closed"] })
    #expect(try await function.call().body == "\"again\"")
    try await function.end()
    #expect(function.created == 1)
    #expect(!function.phases.contains { $0.contains(" ") })
  }

  @Test("init/error fails the init with its own type and words")
  func initError() async throws {
    let text = try await seen(
      """
      ask("POST", "runtime/init/error", '{"errorMessage":"not today","errorType":"Runtime.Mine"}')
      """)
    #expect(text == #"{"errorMessage":"not today","errorType":"Runtime.Mine"}"#)
  }

  @Test("A program that cannot be started is an invalid entry point")
  func noProgram() async throws {
    let function = try await RunningFunction.start("def handler(event, context): pass\n") {
      $0.launch.command = ["/no/such/program"]
    }
    let answer = try await function.call()
    try await function.end()
    #expect(answer.body.contains("Runtime.InvalidEntrypoint"))
  }
}
