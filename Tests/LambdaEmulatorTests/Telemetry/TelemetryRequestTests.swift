import LambdaEmulator
import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// Subscriptions: those that are taken, those that are not, and the events that subscribers get.
@Suite(.serialized, .timeLimit(.minutes(3))) struct TelemetryRequestTests {
  private static let python = "print('loading')\ndef handler(event, context): return 1\n"

  /// Calls a function once.
  private func run(
    _ extensions: [(name: String, text: String)],
    until condition: @escaping (RunningFunction) -> Bool = { _ in true }
  ) async throws -> RunningFunction {
    let function = try await RunningFunction.start(Self.python, extensions: extensions) { $0.freezing = .off }
    _ = try await function.call()
    #expect(try await function.wait { $0.phases.contains("invoke") && condition($0) }, "\(function.output)")
    try await function.end()
    return function
  }

  @Test("By TCP an event is a line")
  func tcp() async throws {
    let text =
      TelemetryScript.receiver + """
        server = socket.create_server(("127.0.0.1", 0))
        def take():
            while True:
                for line in server.accept()[0].makefile("rb"): write(line.rstrip(b"\\n"))
        threading.Thread(target=take, daemon=True).start()
        register("INVOKE", "SHUTDOWN")
        subscribe(server.getsockname()[1], protocol="TCP")
        loop()
        """
    let function = try await run([("ext", text)]) { $0.decoded().reports == 1 }
    #expect(function.decoded().until(reports: 1) == function.recorded.until(reports: 1))
    #expect(WireFormat(function.posted()).flaws.isEmpty)
    // Each on a line of its own.
    let lines = try function.scratch.text("posted").split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("{\"time\":") && $0.hasSuffix("}") })
  }

  @Test("After init it is too late; who has no identifier, or says something wrong, is refused")
  func refused() async throws {
    let text =
      TelemetryScript.receiver + """
        def wish(what, **fields): call("/2022-07-01/telemetry", what, "PUT", **fields)
        wish({})
        register("INVOKE", "SHUTDOWN")
        wish({}, Lambda_Extension_Identifier="00000000-0000-4000-8000-000000000000")
        wish({}, **ident)
        wish(b"nonsense", **ident)
        call("/2022-07-01/telemetry", None, "GET", **ident)
        next()
        subscribe(1, quiet=False)
        loop()
        """
    let function = try await run([("ext", text)])
    #expect(
      function.said("ext").prefix(6) == [
        "telemetry 403 Extension.MissingExtensionIdentifier",
        "telemetry 403 Extension.UnknownExtensionIdentifier",
        "telemetry 400 ValidationError", "telemetry 400 ValidationError", "telemetry 405 MethodNotAllowed",
        "telemetry 403 Telemetry.SubscriptionClosed",
      ])
    #expect(
      function.markers.contains(
        "refused: extension ext: PUT /2022-07-01/telemetry: 400 ValidationError: schemaVersion: expected one of 2025-01-29, 2022-12-13, 2022-07-01"
      ))
    #expect(function.markers.count == 6)
  }

  @Test("Another subscription takes the place of the first")
  func twice() async throws {
    let text =
      TelemetryScript.receiver + """
        register("INVOKE", "SHUTDOWN")
        subscribe(serve("first"), "platform", timeout=1000)
        subscribe(serve("second"), "function", quiet=False)
        loop()
        """
    let function = try await run([("ext", text)]) { $0.postedTypes("second").contains("function") }
    #expect(function.said("ext").first == "telemetry 200 ")
    #expect(Set(function.postedTypes("second")) == ["function"])
    #expect(function.postedTypes("first").isEmpty)
  }

  @Test("Who subscribes late in init is told what came before")
  func late() async throws {
    let text =
      TelemetryScript.receiver + """
        say("before")
        register("INVOKE", "SHUTDOWN")
        await_file("loaded")
        subscribe(serve())
        loop()
        """
    let function = try await RunningFunction.start(
      Self.python, extensions: [("late", text), ("other", ExtensionScript.plain)]
    ) { $0.freezing = .off }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.output.contains("loading") })
    try function.scratch.write([], to: "loaded")
    _ = try await answer
    #expect(try await function.wait { $0.decoded().reports == 1 })
    try await function.end()
    let types = function.postedTypes()
    #expect(types.first == "platform.initStart")
    #expect(function.decoded().until(reports: 1) == function.recorded.until(reports: 1))
    let place = try #require(types.firstIndex(of: "platform.telemetrySubscription"))
    #expect(types.prefix(place).filter { $0 == "function" }.count == 1)
    #expect(types.prefix(place).contains("extension"))
    #expect(types.filter { $0 == "platform.extension" }.count == 2)
  }

  @Test("An internal extension may subscribe, though no external one is there, and is told of all of init")
  func internalExtension() async throws {
    let function = try await RunningFunction.start(
      ExtensionScript.common + TelemetryScript.receiver + """
        register("INVOKE", Lambda_Extension_Name="inside")
        subscribe(serve(), "platform")
        def work():
            while True: next()
        threading.Thread(target=work, daemon=True).start()
        def handler(event, context):
            # Else it would be frozen before anything is sent.
            while not told("posted") or b"platform.start" not in open(os.path.join(here, "posted"), "rb").read():
                time.sleep(0.002)
            return 1
        """)
    #expect(try await function.call().status == 200)
    try await function.end()
    #expect(
      function.postedTypes().prefix(6) == [
        "platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
        "platform.extension", "platform.initReport", "platform.start",
      ])
  }

  @Test("The Logs API is not here, which it says, and a marker too")
  func logsAPI() async throws {
    let function = try await run([
      (
        "ext",
        """
        register("INVOKE")
        fields, text = call("/2020-08-15/logs", {}, "PUT", quiet=True, **ident)
        say(json.loads(text)["errorType"])
        loop()
        """
      )
    ])
    #expect(function.said("ext").first == "Logs.NotSupported")
    #expect(
      function.markers == [
        "extension ext asks for the Logs API, which is not here: only the Telemetry API is"
      ])
  }

  @Test("One that listens later gets everything then")
  func listensLater() async throws {
    let text =
      TelemetryScript.receiver + """
        register("INVOKE", "SHUTDOWN")
        subscribe(serve(until="listen"))
        loop()
        """
    let function = try await RunningFunction.start(Self.python, extensions: [("ext", text)]) {
      $0.freezing = .off
    }
    _ = try await function.call()
    #expect(try await function.wait { $0.reports.count == 1 })
    #expect(function.posted().isEmpty)
    try function.scratch.write([], to: "listen")
    #expect(try await function.wait { $0.decoded().reports == 1 })
    try await function.end()
    #expect(function.decoded().until(reports: 1) == function.recorded.until(reports: 1))
  }

  @Test("One that answers with errors loses its events, and the recording says so")
  func answersWithErrors() async throws {
    let text =
      TelemetryScript.receiver + """
        register("INVOKE", "SHUTDOWN")
        subscribe(serve(status=500), "platform")
        loop()
        """
    let function = try await run([("ext", text)]) { function in
      function.markers.contains { $0.contains("lost") }
    }
    let lost = function.markers.filter { $0.contains("lost") }
    #expect(lost.first?.hasSuffix("lost: telemetry for ext: could not send events: HTTP status 500") == true)
  }
}
