import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

@Suite struct RuntimeLaunchTests {
  let driver: RuntimeDriver

  init() throws { driver = try RuntimeDriver() }

  private func found(_ handler: String, settings: LaunchSettings? = nil, shell: Shell? = nil) async throws
    -> RuntimeLaunch
  {
    let settings = settings ?? LaunchSettings(code: driver.code, clients: driver.clients)
    let shell = shell ?? driver.shell
    return try await waiting { try RuntimeLaunch(handler: handler, settings: settings, shell: shell) }
  }

  /// A Python that answers the questions about itself, and does nothing else.
  private func fakePython(_ path: String, version: String = "3 13", client: String = "missing") throws {
    let script = """
      #!/bin/sh
      echo a word of a sitecustomize
      echo "lanes version \(version)"
      echo "lanes executable $0"
      echo "lanes \(client)"
      """
    try driver.write(path, script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(driver.code)/\(path)")
  }

  @Test("Python by its file: the program itself, its version, our client")
  func python() async throws {
    try driver.write("app.py", "")
    try fakePython("bin/python3", version: "3 12")
    var shell = driver.shell
    shell.variables["PATH"] = "\(driver.code)/bin"
    let launch = try await found("app.handler", shell: shell)
    #expect(
      launch.command == ["\(driver.code)/bin/python3", "\(driver.clients)/lanes_runtime.py", "app.handler"])
    #expect(launch.runtime == "python3.12")
    #expect(
      launch.notes == ["python3.12", "own client (no awslambdaric)"])
    #expect(launch.directory == driver.launchedCode)
    #expect(launch.handler == "app.handler")
  }

  @Test("A virtual environment: the active one, one beside the handler, one in a folder above")
  func environments() async throws {
    try driver.write("src/app.py", "")
    for path in ["active/bin/python3", ".venv/bin/python3", "src/venv/bin/python", "bin/python3"] {
      try fakePython(path, client: "client 4.2.2")
    }
    var shell = driver.shell
    shell.folder = driver.launchedCode
    shell.variables = ["PATH": "\(driver.code)/bin:/usr/bin:/bin", "VIRTUAL_ENV": "\(driver.code)/active"]
    let code = driver.launchedCode
    #expect(
      try await found("src/app.handler", shell: shell).notes == [
        "python3.13 (active)", "awslambdaric 4.2.2",
      ])
    shell.variables["VIRTUAL_ENV"] = nil
    let beside = try await found("src/app.handler", shell: shell)
    #expect(
      beside.command == [
        "\(code)/src/venv/bin/python", "\(driver.clients)/aws_python.py", "src/app.handler",
      ])
    try FileManager.default.removeItem(atPath: "\(code)/src/venv")
    let above = LaunchSettings(code: "\(code)/src", clients: driver.clients)
    #expect(
      try await found("app.handler", settings: above, shell: shell).command.first
        == "\(code)/.venv/bin/python3")
  }

  @Test("uv and Poetry are asked; what they cannot tell is said")
  func tools() async throws {
    try driver.write("app.py", "")
    try driver.write("uv.lock", "")
    try fakePython("bin/python3")
    try fakePython("kept/python")
    let kept = "\(driver.launchedCode)/kept/python"
    var shell = driver.shell
    shell.variables["PATH"] = "\(driver.code)/bin:/usr/bin:/bin"
    let lost = try await found("app.handler", shell: shell)
    #expect(lost.notes.last == "uv's Python not used: no uv in PATH")
    try driver.write(
      "bin/uv",
      "#!/bin/sh\n[ \"$*\" = \"run --no-sync python -c import sys; print(sys.executable)\" ] && echo \(kept)\n"
    )
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(driver.code)/bin/uv")
    let kin = try await found("app.handler", shell: shell)
    #expect(kin.command.first == kept)
    #expect(kin.notes.first == "python3.13 (uv)")
    try driver.write("bin/uv", "#!/bin/sh\necho 'error: no lock' >&2\nexit 2\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(driver.code)/bin/uv")
    #expect(
      try await found("app.handler", shell: shell).notes.last == "uv's Python not used: error: no lock")
  }

  @Test("A Python that is too old, fails or is of no use")
  func badPython() async throws {
    try driver.write("app.py", "")
    try fakePython("bin/python3", version: "3 8")
    let path = "\(driver.code)/bin/python3"
    var shell = driver.shell
    shell.variables["PATH"] = "\(driver.code)/bin"
    let old = shell
    await #expect(throws: LaunchError.tooOld(path, found: "3.8", least: "3.9")) {
      _ = try await found("app.handler", shell: old)
    }
    try driver.write("bin/python3", "#!/bin/sh\necho 'no such version' >&2\nexit 1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    await #expect(throws: LaunchError.interpreter(path, reason: "no such version")) {
      _ = try await found("app.handler", shell: old)
    }
  }

  @Test("Layers are where packages are looked for, the last first, and the wrapper may lie in one")
  func layers() async throws {
    try driver.write("app.py", "")
    try fakePython("bin/python3")
    try driver.write("one/wrap", "#!/bin/sh\n")
    let code = driver.launchedCode
    var shell = driver.shell
    shell.variables["PATH"] = "\(code)/bin"
    let settings = LaunchSettings(
      code: code, clients: driver.clients, layers: ["\(code)/one", "\(code)/two"], wrapper: "/opt/wrap")
    let given = shell
    await #expect(throws: LaunchError.wrapperNotExecutable("/opt/wrap")) {
      _ = try await found("app.handler", settings: settings, shell: given)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(code)/one/wrap")
    let launch = try await found("app.handler", settings: settings, shell: given)
    #expect(launch.command.prefix(2) == ["\(code)/one/wrap", "\(code)/bin/python3"])
    #expect(
      launch.environment == [
        "PYTHONPATH": "\(code)/two/python/lib/python3.13/site-packages:\(code)/two/python"
          + ":\(code)/one/python/lib/python3.13/site-packages:\(code)/one/python"
      ])
  }

  @Test("Any other program: from where it was typed, else from the code's folder, else in PATH")
  func command() throws {
    try driver.write("bootstrap", "")
    let settings = LaunchSettings(code: driver.code, clients: driver.clients, wrapper: "/opt/wrap")
    let path = "\(driver.launchedCode)/bootstrap"
    #expect(throws: LaunchError.notExecutable("\(driver.code)/bootstrap")) {
      try RuntimeLaunch(command: ["./bootstrap"], settings: settings, shell: driver.shell)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    var shell = driver.shell
    shell.folder = "/"
    let launch = try RuntimeLaunch(command: ["bootstrap", "a"], settings: settings, shell: shell)
    #expect(launch.command == [path, "a"])
    #expect(launch.handler == "bootstrap")
    #expect(launch.runtime == "provided.al2023")
    #expect(launch.watch == nil)
    #expect(
      launch.notes == ["bootstrap", "AWS_LAMBDA_EXEC_WRAPPER not run: Lambda runs none for OS-only runtimes"])
    #expect(throws: LaunchError.noCommandProgram("nothing-here", looked: ["PATH", driver.launchedCode])) {
      try RuntimeLaunch(command: ["nothing-here"], settings: settings, shell: shell)
    }
  }

  @Test(
    "awslambdaric itself serves",
    .enabled(if: Shell.current.variables["LANES_PYTHON"] != nil, "LANES_PYTHON is not set"))
  func awsClient() async throws {
    try driver.write("app.py", "print('init')\ndef handler(event, context): return [event, 'é']")
    let python = try #require(driver.shell.variables["LANES_PYTHON"])
    var shell = driver.shell
    shell.variables["VIRTUAL_ENV"] = Files.parent(Files.parent(python))
    let launch = try await found("app.handler", shell: shell)
    #expect(launch.command == [python, "\(driver.clients)/aws_python.py", "app.handler"])
    #expect(launch.notes.last?.hasPrefix("awslambdaric ") == true)
    let transcript = try await driver.run(launch, ["1", "2"])
    #expect(transcript.calls.map(\.body) == [#"[1, "\u00e9"]"#, #"[2, "\u00e9"]"#])
  }

  @Test("The example runs", arguments: [true, false])
  func example(hasPython: Bool) async throws {
    var shell = driver.shell
    if !hasPython {
      // A shell and curl alone.
      for name in ["sh", "curl", "sed", "tr", "sleep"] {
        let program = try #require(shell.program(name))
        try driver.write("bin/\(name)", "#!/bin/sh\nexec \(program) \"$@\"\n")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: "\(driver.code)/bin/\(name)")
      }
      shell.variables["PATH"] = "\(driver.code)/bin"
    }
    let (folder, clients, given) = (driver.code, driver.clients, shell)
    let launch = try await waiting { try ExampleFunction.launch(in: folder, clients: clients, shell: given) }
    #expect(launch.notes.first == "example")
    #expect(launch.runtime.hasPrefix("python") == hasPython)
    let transcript = try await driver.run(launch, [#"{"a":1}"#, "{}"])
    #expect(
      transcript.calls.map { $0.body.replacing(" ", with: "") }
        == (1...2).map { #"{"hello":"fromlanes","requests":\#($0)}"# })
    #expect(
      transcript.calls.first?.output.replacing(" ", with: "")
        == "lanes:loadsettingsbegin\nlanes:loadsettingsend\nrequest1ofthisenvironment:{\"a\":1}\n")
  }
}
