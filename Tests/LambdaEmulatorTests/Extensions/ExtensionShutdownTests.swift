import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// The end of extensions and of the runtime beside them. Times have lower bounds only.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ExtensionShutdownTests {
  private static let plain = "def handler(event, context): return 1\n"

  /// Calls a function once and shuts its environment down.
  private func shutDown(_ text: String, function python: String = plain) async throws -> RunningFunction {
    let function = try await RunningFunction.start(python, extensions: [("ext", text)])
    _ = try await function.call()
    #expect(try await function.wait { $0.freezes == 1 })
    function.emulator.perform(.shutDown(environment: 1))
    #expect(try await function.wait { $0.gone == 1 })
    try await function.end()
    #expect(function.processes.isEmpty)
    return function
  }

  @Test("One that ignores SHUTDOWN is killed after 2,000 ms, which count from the beginning of the shutdown")
  func ignoresShutdown() async throws {
    let function = try await shutDown(
      "register('INVOKE', 'SHUTDOWN')\nloop(lambda event: event['eventType'] == 'SHUTDOWN' and time.sleep(60))"
    )
    #expect(function.states.last == "ext ShutdownFailed")
    #expect(function.phases.last == "extensionShutdown killed")
    let begin = try #require(function.times(of: .runtimeShutdown)?.begin)
    let end = try #require(function.times(of: .extensionShutdown)?.end)
    #expect(end - begin >= .seconds(2))
    #expect(function.said("ext").last == "SHUTDOWN spindown")
  }

  @Test("The deadline of SHUTDOWN is that moment")
  func deadline() async throws {
    let function = try await shutDown(
      """
      register("INVOKE", "SHUTDOWN")
      loop(lambda event: say("left", event["deadlineMs"] - time.time() * 1000))
      """)
    let left = function.said("ext").filter { $0.hasPrefix("left ") }.compactMap { Double($0.dropFirst(5)) }
    try #require(left.count == 2)
    // No later than 2,000 ms after it was sent; a second is for a slow machine.
    #expect(left[1] <= 2_000)
    #expect(left[1] > 1_000)
    #expect(function.states.last == "ext Exited")
  }

  @Test("A runtime that ignores SIGTERM has 300 ms, then comes SHUTDOWN")
  func runtimeIgnores() async throws {
    let function = try await shutDown(
      ExtensionScript.plain,
      function:
        "import signal\nsignal.signal(signal.SIGTERM, lambda number, frame: print('no', flush=True))\n"
        + Self.plain)
    #expect(function.output.suffix(2) == ["no", "ext SHUTDOWN spindown"])
    #expect(function.phases.suffix(2) == ["runtimeShutdown killed", "extensionShutdown"])
    let times = try #require(function.times(of: .runtimeShutdown))
    #expect(times.end - times.begin >= .milliseconds(300))
    #expect(function.states.last == "ext Exited")
  }

  @Test(
    "An exit status other than 0, and an end by a signal, is a shutdown that has failed",
    arguments: [
      "sys.exit(3)", "os.kill(os.getpid(), signal.SIGKILL)",
    ])
  func badExit(_ end: String) async throws {
    let function = try await shutDown(
      """
      register("INVOKE", "SHUTDOWN")
      def work(event):
          if event["eventType"] == "SHUTDOWN": \(end)
      loop(work)
      """)
    #expect(function.states.last == "ext ShutdownFailed")
    #expect(function.phases.last == "extensionShutdown")
    let how = end.hasPrefix("sys") ? "exit status 3" : "signal: killed"
    #expect(function.markers == ["extension ext has ended: \(how)"])
  }

  @Test(
    "exit/error in a shutdown takes none of its time: what is printed after it is read, and its status counts"
  )
  func failsInShutdown() async throws {
    let function = try await shutDown(
      """
      register("INVOKE", "SHUTDOWN")
      def work(event):
          if event["eventType"] == "SHUTDOWN":
              fail("exit", message="cannot flush")
              time.sleep(0.2)
              say("last words")
              sys.exit(4)
      loop(work)
      """)
    #expect(function.said("ext").last == "last words")
    #expect(function.states.last == "ext ShutdownFailed")
    #expect(function.phases.last == "extensionShutdown")
    #expect(
      function.markers == [
        "extension ext: Extension.Mine: cannot flush", "extension ext has ended: exit status 4",
      ])
  }

  @Test("One that has not registered for SHUTDOWN gets none, and is killed at once")
  func notRegistered() async throws {
    let function = try await shutDown("register('INVOKE')\nloop()")
    #expect(function.said("ext").count == 1)
    #expect(function.said("ext").first?.hasPrefix("INVOKE ") == true)
    #expect(function.states == ["ext Started", "ext Registered", "ext Ready"])
    // Nobody waits for it: the phase ends at the moment it begins.
    let times = try #require(function.times(of: .extensionShutdown))
    #expect(times.begin == times.end)
  }

  @Test(
    "A timeout and a crash: the environment is reset, and the reason is told",
    arguments: [
      ("time.sleep(60)", "timeout"), ("os._exit(1)", "failure"),
    ])
  func reset(end: String, reason: String) async throws {
    let function = try await RunningFunction.start(
      """
      import os, time
      here = os.path.dirname(os.path.abspath(__file__))
      def handler(event, context):
          if os.path.exists(os.path.join(here, "cause")): \(end)
          return "answered"
      """, extensions: [("ext", ExtensionScript.plain)]
    ) { $0.function.timeout = .seconds(1) }
    try function.scratch.write([], to: "cause")
    let answer = try await function.call()
    #expect(answer.body.contains(reason == "timeout" ? "Sandbox.Timedout" : "Runtime.ExitError"))
    try function.remove("cause")
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(
      function.said("ext").filter { $0.hasPrefix("SHUTDOWN") } == ["SHUTDOWN \(reason)", "SHUTDOWN spindown"])
    #expect(
      function.phases.filter { $0.hasPrefix("extensionShutdown") }.first == "extensionShutdown \(reason)")
    #expect(function.created == 1)
    #expect(function.states.filter { $0 == "ext Exited" }.count == 2)
  }

  @Test("At a reset, one that has not registered for SHUTDOWN is killed too, and nothing runs then")
  func notRegisteredAtReset() async throws {
    let function = try await RunningFunction.start(
      "import os\ndef handler(event, context): os._exit(1)\n",
      extensions: [("ext", "register('INVOKE')\nloop()")])
    _ = try await function.call()
    #expect(try await function.rest(after: 1))
    #expect(try await function.wait { $0.process(of: "ext") == nil })
    #expect(function.gone == 0)
    try await function.end()
    #expect(function.said("ext").count == 1)
  }

  @Test("One that is at work at the reset gets its SHUTDOWN when it asks")
  func lateNext() async throws {
    let function = try await RunningFunction.start(
      Self.plain,
      extensions: [
        (
          "ext",
          "register('INVOKE', 'SHUTDOWN')\nloop(lambda event: event['eventType'] == 'INVOKE' and await_file('late'))"
        )
      ]
    ) { $0.function.timeout = .seconds(1) }
    // The answer comes before the timeout, which the extension causes.
    #expect(try await function.call().body == "1")
    #expect(try await function.wait { $0.phases.contains { $0.hasPrefix("runtimeShutdown") } })
    try function.scratch.write([], to: "late")
    #expect(try await function.wait { $0.states.contains("ext Exited") })
    try await function.end()
    #expect(function.said("ext").last == "SHUTDOWN timeout")
    #expect(function.phases.prefix { !$0.hasPrefix("runtimeShutdown") }.last == "invoke timeout")
  }
}
