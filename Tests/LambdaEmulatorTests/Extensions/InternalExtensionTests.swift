import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Internal extensions: threads of the function's own process.
@Suite(.serialized, .timeLimit(.minutes(3))) struct InternalExtensionTests {
  private static let function =
    ExtensionScript.common + """
      register("INVOKE", Lambda_Extension_Name="inside")
      def work():
          # Else the system may give it SIGTERM, which the main thread is to hear of.
          signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
          while True:
              event = next()
              print("inside", event["eventType"], event.get("requestId", ""), flush=True)
              await_file("done")
      threading.Thread(target=work, daemon=True).start()
      def end(number, frame):
          print("function terminated", flush=True)
          os._exit(0)
      signal.signal(signal.SIGTERM, end)
      def handler(event, context): return context.aws_request_id
      """

  @Test("It is told of a request, holds the invocation until its Next, and gets no SHUTDOWN")
  func life() async throws {
    let function = try await RunningFunction.start(Self.function)
    let request = try await function.call().body
    #expect(try await function.wait { $0.runtimeDones == 1 && !$0.said("inside").isEmpty })
    #expect(function.freezes == 0)
    try function.scratch.write([], to: "done")
    #expect(try await function.wait { $0.freezes == 1 })
    try await function.end()
    #expect(function.states == ["inside Registered", "inside Ready"])
    #expect(function.said("inside").map { "\"\($0.dropFirst("INVOKE ".count))\"" } == [request])
    #expect(function.said("function") == ["terminated"])
    #expect(
      function.phases == ["create", "init", "invoke", "frozen", "runtimeShutdown"])
  }

  @Test("A function that ignores SIGTERM has 500 ms, and is killed then")
  func ignoresTermination() async throws {
    let function = try await RunningFunction.start(
      Self.function + "\nsignal.signal(signal.SIGTERM, lambda number, frame: print('no', flush=True))\n")
    try function.scratch.write([], to: "done")
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 1 })
    function.emulator.perform(.shutDown(environment: 1))
    #expect(try await function.wait { $0.gone == 1 })
    try await function.end()
    #expect(function.output.contains("no"))
    #expect(function.phases.last == "runtimeShutdown killed")
    let times = try #require(function.times(of: .runtimeShutdown))
    #expect(times.end - times.begin >= .milliseconds(500))
  }

  @Test("One that says that it has failed resets")
  func fails() async throws {
    let function = try await RunningFunction.start(
      ExtensionScript.common + """
        register("INVOKE", Lambda_Extension_Name="inside")
        def work():
            next()
            if told("cause"): return fail("exit")
            next()
        threading.Thread(target=work, daemon=True).start()
        def handler(event, context):
            while told("cause"): time.sleep(0.002)
            return "answered"
        """)
    try function.scratch.write([], to: "cause")
    let answer = try await function.call()
    #expect(answer.body.contains("\"errorType\":\"Extension.ExitError\""), "\(answer.body)")
    try function.remove("cause")
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(function.created == 1)
  }
}
