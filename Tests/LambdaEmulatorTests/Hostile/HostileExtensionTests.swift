import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Extensions that break the rules: their function goes on or gets the documented error, the anomaly has a name, the next
/// request works, and nothing is left.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HostileExtensionTests {
  private static let function = """
    def handler(event, context):
        for number in range(event.get("lines", 0)): print("x" * 1000, flush=True)
        return "fine"
    """
  private static let fine = #""fine""#

  /// Plays an extension: its first life by the given text, a later one as it should be.
  private func start(
    _ first: String, _ change: @escaping (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let text = """
      import http.client, socket
      host = os.environ["AWS_LAMBDA_RUNTIME_API"]
      is_first = not told("lived")
      open(os.path.join(here, "lived"), "w").close()
      def reach(point):
          if is_first and point == wanted: os._exit(3)
      wanted = ""
      if is_first:
      \(first.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
          pass
      if not ident: register("INVOKE", "SHUTDOWN")
      reach("register")
      while True:
          event = next()
          reach(event["eventType"])
          if event["eventType"] == "SHUTDOWN": sys.exit(0)
      """
    return try await RunningFunction.start(Self.function, extensions: [(name: "bad", text: text)]) {
      // The test is not of how fast this machine is.
      $0.function.timeout = .seconds(25)
      change(&$0)
    }
  }

  @Test(
    "What is against the API is refused by name, and hurts nobody",
    arguments: [
      ("register twice", "register(\"INVOKE\")\nregister(\"INVOKE\")", "403 Extension.InvalidExtensionState"),
      (
        "no JSON", "call(\"/2020-01-01/extension/register\", b\"{\", Lambda_Extension_Name=name)",
        "403 InvalidRequestFormat"
      ),
      ("no name", "call(\"/2020-01-01/extension/register\", {})", "403 Extension.InvalidExtensionName"),
      ("no such event", "register(\"NOTHING\")", "403 Extension.InvalidEventType"),
      (
        "a stranger",
        "call(\"/2020-01-01/extension/event/next\", None, \"GET\", Lambda_Extension_Identifier=\"00000000-0000-4000-8000-000000000009\")",
        "403 Extension.UnknownExtensionIdentifier"
      ),
      (
        "no identifier", "call(\"/2020-01-01/extension/event/next\", None, \"GET\")",
        "403 Extension.MissingExtensionIdentifier"
      ),
      ("another path", "call(\"/2020-01-01/extension/\" + \"x\" * 5000, {})", "404 NotFound"),
      ("another method", "call(\"/2020-01-01/extension/register\", {}, \"PUT\")", "405 MethodNotAllowed"),
      (
        "2 MB of registration",
        "call(\"/2020-01-01/extension/register\", b\"[\" * 2000000, Lambda_Extension_Name=name)",
        "403 InvalidRequestFormat"
      ),
    ])
  func refused(_ name: String, _ first: String, _ told: String) async throws {
    let function = try await start(first)
    #expect(try await function.call().body == Self.fine)
    // While an extension is still at work, the next request would get another environment.
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.refusals.contains { $0.contains(told) }, "\(function.markers)")
    #expect(function.created == 1)
  }

  @Test("Thousands of registrations, questions and subscriptions are refused, and told twenty times")
  func flood() async throws {
    let before = Processes.resident
    let function = try await start(
      """
      register("INVOKE", "SHUTDOWN")
      line = http.client.HTTPConnection(host)
      def ask(method, path, body, fields):
          line.request(method, path, body, fields)
          answer = line.getresponse()
          answer.read()
      mine = {"Lambda-Extension-Identifier": ident["Lambda_Extension_Identifier"]}
      wish = json.dumps({"schemaVersion": "2022-12-13", "types": ["platform"],
          "destination": {"protocol": "TCP", "port": 9}})
      for number in range(1000):
          ask("POST", "/2020-01-01/extension/register", "{}", {"Lambda-Extension-Name": f"many-{number}"})
          ask("GET", "/2020-01-01/extension/event/next", None, {"Lambda-Extension-Identifier": str(number)})
          ask("PUT", "/2022-07-01/telemetry", wish, mine)
      """
    )
    // Nine internal ones that never ask hold init up, as they do in Lambda, which gives it ten seconds and another try.
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.refusals.count == 20)
    #expect(function.refusals.last?.hasSuffix("further ones are not told") == true)
    #expect(function.markers.count < 100)
    let isBounded = Processes.resident - before < 64
    #expect(isBounded, "\(before) MiB before, then \(Processes.resident)")
  }

  @Test(
    "An extension that ends at any point fails what is under way, and the next request works",
    arguments: [
      ("start", "Extension.", "os._exit(3)"),
      ("register", "Extension.", "wanted = \"register\""),
      ("INVOKE", "Extension.Crash", "wanted = \"INVOKE\""),
      ("SHUTDOWN", fine, "wanted = \"SHUTDOWN\""),
      ("forked", "Extension.", "os.fork() or signal.pause()\nos._exit(3)"),
    ])
  func ends(_ point: String, _ expected: String, _ first: String) async throws {
    let function = try await start(first)
    let answer = try await function.call()
    // The function may be done before it; where init is tried again, its second life is in time.
    #expect(answer.body.contains(expected) || answer.body == Self.fine, "\(point): \(answer.body)")
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    if point == "INVOKE" { #expect(function.phases.contains("invoke error"), "\(function.phases)") }
  }

  @Test("One that never asks for an event holds init up for ten seconds, then it is tried again")
  func neverAsks() async throws {
    let function = try await start("register(\"INVOKE\")\nsignal.pause()") {
      $0.function.timeout = .seconds(15)
    }
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.phases.contains("extensionShutdown timeout"), "\(function.phases)")
  }

  @Test("A runtime that ignores SIGTERM beside an extension is killed when its time is over")
  func deafRuntime() async throws {
    let scratch = try Scratch()
    let bad = try ExtensionScript.write("good", ExtensionScript.plain, in: scratch)
    let function = try await RunningFunction.start(
      "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ndef handler(event, context): return \"fine\"\n",
      in: scratch
    ) { $0.extensions = [bad] }
    #expect(try await function.call().body == Self.fine)
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.output.contains { $0.hasPrefix("good SHUTDOWN") })
    #expect(function.gone == 1)
  }

  @Test(
    "Subscribers to telemetry that do not take it cost the function nothing, and memory stays bounded",
    arguments: [
      ("never accepts", "pass"),
      ("accepts and reads nothing", "kept.append(server.accept())"),
      ("closes", "server.accept()[0].close()"),
      ("garbage", "peer = server.accept()[0]\npeer.sendall(b\"hello\\r\\n\\r\\n\")\nkept.append(peer)"),
      (
        "500",
        "peer = server.accept()[0]\npeer.recv(65536)\npeer.sendall(b\"HTTP/1.1 500 No\\r\\nContent-Length: 0\\r\\n\\r\\n\")\nkept.append(peer)"
      ),
      (
        "100 MB",
        "peer = server.accept()[0]\npeer.recv(65536)\npeer.sendall(b\"HTTP/1.1 200 OK\\r\\nContent-Length: 104857600\\r\\n\\r\\n\")\nfor _ in range(100): peer.sendall(b\"x\" * (1 << 20))\nkept.append(peer)"
      ),
      (
        "two answers",
        "peer = server.accept()[0]\npeer.recv(65536)\npeer.sendall(b\"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n\" * 2)\nkept.append(peer)"
      ),
    ], ["HTTP", "TCP"])
  func telemetry(_ act: (name: String, does: String), _ way: String) async throws {
    let before = Processes.resident
    let lines = act.does.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let function = try await start(
      """
      kept = []
      server = socket.create_server(("127.0.0.1", 0))
      port = server.getsockname()[1]
      def serve():
        while True:
      \(lines)
          time.sleep(0.01)
      threading.Thread(target=serve, daemon=True).start()
      register("INVOKE", "SHUTDOWN")
      place = {"URI": f"http://sandbox.localdomain:{port}"} if "\(way)" == "HTTP" else {"port": port}
      call("/2022-07-01/telemetry", {"schemaVersion": "2022-12-13", "types": ["platform", "function"],
          "buffering": {"maxItems": 1000, "maxBytes": 262144, "timeoutMs": 25},
          "destination": {"protocol": "\(way)", **place}}, "PUT", **ident)
      """
    )
    for _ in 0..<3 { #expect(try await function.call(#"{"lines": 1000}"#).body == Self.fine) }
    let isBounded = Processes.resident - before < 128
    #expect(isBounded, "\(act.name): \(before) MiB before, then \(Processes.resident)")
    #expect(try await function.endWithNothingLeft() == [])
    #expect(function.markers.contains { $0.contains("is told telemetry") })
    #expect(function.output.count { $0.hasPrefix("xxx") } == 3_000)
  }
}
