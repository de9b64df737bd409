import Foundation
import LambdaLifecycle
import TestSupport
import Testing

@testable import LambdaEmulator

@Suite(.serialized, .timeLimit(.minutes(3))) struct IsolationTests {
  @Test("A folder that goes leaves its name to the next one at once")
  func nextFolder() throws {
    let scratch = try Scratch()
    for _ in 1...50 {
      let folder = try #require(EnvironmentFolder(in: scratch.path, birth: 1))
      for number in 1...20 {
        try Files.write([1], to: "\(folder.temporary)/\(number)", mode: 0o644)
      }
      folder.remove()
    }
    let next = try #require(EnvironmentFolder(in: scratch.path, birth: 1))
    let path = scratch.path
    try eventually("the others are removed") { Files.names(in: path) == ["env-1"] }
    #expect(Files.isFile(next.hosts))
  }

  /// Returns its surroundings, writes a file into /tmp, and ends or prints on demand.
  private static let curious = """
    import os, socket, sys
    print("loading")
    def handler(event, context):
        seen = sorted(os.listdir("/tmp"))
        open("/tmp/%d" % len(seen), "w").close()
        is_writable = False
        for path in ["new", "/new", "/opt/new", "/var/new", "/run/new", "/home"]:
            try:
                os.mkdir(path)
                is_writable = True
            except OSError: pass
        if "exit" in event: os._exit(1)
        return {
            "folder": os.getcwd(), "task": os.environ["LAMBDA_TASK_ROOT"], "file": __file__,
            "runtime": os.environ["LAMBDA_RUNTIME_DIR"], "tmp": seen, "writable": is_writable,
            "address": socket.gethostbyname("sandbox.localdomain"), "local": socket.gethostbyname("localhost"),
            "outside": [path for path in event.get("paths", []) if os.path.exists(path)],
            "tools": os.listdir("/opt/bin"), "first": open("/proc/1/comm").read().strip(), "pid": os.getpid(),
            "shell": open("/proc/1/environ").read(),
        }
    """

  private struct Sight: Decodable {
    var folder, task, file, runtime, address, local, first, shell: String
    var tmp, outside, tools: [String]
    var writable: Bool
    var pid: Int
  }

  private func sight(_ body: String) throws -> Sight {
    try JSONDecoder().decode(Sight.self, from: Data(body.utf8))
  }

  @Test(
    "A function sees Lambda's folders and nothing of its developer's; its init is still divided",
    .needsBubblewrap)
  func sees() async throws {
    let function = try await RunningFunction.start(isolated: Self.curious)
    let paths = "{\"paths\": [\"\(function.scratch.path)\", \"/home\", \"/var/log\"]}"
    let seen = try sight(try await function.call(paths).body)
    #expect(seen.folder == "/var/task")
    #expect(seen.task == "/var/task")
    #expect(seen.file == "/var/task/app.py")
    #expect(seen.runtime == "/var/runtime")
    #expect(!seen.writable)
    #expect(seen.tmp.isEmpty)
    #expect(seen.outside.isEmpty)
    #expect(seen.tools == ["tool"])
    #expect(seen.address.hasPrefix("127.0."))
    #expect(seen.address != "127.0.0.1")
    #expect(seen.local == "127.0.0.1")
    #expect(seen.first == "env-supervisor")
    #expect(seen.pid == 2)
    // The words that its supervisor was started with show nothing of the shell.
    #expect(!seen.shell.contains("PATH=/") && !seen.shell.contains("HOME="))
    try await function.end()
    #expect(function.phases == ["create", "init", "invoke", "frozen", "runtimeShutdown"])
    #expect(function.events.contains { if case .mark = $0.kind { true } else { false } })
    #expect(function.emulator.notes.contains("isolated by bubblewrap"))
    #expect(
      function.emulator.notes.contains("/var/task is read-only: Python compiles at every cold start"))
  }

  @Test("What is in /tmp outlives a reset, and is no other environment's", .needsBubblewrap)
  func temporary() async throws {
    let function = try await RunningFunction.start(isolated: Self.curious)
    #expect(try await function.call(#"{"exit": 1}"#).body.contains("exit status 1"))
    #expect(try sight(try await function.call().body).tmp == ["0"])
    function.emulator.perform(.shutDownAll)
    #expect(try await function.wait { $0.gone == 1 })
    let seen = try sight(try await function.call().body)
    #expect(seen.tmp.isEmpty)
    #expect(seen.address.hasPrefix("127.0."))
    try await function.end()
    // The folders of environments are removed elsewhere, a little later.
    let run = function.scratch.file("run")
    #expect(try await function.wait { _ in Files.names(in: run).isEmpty })
  }

  @Test("A killed supervisor is told, though bubblewrap stands between", .needsBubblewrap)
  func killed() async throws {
    let function = try await RunningFunction.start(isolated: Self.curious)
    #expect(try await function.call().status == 200)
    let supervisors = try await waiting { children(of: getpid()) }
    let inner = supervisors.flatMap { children(of: $0) }
    #expect(inner.count == 1)
    for pid in inner { kill(pid, SIGKILL) }
    #expect(
      try await function.wait { $0.markers == ["env-1: The supervisor of its processes was killed."] })
    #expect(try await function.call().status == 200)
    try await function.end()
  }

  @Test("Signals freeze whatever runs inside", .needsBubblewrap)
  func frozen() async throws {
    let function = try await RunningFunction.start(
      isolated: "import subprocess\nsubprocess.Popen(['setsid', 'sleep', '1000'])\n" + Self.curious
    ) { $0.freezing = .signal }
    for _ in 1...2 {
      #expect(try await function.call().status == 200)
      let areStopped = try await function.wait { _ in
        let inside = children(of: getpid()).flatMap { children(of: $0) }.flatMap { children(of: $0) }
        let all = inside + inside.flatMap { children(of: $0) }
        return all.count == 2 && all.allSatisfy { smallFile("/proc/\($0)/stat").contains(") T ") }
      }
      #expect(areStopped)
    }
    try await function.end()
  }

  @Test("Where there is no bubblewrap, the note says how to get it, and who insists is refused")
  func missing() async throws {
    let scratch = try Scratch()
    try scratch.write(Array("def handler(event, context): pass".utf8), to: "app.py")
    let path = scratch.path
    let shell = Shell(variables: ["PATH": path], folder: path)
    let launch = try await waiting {
      try RuntimeLaunch(handler: "app.handler", settings: LaunchSettings(code: path, clients: path))
    }
    let found = try Isolation.find(.auto, for: launch, clients: path, folder: path, shell: shell)
    #expect(
      found.notes == [
        "not isolated: it sees this machine's files (bubblewrap is not installed: apt install bubblewrap)"
      ])
    #expect(found.inside(launch).command == launch.command)
    let error = #expect(throws: EmulatorError.self) {
      try Isolation.find(.bwrap, for: launch, clients: path, folder: path, shell: shell)
    }
    #expect(
      error?.description
        == "--isolate bwrap: bubblewrap is not installed: apt install bubblewrap; --isolate none does without"
    )
    let none = try Isolation.find(.none, for: launch, clients: path, folder: path, shell: shell)
    #expect(none.notes == ["not isolated: it sees this machine's files"])
  }

  @Test("Where bubblewrap is refused, the note says in whose words")
  func refused() throws {
    let scratch = try Scratch()
    let program = scratch.file("bwrap")
    try scratch.write(
      Array("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n".utf8), to: "bwrap")
    chmod(program, 0o755)
    let refusal = IsolationRefusal(trying: [program], in: Shell.current)
    #expect(refusal?.description.hasPrefix("bwrap: setting up uid map: Permission denied") == true)
    #expect(IsolationRefusal(trying: ["/bin/true"], in: Shell.current) == nil)
  }

  @Test("Paths that have moved are found, those that were kept stay")
  func paths() {
    let paths = IsolatedPaths(
      kept: ["/home/me/code/.venv"],
      moved: [("/home/me/layers", "/opt"), ("/home/me/code", "/var/task")])
    #expect(paths.inside("/home/me/code") == "/var/task")
    #expect(paths.inside("/home/me/code/app.py") == "/var/task/app.py")
    #expect(paths.inside("/home/me/code2/app.py") == "/home/me/code2/app.py")
    #expect(paths.inside("/home/me/code/.venv/bin/python3") == "/home/me/code/.venv/bin/python3")
    #expect(paths.inside("app.handler") == "app.handler")
    #expect(paths.inside(list: "/home/me/layers/python:/x:") == "/opt/python:/x:")
  }

  @Test("Every environment's name is at an address of its own")
  func addresses() {
    #expect(SandboxAddress.text(0) == "127.0.1.1")
    #expect(SandboxAddress.text(253) == "127.0.1.254")
    #expect(SandboxAddress.text(254) == "127.0.2.1")
    #expect(SandboxAddress.text(254 * 254 - 1) == "127.0.254.254")
    #expect(SandboxAddress.text(254 * 254) == "127.0.1.1")
  }

  @Test("An address that somebody has is not given again, until he has gone")
  func claims() throws {
    // Far behind those of environments that other tests run.
    var first = SandboxAddress(birth: 40_000)
    let text = try #require(first?.description)
    let second = SandboxAddress(birth: 40_000)
    #expect(second?.description != text)
    first = nil
    #expect(SandboxAddress(birth: 40_000)?.description == text)
  }

  @Test("Two runs at once: extensions of both listen on the same port", .needsBubblewrap)
  func twoRuns() async throws {
    // Control groups are named by the process, which both share here.
    func start() async throws -> RunningFunction {
      try await RunningFunction.start(isolated: Self.curious) {
        $0.freezing = .signal
        $0.limitsResources = false
      }
    }
    let one = try await start()
    let other = try await start()
    let addresses = [
      try sight(try await one.call().body).address, try sight(try await other.call().body).address,
    ]
    #expect(Set(addresses).count == 2)
    try await one.end()
    try await other.end()
  }

  @Test("A program is there with what it is installed in, from link to link, but never with the whole home")
  func installations() throws {
    let scratch = try Scratch()
    let root = scratch.path
    for folder in ["a/bin", "b/bin", "c", "home/bin"] {
      try FileManager.default.createDirectory(
        atPath: scratch.file(folder), withIntermediateDirectories: true)
    }
    try scratch.write([], to: "c/tool")
    try FileManager.default.createSymbolicLink(
      atPath: "\(root)/b/bin/tool", withDestinationPath: "../../c/tool")
    try FileManager.default.createSymbolicLink(
      atPath: "\(root)/a/bin/tool", withDestinationPath: "\(root)/b/bin/tool")
    try scratch.write([], to: "home/bin/tool")
    let found = Set(Installation.folders(of: "\(root)/a/bin/tool", home: "\(root)/home"))
    #expect(found.isSuperset(of: ["\(root)/a", "\(root)/b", "\(root)/c"]))
    #expect(
      Installation.folders(of: "\(root)/home/bin/tool", home: "\(root)/home") == ["\(root)/home/bin"])
    try scratch.write([], to: "home/tool")
    #expect(Installation.folders(of: "\(root)/home/tool", home: "\(root)/home") == ["\(root)/home/tool"])
    #expect(Installation.folders(of: "/tmp/tool", home: nil) == ["/tmp/tool"])
    #expect(Installation.packages(of: "/x/node_modules/a/node_modules/b/i.mjs") == "/x/node_modules")
  }
}

/// The children of a process' threads.
func children(of pid: pid_t) -> [pid_t] {
  let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
  return tasks.flatMap { task in
    smallFile("/proc/\(pid)/task/\(task)/children").split(separator: " ").compactMap { pid_t($0) }
  }.filter { !smallFile("/proc/\($0)/stat").contains(") Z") }
}
