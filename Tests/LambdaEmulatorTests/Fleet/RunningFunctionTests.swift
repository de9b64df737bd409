import Foundation
import FoundationNetworking
import LambdaEmulator
import LambdaLifecycle
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct RunningFunctionTests {
  /// Does what its event says.
  private static let obedient = """
    import os, time
    calls = 0
    def handler(event, context):
        global calls
        calls += 1
        print("call", calls)
        if "sleep" in event: time.sleep(event["sleep"])
        if "exit" in event: os._exit(event["exit"])
        if "raise" in event: raise ValueError(event["raise"])
        if "large" in event: return "x" * event["large"]
        return {"calls": calls, "arn": context.invoked_function_arn}
    """

  @Test("A cold start, then a warm one, both observed, then the end")
  func coldThenWarm() async throws {
    let function = try await RunningFunction.start("import time\nprint('loading')\n" + Self.obedient)
    let first = try await function.call()
    #expect(first.status == 200)
    #expect(first.body.contains("\"calls\": 1"))
    #expect(first.fields["x-amz-executed-version"] == "$LATEST")
    #expect(try await function.call().body.contains("\"calls\": 2"))
    #expect(try await function.wait { $0.phases.filter { $0 == "invoke" }.count == 2 })
    try await function.end()
    #expect(
      function.phases == ["create", "init", "invoke", "frozen", "invoke", "frozen", "runtimeShutdown"])
    #expect(function.output == ["loading", "call 1", "call 2"])
    #expect(function.created == 1)
    #expect(function.gone == 1)
    // The function's part of init begins where its file is opened: before it prints.
    let order = function.events.compactMap { event -> (String, Timestamp)? in
      switch event.kind {
      case .mark: ("mark", event.time)
      case .output: ("output", event.time)
      default: nil
      }
    }
    #expect(order.first?.0 == "mark")
    #expect(order.count == 4)
  }

  @Test("A handler's exception is the caller's, the environment stays warm")
  func exception() async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let answer = try await function.call(#"{"raise": "no"}"#)
    #expect(answer.status == 200)
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains(#""errorType": "ValueError""#))
    #expect(try await function.call().body.contains("\"calls\": 2"))
    try await function.end()
    #expect(function.created == 1)
  }

  @Test(
    "An exit is answered as Lambda answers it, and the next request initialises anew in the same environment")
  func exit() async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let answer = try await function.call(#"{"exit": 3}"#)
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains(#""errorType":"Runtime.ExitError""#))
    #expect(answer.body.contains("Runtime exited with error: exit status 3"))
    #expect(try await function.call().body.contains("\"calls\": 1"))
    try await function.end()
    #expect(function.created == 1)
    #expect(
      function.phases == [
        "create", "init", "invoke error", "runtimeShutdown failure", "init", "invoke", "frozen",
        "runtimeShutdown",
      ])
  }

  @Test("A timeout is answered at its time, and resets")
  func timeout() async throws {
    let function = try await RunningFunction.start(Self.obedient) { $0.function.timeout = .seconds(1) }
    let answer = try await function.call(#"{"sleep": 20}"#)
    #expect(answer.body.contains(#""errorType":"Sandbox.Timedout""#))
    #expect(answer.body.contains("Task timed out after 1.00 seconds"))
    #expect(try await function.wait { $0.phases.contains("runtimeShutdown timeout") })
    try await function.end()
    #expect(function.phases.contains("invoke timeout"))
  }

  @Test("An import that fails is what the caller is told")
  func importError() async throws {
    let function = try await RunningFunction.start(
      "import no_such_module\ndef handler(event, context): pass\n")
    let answer = try await function.call()
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains("Runtime.ImportModuleError"))
    #expect(answer.body.contains("no_such_module"))
    try await function.end()
    #expect(function.phases.contains("init error"))
  }

  @Test("A response that is too large is told to the caller, not an exit")
  func tooLarge() async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let answer = try await function.call(#"{"large": 7000000}"#)
    #expect(answer.body.contains("Function.ResponseSizeTooLarge"))
    try await function.end()
  }

  @Test("Requests at once get environments of their own, beyond the limit a 429 with its reason")
  func severalAtOnce() async throws {
    let function = try await RunningFunction.start(Self.obedient) { $0.function.reservedConcurrency = 2 }
    let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for _ in 0..<3 {
        group.addTask { [address = function.emulator.address] in
          let answer = try await RunningFunction.call(address, #"{"sleep": 0.5}"#)
          return (answer.status, answer.body)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.map(\.0).sorted() == [200, 200, 429])
    let refused = answers.first { $0.0 == 429 }?.1
    #expect(refused?.contains("ReservedFunctionConcurrentInvocationLimitExceeded") == true)
    try await function.end()
    #expect(function.created == 2)
  }

  @Test("The end of the log, the client context and the name of the function")
  func wishes() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context):\n  print('said')\n  return context.client_context.custom['a']\n")
    let answer = try await function.call(
      path: "/2015-03-31/functions/other/invocations?Qualifier=live",
      [
        "X-Amz-Log-Type": "Tail",
        "X-Amz-Client-Context": Data(#"{"custom":{"a":"b"}}"#.utf8).base64EncodedString(),
      ])
    #expect(answer.body == #""b""#)
    #expect(answer.fields["x-amz-executed-version"] == "live")
    let log = answer.fields["x-amz-log-result"].flatMap { Data(base64Encoded: $0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(log?.hasPrefix("START RequestId: ") == true)
    #expect(log?.contains("\nsaid\n") == true)
    try await function.end()
  }

  @Test(
    "What is no call of this machine's is refused",
    arguments: [
      (["Host": "evil.example"], 403, "AccessDeniedException"),
      (["Origin": "https://evil.example"], 403, "AccessDeniedException"),
      (["Origin": "null"], 403, "AccessDeniedException"), (["X-Amz-Invocation-Type": "DryRun"], 204, ""),
      (["X-Amz-Invocation-Type": "Sometimes"], 400, "InvalidParameterValueException"),
      (["X-Amz-Client-Context": "%%%"], 400, "InvalidRequestContentException"),
    ])
  func refused(_ fields: [String: String], _ status: Int, _ type: String) async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let answer = try await function.call("{}", fields)
    #expect(answer.status == status)
    #expect(answer.fields["x-amzn-errortype"] ?? "" == type)
    try await function.end()
    #expect(function.created == 0)
  }

  @Test("Idle environments go after their time; without freezing the gap is idle, not frozen")
  func idleTimeout() async throws {
    let function = try await RunningFunction.start(Self.obedient) {
      $0.function.idleTimeout = .fixed(.milliseconds(200))
      $0.freezing = .off
    }
    _ = try await function.call()
    #expect(try await function.wait { $0.gone == 1 })
    try await function.end()
    #expect(function.phases == ["create", "init", "invoke", "runtimeShutdown"])
  }

  @Test("A port that is taken is refused, and the option is named")
  func portTaken() async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let port = Int(function.emulator.address.split(separator: ":").last ?? "") ?? 0
    let error = await #expect(throws: EmulatorError.self) {
      _ = try await RunningFunction.start(Self.obedient) { $0.port = port }
    }
    #expect(error?.description.contains("--port") == true)
    try await function.end()
  }

  @Test("A frozen function does nothing, and goes on with the next request")
  func frozen() async throws {
    let function = try await RunningFunction.start(
      """
      import threading, time
      ticks = 0
      def tick():
          global ticks
          while True:
              ticks += 1
              time.sleep(0.002)
      threading.Thread(target=tick, daemon=True).start()
      def handler(event, context):
          return {"ticks": ticks, "time": time.monotonic()}
      """)
    _ = try await function.call()
    #expect(
      try await function.wait {
        $0.events.contains { if case .phaseBegan(.frozen, _) = $0.kind { true } else { false } }
      })
    let before = try await function.call().body
    #expect(try await function.wait { $0.phases.filter { $0 == "frozen" }.count == 1 })
    // Half a second in which a thread that ran would tick 250 times.
    try await Task.sleep(for: .milliseconds(500))
    let after = try await function.call().body
    try await function.end()
    let (first, second) = (Self.numbers(before), Self.numbers(after))
    #expect(second[1] - first[1] > 0.45)
    #expect(second[0] - first[0] < 60)
  }

  private static func numbers(_ text: String) -> [Double] {
    text.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
  }
}
