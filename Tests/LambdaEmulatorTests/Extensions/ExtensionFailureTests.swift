import Foundation
import Glibc
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// Extensions that fail: the caller gets an error, the environment is reset, and it works when the cause is
/// gone.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ExtensionFailureTests {
  struct Trouble: Sendable, CustomTestStringConvertible {
    let name: String
    /// The action of the extension while the file `cause` is there.
    let text: String
    let error: String
    /// The error in the words of the caller's answer.
    let words: String
    /// It fails before any invocation, so that init is tried twice.
    let isInit: Bool
    var testDescription: String { name }
  }

  private static func inInit(_ name: String, _ text: String, _ error: String, _ words: String) -> Trouble {
    Trouble(
      name: name, text: "if told('cause'):\n    \(text)\n" + ExtensionScript.plain, error: error,
      words: words, isInit: true)
  }

  private static func inInvocation(
    _ name: String, _ text: String, _ error: String, _ words: String
  ) -> Trouble {
    Trouble(
      name: name,
      text: """
        register("INVOKE", "SHUTDOWN")
        def work(event):
            if event["eventType"] == "INVOKE" and told("cause"): \(text)
        loop(work)
        """, error: error, words: words, isInit: false)
  }

  private static let troubles = [
    inInit(
      "init/error", "register('INVOKE'); fail('init'); time.sleep(60)", "Extension.InitError",
      "The extension ext has failed: Extension.Mine"),
    inInit(
      "exit/error in init", "register('INVOKE'); fail('exit'); time.sleep(60)", "Extension.ExitError",
      "The extension ext has failed: Extension.Mine"),
    inInit("an exit in init", "os._exit(3)", "Extension.Crash", "exit status 3"),
    inInit(
      "a registration, then an exit in init", "register('INVOKE'); os._exit(0)", "Extension.Crash",
      "exit code 0"),
    inInit(
      "kill -9 in init", "os.kill(os.getpid(), signal.SIGKILL)", "Extension.Crash", "signal: killed"),
    inInvocation(
      "exit/error in an invocation", "fail('exit'); time.sleep(60)", "Extension.ExitError",
      "The extension ext has failed: Extension.Mine"),
    inInvocation(
      "exit/error in an invocation, then an exit", "fail('exit'); os._exit(1)", "Extension.ExitError",
      "The extension ext has failed: Extension.Mine"),
    inInvocation("an exit in an invocation", "os._exit(0)", "Extension.Crash", "exit code 0"),
    inInvocation(
      "kill -9 in an invocation", "os.kill(os.getpid(), signal.SIGKILL)", "Extension.Crash",
      "signal: killed"),
  ]

  /// Waits for its extension's failure.
  private static let python = """
    import os, time
    here = os.path.dirname(os.path.abspath(__file__))
    def handler(event, context):
        while os.path.exists(os.path.join(here, "cause")): time.sleep(0.002)
        return "answered"
    """

  @Test("The caller gets the type and the words, and the next request works", arguments: troubles)
  func fails(_ trouble: Trouble) async throws {
    let function = try await RunningFunction.start(Self.python, extensions: [("ext", trouble.text)])
    try function.scratch.write([], to: "cause")
    let answer = try await function.call()
    #expect(answer.status == 200)
    #expect(answer.fields["x-amz-function-error"] == "Unhandled")
    let request = answer.fields["x-amzn-requestid"] ?? ""
    #expect(
      answer.body
        == #"{"errorMessage":"RequestId: \#(request) Error: \#(trouble.words)","errorType":"\#(trouble.error)"}"#
    )
    try function.remove("cause")
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(function.created == 1)
    #expect(function.states.count { $0.hasSuffix(" \(trouble.error)") } == (trouble.isInit ? 2 : 1))
    #expect(function.phases.count { $0 == "invoke error" } == 1)
    #expect(function.phases.count { $0.hasPrefix("runtimeShutdown failure") } == (trouble.isInit ? 2 : 1))
    // The first init of all, and one more in each request.
    let inits = function.events.count {
      if case .phaseBegan(.extensionInit, .none) = $0.kind { true } else { false }
    }
    #expect(inits == (trouble.isInit ? 3 : 2))
    #expect(function.phases.suffix(4) == ["invoke", "frozen", "runtimeShutdown", "extensionShutdown"])
    #expect(function.processes.isEmpty)
  }

  @Test(
    "One that cannot be started",
    arguments: [
      (
        "#!/no/such/interpreter\n",
        "No such file or directory (or the program that its first line names is not there)"
      ),
      ("not a program\n", "Exec format error (a script begins with #! and the program that reads it)"),
    ])
  func cannotBeStarted(text: String, why: String) async throws {
    let scratch = try Scratch()
    let program = try ExtensionScript.write("ext", ExtensionScript.plain, in: scratch)
    let good = try scratch.text("ext")
    try scratch.write(Array(text.utf8), to: "ext")
    let function = try await RunningFunction.start(Self.python, in: scratch) { $0.extensions = [program] }
    let answer = try await function.call()
    #expect(answer.body.contains("\"errorType\":\"Extension.LaunchError\""), "\(answer.body)")
    #expect(answer.body.contains(" Error: Couldn't start the extension: \(why)\""), "\(answer.body)")
    try scratch.write(Array(good.utf8), to: "ext")
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(function.markers == Array(repeating: "extension ext: not started: \(why)", count: 2))
    let launchError = "ext LaunchError Extension.LaunchError"
    #expect(function.states.prefix(4) == ["ext Started", launchError, "ext Started", launchError])
    #expect(function.created == 1)
  }

  @Test(
    "One that is killed while it is frozen resets, and the next request initialises anew",
    arguments: [FreezingWish.auto, .signal])
  func killedWhileFrozen(_ freezing: FreezingWish) async throws {
    let function = try await RunningFunction.start(Self.python, extensions: [("ext", ExtensionScript.plain)])
    {
      $0.freezing = freezing
    }
    #expect(try await function.call().body == "\"answered\"")
    #expect(try await function.wait { $0.freezes == 1 })
    let process = try #require(function.process(of: "ext"))
    kill(process, SIGKILL)
    #expect(try await function.wait { $0.phases.last == "runtimeShutdown failure" })
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(function.created == 1)
    #expect(function.phases.contains("frozen error"))
    #expect(function.states.contains("ext ExitError Extension.Crash"))
  }

  @Test("A supervisor that is killed while extensions initialize ends the wait at once")
  func supervisorKilled() async throws {
    let function = try await RunningFunction.start(
      Self.python, extensions: [("ext", "say('up')\nawait_file('never')")]
    ) {
      $0.function.initLimit = .never
      $0.function.timeout = .never
    }
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.said("ext") == ["up"] })
    let supervisors = try await waiting { children(of: getpid()).flatMap { [$0] + children(of: $0) } }
    let process = try #require(function.process(of: "ext"))
    // Its parent: the supervisor, which may be pid 1 of a namespace.
    let supervisor = try #require(supervisors.first { children(of: $0).contains(process) })
    kill(supervisor, SIGKILL)
    #expect(try await answer.body.contains("Sandbox.Failure"))
    try await function.end()
  }

  @Test(
    "One that says that it fails ends by itself: what it prints after that is read",
    arguments: [
      "register('INVOKE', 'SHUTDOWN')\nnext()\nfail('exit', message='no key')",
      "register()\nfail('init', message='no key')",
    ])
  func saysMore(_ text: String) async throws {
    let function = try await RunningFunction.start(
      Self.python,
      extensions: [
        (
          "ext",
          "if not told('cause'):\n    register('INVOKE')\n    loop()\n\(text)\ntime.sleep(0.1)\nsay('last')\nos._exit(1)"
        )
      ])
    try function.scratch.write([], to: "cause")
    _ = try await function.call()
    try function.remove("cause")
    #expect(try await function.rest(after: 1))
    #expect(try await function.call().body == "\"answered\"")
    try await function.end()
    #expect(function.said("ext").contains("last"))
    #expect(function.markers.first == "extension ext: Extension.Mine: no key")
  }

  @Test("What it printed last is read, though its line has no end")
  func lastWords() async throws {
    let function = try await RunningFunction.start(
      Self.python,
      extensions: [("ext", "register('INVOKE')\nnext()\nprint('ext last', end='', flush=True)\nos._exit(1)")])
    try function.scratch.write([], to: "cause")
    let answer = try await function.call()
    try await function.end()
    #expect(answer.body.contains("Extension.Crash"))
    #expect(function.said("ext") == ["last"])
  }

  @Test("One extension's failure ends the other one by a SHUTDOWN that gives the reason")
  func theOther() async throws {
    let function = try await RunningFunction.start(
      Self.python,
      extensions: [
        ("good", ExtensionScript.plain),
        (
          "ill",
          "register('INVOKE')\nloop(lambda event: event['eventType'] == 'INVOKE' and told('cause') and os._exit(1))"
        ),
      ])
    try function.scratch.write([], to: "cause")
    _ = try await function.call()
    try function.remove("cause")
    #expect(try await function.rest(after: 1))
    _ = try await function.call()
    try await function.end()
    let said = function.said("good").map { $0.split(separator: " ").first.map(String.init) ?? "" }
    #expect(said == ["INVOKE", "SHUTDOWN", "INVOKE", "SHUTDOWN"])
    #expect(function.said("good").filter { $0.hasPrefix("S") } == ["SHUTDOWN failure", "SHUTDOWN spindown"])
  }
}
