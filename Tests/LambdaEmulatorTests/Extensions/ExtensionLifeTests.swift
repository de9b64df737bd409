import Foundation
import LambdaEmulator
import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// External extensions from init to shutdown.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ExtensionLifeTests {
  /// A runtime that prints the fields that come with each event.
  private static let runtime =
    ExtensionScript.common + """
      name = "runtime"
      say("started")
      def end(number, frame):
          say("terminated")
          os._exit(0)
      signal.signal(signal.SIGTERM, end)
      root = "/2018-06-01/runtime/invocation/"
      while True:
          fields, body = call(root + "next", None, "GET", quiet=True)
          ident = fields["Lambda-Runtime-Aws-Request-Id"]
          say(json.dumps({"requestId": ident, "deadlineMs": int(fields["Lambda-Runtime-Deadline-Ms"]),
              "invokedFunctionArn": fields["Lambda-Runtime-Invoked-Function-Arn"],
              "trace": fields["Lambda-Runtime-Trace-Id"]}))
          call(root + ident + "/response", {"done": True}, quiet=True)
      """

  @Test("Two extensions: each step waits for both, and both are told what the runtime is told")
  func two() async throws {
    let scratch = try Scratch()
    let first = try ExtensionScript.write(
      "first", "register('INVOKE', 'SHUTDOWN')\nloop(lambda event: say(json.dumps(event)))", in: scratch)
    let second = try ExtensionScript.write(
      "second",
      """
      await_file("register")
      register("INVOKE", "SHUTDOWN")
      await_file("next")
      loop(lambda event: say(json.dumps(event)))
      """, in: scratch)
    let function = try await RunningFunction.start(runtime: Self.runtime) { $0.extensions = [first, second] }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.states.contains("first Ready") })
    #expect(function.said("runtime").isEmpty)
    try scratch.write([], to: "register")
    #expect(try await function.wait { $0.said("runtime") == ["started"] })
    #expect(
      function.states == [
        "first Started", "second Started", "first Registered", "first Ready", "second Registered",
      ])
    // The runtime is done with its part, and waits for the extension that is not.
    #expect(try await function.wait { $0.phases.last == "init" })
    #expect(function.events.invoked == 0)
    try scratch.write([], to: "next")
    let request = try await answer.fields["x-amzn-requestid"] ?? ""
    #expect(try await function.wait { $0.freezes == 1 })
    #expect(
      function.states == [
        "first Started", "second Started", "first Registered", "first Ready", "second Registered",
        "second Ready",
      ])
    try await function.end()

    let told = try #require(function.said("runtime").dropFirst().first.flatMap(Self.value))
    #expect(told["requestId"]?.string == request)
    for name in ["first", "second"] {
      let said = function.said(name)
      #expect(said.first == "INVOKE \(request)")
      let event = try #require(said.dropFirst().first.flatMap(Self.value))
      #expect(
        Set(event.members) == ["eventType", "deadlineMs", "requestId", "invokedFunctionArn", "tracing"])
      #expect(event["deadlineMs"]?.integer != nil)
      #expect(event["deadlineMs"] == told["deadlineMs"])
      #expect(event["invokedFunctionArn"] == told["invokedFunctionArn"])
      #expect(event["tracing"]?["type"]?.string == "X-Amzn-Trace-Id")
      #expect(event["tracing"]?["value"] == told["trace"])
      #expect(said.dropFirst(2).first == "SHUTDOWN spindown")
      let end = try #require(said.dropFirst(3).first.flatMap(Self.value))
      #expect(Set(end.members) == ["eventType", "deadlineMs", "shutdownReason"])
      #expect(said.count == 4)
    }
    // The runtime hears of the end first.
    let order = function.output.filter { $0.hasSuffix(" terminated") || $0.hasSuffix(" SHUTDOWN spindown") }
    #expect(order.first == "runtime terminated")
    #expect(order.count == 3)
    #expect(Set(function.states.suffix(2)) == ["first Exited", "second Exited"])
    #expect(function.phases.suffix(2) == ["runtimeShutdown", "extensionShutdown"])
    #expect(function.gone == 1)
    #expect(function.processes.isEmpty)
  }

  private static func value(_ text: String) -> JSONValue? {
    Array(text.utf8).withUnsafeBytes { JSONValue($0) }
  }

  @Test(
    "The caller has its answer while an extension is at work, which belongs to the invocation all the same")
  func workAfterAnswer() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return 'answered'\n",
      extensions: [
        (
          "slow",
          "register('INVOKE', 'SHUTDOWN')\nloop(lambda event: event['eventType'] == 'INVOKE' and await_file('done'))"
        )
      ])
    #expect(try await function.call().body == "\"answered\"")
    #expect(try await function.wait { $0.runtimeDones == 1 })
    #expect(function.freezes == 0)
    #expect(!function.phases.contains("invoke"))
    #expect(function.reports.isEmpty)
    try function.scratch.write([], to: "done")
    #expect(try await function.wait { $0.freezes == 1 })
    let invoke = try #require(function.times(of: .invoke))
    let runtimeDone = try #require(function.moment { if case .runtimeDone = $0 { true } else { false } })
    let report = try #require(function.reports.first)
    #expect(report.duration == invoke.end - invoke.begin)
    #expect(report.duration > runtimeDone - invoke.begin)
    try await function.end()
  }

  @Test("One that has not registered for INVOKE is told of none, and holds nothing up")
  func shutdownOnly() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return 'answered'\n",
      extensions: [("quiet", "register('SHUTDOWN')\nloop()")])
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 1 })
    try await function.end()
    #expect(function.said("quiet") == ["SHUTDOWN spindown"])
  }

  @Test("One that waits and loses its connection gets the next event by another one")
  func lostNext() async throws {
    let function = try await RunningFunction.start(
      """
      import os, time
      # No event comes before the connection is lost.
      while not os.path.exists(os.path.join(os.path.dirname(__file__), "lost")): time.sleep(0.002)
      def handler(event, context): return 1
      """,
      extensions: [
        (
          "ext",
          """
          import socket
          register("INVOKE", "SHUTDOWN")
          ask = "GET /2020-01-01/extension/event/next HTTP/1.1\\r\\nHost: x\\r\\nLambda-Extension-Identifier: "
          lost = socket.create_connection(os.environ["AWS_LAMBDA_RUNTIME_API"].split(":"))
          lost.sendall((ask + ident["Lambda_Extension_Identifier"] + "\\r\\n\\r\\n").encode())
          await_file("lose")
          lost.close()
          open(os.path.join(here, "lost"), "w").close()
          while True:
              event = next()
              # Nobody has seen yet that the connection is gone.
              if event.get("errorType") != "Extension.InvalidExtensionState": break
          say(event["eventType"])
          loop()
          """
        )
      ]
    ) { $0.freezing = .off }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.states.contains("ext Ready") })
    try function.scratch.write([], to: "lose")
    _ = try await answer
    #expect(try await function.wait { $0.said("ext").contains("INVOKE") && $0.phases.last == "invoke" })
    _ = try await function.call()
    try await function.end()
    #expect(function.created == 1)
    #expect(function.said("ext").count == 3)
  }

  @Test("Three environments at once have an extension each, which is told of its own environment's request")
  func threeEnvironments() async throws {
    let function = try await RunningFunction.start(
      """
      import os, time
      here = os.path.dirname(os.path.abspath(__file__))
      def handler(event, context):
          while os.path.exists(os.path.join(here, "together")): time.sleep(0.002)
          return context.aws_request_id
      """, extensions: [("plain", ExtensionScript.plain)])
    try function.scratch.write([], to: "together")
    let address = function.emulator.address
    async let answers = withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<3 { group.addTask { try await RunningFunction.call(address, "{}").body } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(try await function.wait { $0.said("plain").count == 3 })
    try function.remove("together")
    let ids = try await answers
    #expect(ids.count == 3)
    #expect(try await function.wait { $0.freezes == 3 })
    try await function.end()
    var requests: [EnvironmentID: String] = [:]
    var told: [EnvironmentID: String] = [:]
    for event in function.events {
      switch event.kind {
      case .phaseBegan(.invoke, _): requests[event.environment] = function.log.catalog.text(event.request)
      case .output(.extension, let text):
        let words = (function.log.text.text(text) ?? "").split(separator: " ")
        if words.count == 3, words[1] == "INVOKE" { told[event.environment] = String(words[2]) }
      default: break
      }
    }
    #expect(requests.count == 3)
    #expect(told == requests)
    #expect(Set(told.values.map { "\"\($0)\"" }) == ids)
    #expect(function.said("plain").filter { $0 == "SHUTDOWN spindown" }.count == 3)
    #expect(function.processes.isEmpty)
  }

  @Test(
    "While its environment is frozen, an extension does nothing", arguments: [FreezingWish.auto, .signal])
  func frozen(_ freezing: FreezingWish) async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return 1\n",
      extensions: [
        (
          "busy",
          """
          ticks = 0
          def tick():
              global ticks
              while True:
                  ticks += 1
                  time.sleep(0.002)
          threading.Thread(target=tick, daemon=True).start()
          register("INVOKE", "SHUTDOWN")
          loop(lambda event: say("ticks", ticks, time.monotonic()))
          """
        )
      ]
    ) { $0.freezing = freezing }
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 1 })
    // Half a second in which a thread that ran would tick 250 times.
    try await Task.sleep(for: .milliseconds(500))
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 2 })
    try await function.end()
    let counts = function.said("busy").filter { $0.hasPrefix("ticks ") }.map { line in
      line.split(separator: " ").dropFirst().compactMap { Double($0) }
    }
    try #require(counts.count == 3)
    #expect(counts[1][1] - counts[0][1] > 0.45)
    #expect(counts[1][0] - counts[0][0] < 60)
  }
}

extension JSONValue {
  /// The names of an object's members.
  var members: [String] { if case .object(let members) = self { Array(members.keys) } else { [] } }
}
