import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// A runtime that streams, called by whoever takes parts and by whoever does not.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ResponseStreamingTests {
  /// Streams the parts that its event names: `wait:NAME` waits for a file of that name, `large:N` is N bytes.
  private static let runtime = """
    import base64, http.client, json, os, socket, sys, time
    address = os.environ["AWS_LAMBDA_RUNTIME_API"]
    def post(id, event):
        peer = socket.create_connection(address.split(":"))
        kind = event.get("type", "text/plain")
        peer.sendall((f"POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\\r\\nHost: {address}\\r\\n"
            f"Transfer-Encoding: chunked\\r\\nContent-Type: {kind}\\r\\n"
            "Lambda-Runtime-Function-Response-Mode: streaming\\r\\n\\r\\n").encode())
        def part(data): peer.sendall(b"%x\\r\\n%s\\r\\n" % (len(data), data))
        for word in event["parts"]:
            if word.startswith("wait:"):
                while not os.path.exists(word[5:]): time.sleep(0.002)
            elif word == "hang": time.sleep(1000)
            elif word == "close": return peer.close()
            elif word.startswith("large:"):
                for _ in range(int(word[6:]) >> 16): part(b"x" * 65536)
            else: part(word.encode())
        print("sent", flush=True)
        end = "0\\r\\n"
        if "error" in event:
            told = base64.b64encode(json.dumps({"errorMessage": event["error"], "errorType": "Mine"}).encode())
            end += f"Lambda-Runtime-Function-Error-Type: Mine\\r\\nLambda-Runtime-Function-Error-Body: {told.decode()}\\r\\n"
        peer.sendall((end + "\\r\\n").encode())
        print("told", peer.recv(1000).split(b" ")[1].decode(), flush=True)
        peer.close()
    while True:
        line = http.client.HTTPConnection(address)
        line.request("GET", "/2018-06-01/runtime/invocation/next")
        answer = line.getresponse()
        event = json.loads(answer.read())
        if "rawPath" in event: event = json.loads(event["body"])
        post(answer.headers["Lambda-Runtime-Aws-Request-Id"], event)
    """

  private func start(_ change: (inout EmulatorSettings) -> Void = { _ in }) async throws -> RunningFunction {
    try await RunningFunction.start(runtime: Self.runtime) {
      $0.function.timeout = .seconds(30)
      change(&$0)
    }
  }

  /// Reads the stream that a body is: each event's name and payload.
  private static let reader = """
    import http.client, struct, sys, zlib
    def messages(answer):
        while True:
            prelude = answer.read(12)
            if not prelude: return
            total, fields, check = struct.unpack(">III", prelude)
            assert zlib.crc32(prelude[:8]) == check
            rest = answer.read(total - 12)
            assert zlib.crc32(prelude + rest[:-4]) == struct.unpack(">I", rest[-4:])[0]
            header, names = rest[:fields], {}
            while header:
                size = header[0]; name = header[1:1 + size].decode(); length, = struct.unpack(">H", header[size + 2:size + 4])
                names[name] = header[size + 4:size + 4 + length].decode(); header = header[size + 4 + length:]
            yield names[":event-type"], rest[fields:-4]
    def call(body):
        line = http.client.HTTPConnection(sys.argv[1])
        line.request("POST", "/2021-11-15/functions/app/response-streaming-invocations", body)
        answer = line.getresponse()
        return answer, messages(answer)

    """

  private func run(_ script: String, _ function: RunningFunction) async throws -> [String] {
    let file = try function.scratch.write(Array((Self.reader + script).utf8), to: "caller.py")
    let shell = Peer.python
    let text = try await shell.run([file, function.emulator.address, function.scratch.path])
    return text.split(separator: "\n").map(String.init)
  }

  @Test("A part is there before the next one is written, then the end", .needs(.python))
  func parts() async throws {
    let function = try await start()
    let told = try await run(
      """
      import json
      go = sys.argv[2] + "/go"
      answer, stream = call(json.dumps({"parts": ["one", "wait:" + go, "two"]}))
      print(answer.status, answer.getheader("Content-Type"), answer.getheader("X-Amz-Executed-Version"))
      print(*next(stream))
      open(go, "w").close()
      for message in stream: print(*message)
      """, function)
    try await function.end()
    #expect(
      told == [
        "200 application/vnd.amazon.eventstream $LATEST", "PayloadChunk b'one'", "PayloadChunk b'two'",
        "InvokeComplete b'{}'",
      ])
    #expect(function.output == ["sent", "told 202"])
    #expect(function.phases == ["create", "init", "invoke", "frozen", "runtimeShutdown"])
  }

  @Test("An error in the middle, a stream that breaks off, a timeout: the end says so", .needs(.python))
  func errors() async throws {
    let function = try await start { $0.function.timeout = .seconds(2) }
    let told = try await run(
      """
      import json
      for event in [{"parts": ["one"], "error": "no"}, {"parts": ["one", "close"]}, {"parts": ["one", "hang"]}]:
          _, stream = call(json.dumps(event))
          for name, payload in stream:
              print(name, payload.decode() if name == "PayloadChunk" else json.loads(payload)["ErrorCode"])
      """, function)
    try await function.end()
    #expect(
      told == [
        "PayloadChunk one", "InvokeComplete Mine", "PayloadChunk one",
        "InvokeComplete Runtime.TruncatedResponse",
        "PayloadChunk one", "InvokeComplete Sandbox.Timedout",
      ])
  }

  @Test("A plain Invoke gets the whole")
  func whole() async throws {
    let function = try await start()
    let answer = try await function.call(#"{"parts": ["one", "two"]}"#)
    #expect(answer.body == "onetwo")
    #expect(answer.fields["content-type"] == "text/plain")
    try await function.end()
  }

  @Test("A function that does not stream gives one part, or the error", .needs(.python))
  func buffered() async throws {
    let function = try await RunningFunction.start("def handler(event, context): return 1 / event['n']")
    let told = try await run(
      """
      import json
      for n in [2, 0]:
          answer, stream = call(json.dumps({"n": n}))
          for name, payload in stream: print(name, payload.decode()[:38])
      """, function)
    try await function.end()
    #expect(
      told == [
        "PayloadChunk 0.5", "InvokeComplete {}", #"InvokeComplete {"ErrorCode":"ZeroDivisionError","Erro"#,
      ])
  }

  @Test("A caller who leaves does not stop the function", .needs(.python))
  func leaving() async throws {
    let function = try await start()
    let told = try await run(
      """
      import json, socket
      body = json.dumps({"parts": ["one", "large:67108864"]}).encode()
      peer = socket.create_connection(sys.argv[1].split(":"))
      peer.sendall(b"POST /2021-11-15/functions/app/response-streaming-invocations HTTP/1.1\\r\\nHost: localhost\\r\\n"
          b"Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
      assert peer.recv(12) == b"HTTP/1.1 200"
      print("begun")
      peer.close()
      """, function)
    #expect(told == ["begun"])
    // It goes on though nobody takes it.
    #expect(try await function.wait { $0.output == ["sent", "told 202"] })
    try await function.end()
    #expect(function.phases == ["create", "init", "invoke", "frozen", "runtimeShutdown"])
  }

  @Test("More than 200 MiB is an error, and the runtime is told", .needs(.python))
  func tooLarge() async throws {
    let function = try await start()
    let told = try await run(
      """
      import json
      _, stream = call(json.dumps({"parts": ["large:%d" % (201 << 20)]}))
      total, last = 0, None
      for name, payload in stream:
          if name == "PayloadChunk": total += len(payload)
          else: last = json.loads(payload)["ErrorCode"]
      print(total <= 200 << 20, last)
      """, function)
    #expect(told == ["True Function.ResponseSizeTooLarge"])
    #expect(try await function.wait { $0.output == ["sent", "told 413"] })
    try await function.end()
  }

  @Test("A function's URL sends parts on, with status and fields that stand in front", .needs(.python))
  func url() async throws {
    let function = try await start()
    let told = try await run(
      #"""
      import json
      go = sys.argv[2] + "/go"
      kind = "application/vnd.awslambda.http-integration-response"
      front = json.dumps({"statusCode": 201, "headers": {"X-A": "b"}, "cookies": ["c=d"]})
      def ask(event):
          line = http.client.HTTPConnection(sys.argv[1])
          line.request("POST", "/lambda-url/app", json.dumps(event), {"Content-Type": "application/json"})
          return line.getresponse()
      answer = ask({"type": kind, "parts": [front, "\0\0\0", "\0\0\0\0\0one", "wait:" + go, "two"]})
      print(answer.status, answer.getheader("X-A"), answer.getheader("Set-Cookie"), answer.read(3))
      open(go, "w").close()
      print(answer.read())
      answer = ask({"parts": ["one", "two"]})
      print(answer.status, answer.getheader("Content-Type"), answer.read())
      print(ask({"type": kind, "parts": ["no end"]}).status)
      answer = ask({"type": kind, "parts": ['{"statusCode": 204}' + "\0" * 8, "one"]})
      print(answer.status, answer.read())
      print(ask({"parts": [], "error": "no"}).status)
      try: print("whole", ask({"parts": ["one"], "error": "no"}).read())
      except http.client.IncompleteRead: print("broken off")
      """#, function)
    try await function.end()
    #expect(
      told == [
        "201 b c=d b'one'", "b'two'", "200 text/plain b'onetwo'", "502", "204 b''", "502", "broken off",
      ])
  }
}
