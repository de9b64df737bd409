import LambdaEmulator
import LambdaLifecycle
import Testing

/// The requests that the Extensions API refuses: all of them by a 403.
@Suite(.serialized, .timeLimit(.minutes(3))) struct RefusalTests {
  /// One that does everything wrong, prints each answer, and is content then.
  private static let wrong = """
    R, N = "/2020-01-01/extension/register", "/2020-01-01/extension/event/next"
    both = {"events": ["INVOKE", "SHUTDOWN"]}
    def say_error(answer): say(json.loads(answer[1])["errorMessage"])
    say_error(call(R, both))
    call(R, b"nonsense", Lambda_Extension_Name=name)
    call(R, {"events": "INVOKE"}, Lambda_Extension_Name=name)
    call(R, {"events": [1]}, Lambda_Extension_Name=name)
    call(R, {"events": [], "configurationKeys": ["a"]}, Lambda_Extension_Name=name)
    call(R, {"events": ["INVOKE", "OTHER"]}, Lambda_Extension_Name=name)
    call(R, {"events": ["SHUTDOWN"]}, Lambda_Extension_Name="inside")
    call(N, None, "GET")
    call(N, None, "GET", Lambda_Extension_Identifier="nonsense")
    call(N, None, "GET", Lambda_Extension_Identifier="00000000-0000-4000-8000-000000000000")
    register("INVOKE", "SHUTDOWN", quiet=False)
    register("INVOKE", "SHUTDOWN", quiet=False)
    call("/2020-01-01/extension/init/error", {}, **ident)
    call("/2020-01-01/extension/exit/error", {}, **ident)
    # Of two that ask at once one waits, and the other is refused: no event comes as long as the function loads.
    refused = threading.Event()
    events = []
    def ask():
        fields, text = call(N, None, "GET", quiet=True, **ident)
        event = json.loads(text)
        if "errorType" in event:
            say("one of two", event["errorType"])
            refused.set()
        else: events.append(event)
    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers: asker.start()
    refused.wait()
    fail("init", quiet=False)
    open(os.path.join(here, "refused"), "w").close()
    for asker in askers: asker.join()
    say(events[0]["eventType"])
    call(R, {"events": ["INVOKE"]}, Lambda_Extension_Name="late")
    register("INVOKE", quiet=False)
    call(R, None, "GET")
    call("/2020-01-01/extension/nothing", {})
    loop()
    """

  @Test("Everything that is wrong has a type of its own")
  func table() async throws {
    let function = try await RunningFunction.start(
      """
      import os, time
      here = os.path.dirname(os.path.abspath(__file__))
      while not os.path.exists(os.path.join(here, "refused")): time.sleep(0.002)
      def handler(event, context): return 1
      """, extensions: [("wrong", Self.wrong)])
    #expect(try await function.call().body == "1")
    #expect(try await function.wait { $0.freezes == 1 })
    try await function.end()
    let (register, next) = ("extension/register 403", "extension/event/next 403")
    #expect(
      function.said("wrong") == [
        "\(register) Extension.InvalidExtensionName", "Empty extension name",
        "\(register) InvalidRequestFormat", "\(register) InvalidRequestFormat",
        "\(register) InvalidRequestFormat", "\(register) InvalidRequestFormat",
        "\(register) Extension.InvalidEventType", "\(register) Extension.InvalidEventType",
        "\(next) Extension.MissingExtensionIdentifier", "\(next) Extension.InvalidExtensionIdentifier",
        "\(next) Extension.UnknownExtensionIdentifier",
        "extension/register 200 ", "\(register) Extension.InvalidExtensionState",
        "extension/init/error 403 Extension.MissingHeader",
        "extension/exit/error 403 Extension.MissingHeader",
        "one of two Extension.InvalidExtensionState",
        "extension/init/error 403 Extension.InvalidExtensionState",
        "INVOKE", "\(register) Extension.RegistrationClosed", "\(register) Extension.InvalidExtensionState",
        "extension/register 405 MethodNotAllowed", "extension/nothing 404 NotFound", "SHUTDOWN spindown",
      ])
    #expect(function.states == ["wrong Started", "wrong Registered", "wrong Ready", "wrong Exited"])
  }

  @Test("Ten extensions and not one more; two internal ones have no name in common")
  func eleven() async throws {
    let function = try await RunningFunction.start(
      ExtensionScript.common + """
        register(Lambda_Extension_Name="inside-0")
        register(Lambda_Extension_Name="inside-0", quiet=False)
        def wait(fields): call("/2020-01-01/extension/event/next", None, "GET", quiet=True, **fields)
        for number in range(9):
            if number: register(Lambda_Extension_Name=f"inside-{number}")
            threading.Thread(target=wait, args=(dict(ident),), daemon=True).start()
        text = register(Lambda_Extension_Name="one-more", quiet=False)
        say(json.loads(text)["errorMessage"])
        def handler(event, context): return "answered"
        """, extensions: [("plain", ExtensionScript.plain)])
    #expect(try await function.call().body == "\"answered\"")
    #expect(try await function.wait { $0.freezes == 1 })
    try await function.end()
    #expect(
      function.said("app.py").filter { !$0.isEmpty } == [
        "extension/register 403 Extension.InvalidExtensionState",
        "extension/register 403 Extension.TooManyExtensions", "Extension limit (10) reached",
      ])
    #expect(function.states.filter { $0.hasSuffix(" Registered") }.count == 10)
  }

  @Test("What a registration is answered with; the account where it is asked for")
  func answer() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return 1\n",
      extensions: [
        ("first", "say(register('INVOKE').decode())\nloop()"),
        (
          "second",
          "say(register('INVOKE', Lambda_Extension_Accept_Feature='other, accountId').decode())\nloop()"
        ),
      ])
    _ = try await function.call()
    try await function.end()
    let common = #"{"functionVersion":"$LATEST","functionName":"app","handler":"app.handler""#
    #expect(function.said("first").first == common + "}")
    #expect(function.said("second").first == common + #","accountId":"012345678912"}"#)
  }

  @Test("One that registers by another name than its file's: a marker says so, and init runs into its limit")
  func wrongName() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return 1\n",
      extensions: [("right", "register('INVOKE', Lambda_Extension_Name='other')\nloop()")]
    ) {
      $0.function.initLimit = .milliseconds(400)
      $0.function.timeout = .seconds(1)
    }
    let answer = try await function.call()
    #expect(answer.body.contains("Sandbox.Timedout"), "\(answer.body)")
    try await function.end()
    #expect(
      function.markers.first
        == "other registers and is no file of /opt/extensions: right must register by its file's name")
    #expect(function.phases.prefix(2) == ["create", "extensionInit timeout"])
    #expect(function.runtimeDones == 0 || !function.phases.contains("init"))
  }
}
