import TestSupport
import Testing

@testable import LambdaEmulator

/// The hooks that report the cost of lines of init, and the variables they are entered by.
@Suite struct InitHookTests {
  @Test("Search paths and options of the function's own come behind, or stay in front")
  func variables() {
    let hook = InitHook(folder: "/var/runtime/why", tellsText: false)
    #expect(
      hook.variables(beside: [:]) == [
        "PYTHONPATH": "/var/runtime/why", "NODE_OPTIONS": #"--require="/var/runtime/why/lanes_why.cjs""#,
      ])
    // A process that a function starts beside it has nothing of ours.
    #expect(
      Array(InitHook(folder: "/w", tellsText: false, runtime: "python3.13").variables(beside: [:]).keys) == [
        "PYTHONPATH"
      ])
    #expect(
      Array(InitHook(folder: "/w", tellsText: false, runtime: "nodejs22.x").variables(beside: [:]).keys) == [
        "NODE_OPTIONS"
      ])
    let known = ["PYTHONPATH": "/opt/python", "NODE_OPTIONS": "--no-warnings", "OTHER": "x"]
    #expect(
      InitHook(folder: "/w", tellsText: true).variables(beside: known) == [
        "PYTHONPATH": "/w:/opt/python", "NODE_OPTIONS": #"--no-warnings --require="/w/lanes_why.cjs""#,
        "LANES_WHY_TEXT": "1",
      ])
  }

  /// The hooks' own tests, in their own languages, with every interpreter that this machine has.
  @Test("The hook for Python tells the truth and is not felt", arguments: Self.pythons)
  func python(interpreter: String) async throws {
    try await expectSuccess([interpreter, "-B", Self.program("test_sitecustomize.py")])
  }

  @Test("The hook for Node.js tells the truth and is not felt", .needs(.node))
  func node() async throws {
    try await expectSuccess([try #require(Peer.node.path), Self.program("test_lanes_why.mjs")])
  }

  private func expectSuccess(_ command: [String]) async throws {
    let result = try await waiting {
      try ForeignCommand.run(command, in: .current, folder: "/", seconds: 300)
    }
    #expect(result.failure == nil, "\(result.errorText)")
  }

  private static func program(_ name: String) -> String {
    Repository.path("Tests/LambdaEmulatorTests/Why/Programs/\(name)")
  }

  /// One of each version from 3.9 on: those of pyenv, and of the system.
  private static let pythons: [String] = {
    let shell = Shell.current
    let home = shell.variables["HOME"] ?? ""
    let managed = Files.names(in: "\(home)/.pyenv/versions").filter { $0.hasPrefix("3.") }.map {
      "\(home)/.pyenv/versions/\($0)/bin/python3"
    }
    var found: [String: String] = [:]
    for path in managed + ["/usr/bin/python3"] where Files.isProgram(path) {
      let question = "import sys; print('%d %d' % sys.version_info[:2])"
      guard let result = try? ForeignCommand.run([path, "-c", question], in: shell, folder: "/"),
        result.failure == nil
      else { continue }
      let numbers = result.output.split { !$0.isNumber }.compactMap { Int($0) }
      if numbers.count == 2, (numbers[0], numbers[1]) >= (3, 9) {
        found[result.output] = found[result.output] ?? path
      }
    }
    return found.values.sorted()
  }()
}
