import Foundation
import FoundationNetworking
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct RunningFunctionTests {
  /// Obeys its event.
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

  @Test("After an exit nothing of it runs: its children and daemons neither")
  func nothingRunsAfterExit() async throws {
    let function = try await RunningFunction.start(
      """
      import os, subprocess
      def handler(event, context):
          subprocess.Popen(["sh", "-c", "while :; do echo x >> child; sleep 0.01; done"])
          subprocess.Popen(["setsid", "sh", "-c", "while :; do echo x >> daemon; sleep 0.01; done"])
          while not (os.path.exists("child") and os.path.exists("daemon")): pass
          os._exit(1)
      """)
    _ = try await function.call()
    #expect(try await function.wait { $0.phases.last == "runtimeShutdown failure" })
    func lengths() throws -> [Int] {
      try ["child", "daemon"].map { try function.scratch.text($0).utf8.count }
    }
    let before = try lengths()
    // A second in which each would write a hundred times.
    try await Task.sleep(for: .seconds(1))
    #expect(try lengths() == before)
    try await function.end()
  }

  @Test("An init that takes longer than its limit runs again inside the request")
  func longInit() async throws {
    let function = try await RunningFunction.start(
      """
      import os, time
      while not os.path.exists("go"): time.sleep(0.002)
      def handler(event, context): return "at last"
      """
    ) {
      $0.function.initLimit = .milliseconds(500)
      $0.function.timeout = .seconds(20)
    }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.phases.contains("init timeout") })
    try function.scratch.write([], to: "go")
    #expect(try await answer.body == #""at last""#)
    try await function.end()
    #expect(
      function.phases == [
        "create", "init timeout", "runtimeShutdown timeout", "init", "invoke", "frozen", "runtimeShutdown",
      ])
    #expect(function.created == 1)
  }

  @Test("A crash between requests, where nothing is frozen: the next request initialises anew")
  func crashWhileReady() async throws {
    let function = try await RunningFunction.start(Self.obedient) { $0.freezing = .off }
    #expect(try await function.call().body.contains("\"calls\": 1"))
    #expect(try await function.wait { $0.phases.last == "invoke" })
    function.emulator.perform(.crash(environment: 1))
    #expect(try await function.wait { $0.phases.last == "runtimeShutdown failure" })
    #expect(try await function.call().body.contains("\"calls\": 1"))
    try await function.end()
    #expect(function.created == 1)
    #expect(
      function.phases == [
        "create", "init", "invoke", "runtimeShutdown failure", "init", "invoke", "runtimeShutdown",
      ])
  }

  @Test(
    "A function is called by its name, with an alias, with an account, by its ARN",
    arguments: [
      ("hello", "function:hello", "$LATEST"), ("hello%3Alive", "function:hello:live", "live"),
      ("123456789012%3Afunction%3Ahello", "function:hello", "$LATEST"),
      (
        "arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Ahello", "123456789012:function:hello",
        "$LATEST"
      ),
      ("hello?Qualifier=live", "function:hello:live", "live"),
    ])
  func names(name: String, arn: String, version: String) async throws {
    let function = try await RunningFunction.start(Self.obedient)
    let parts = name.split(separator: "?")
    let query = parts.count > 1 ? "?\(parts[1])" : ""
    let answer = try await function.call(path: "/2015-03-31/functions/\(parts[0])/invocations\(query)")
    #expect(answer.body.contains(":\(arn)\""), "\(answer.body)")
    #expect(answer.fields["x-amz-executed-version"] == version)
    try await function.end()
  }

  @Test("A function knows how its environment is initialized")
  func initializationType() async throws {
    let text = """
      import os
      def handler(event, context): return os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]
      """
    let function = try await RunningFunction.start(text) {
      $0.function.provisioned = ProvisionedConcurrency(environments: 1)
      $0.function.initializationType = .provisionedConcurrency
    }
    #expect(try await function.wait { $0.phases.contains("init") })
    #expect(try await function.call().body == #""provisioned-concurrency""#)
    try await function.end()
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
    let context = Data(#"{"custom":{"a":"b"}}"#.utf8).base64EncodedString()
    let answer = try await function.call(
      path: "/2015-03-31/functions/other/invocations?Qualifier=live",
      ["X-Amz-Log-Type": "Tail", "X-Amz-Client-Context": context])
    #expect(answer.body == #""b""#)
    #expect(answer.fields["x-amz-executed-version"] == "live")
    let log = answer.fields["x-amz-log-result"].flatMap { Data(base64Encoded: $0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(log?.hasPrefix("START RequestId: ") == true)
    #expect(log?.contains("\nsaid\n") == true)
    let report =
      #/END RequestId: [-0-9a-f]{36}\nREPORT RequestId: [-0-9a-f]{36}\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms\t/#
    #expect(try log.map { try report.firstMatch(in: $0) != nil } == true, "\(log ?? "")")
    let memory = #/\tMemory Size: 512 MB\tMax Memory Used: [0-9]+ MB\tInit Duration: /#
    #expect(log?.contains(memory) == true, "\(log ?? "")")
    // The second one had no init.
    let second = try await function.call(
      "{}", ["X-Amz-Log-Type": "Tail", "X-Amz-Client-Context": context])
    let tail = second.fields["x-amz-log-result"].flatMap { Data(base64Encoded: $0) } ?? Data()
    let end = #/\tMemory Size: 512 MB\tMax Memory Used: [0-9]+ MB\t\n/#
    #expect(String(decoding: tail, as: UTF8.self).contains(end))
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
    #expect(answer.fields["x-amzn-requestid"] != nil || status != 204)
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
    #expect(try await function.wait { $0.freezes == 1 })
    let before = try await function.call().body
    #expect(try await function.wait { $0.freezes == 2 })
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
