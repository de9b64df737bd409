import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

/// A runtime that is driven by `Drivers/runtime_api.py`, and a record of its actions.
struct RuntimeDriver: Sendable {
  struct Request: Encodable, Sendable {
    var body: String
    var headers: [String: String] = [:]
  }

  struct Transcript: Decodable, Sendable {
    struct Call: Decodable, Sendable {
      /// Below /2018-06-01/runtime/.
      var path: String
      var body: String
      /// Everything that the runtime had printed when this came.
      var output: String
      /// The runtime's connection that it came on, from 1.
      var connection: Int
      var errorType: String
      var mode: String
      var contentType: String
      /// The streamed response's error type and its body.
      var trailer: String
      var trailerBody: String
    }

    var calls: [Call]
    var output: String
    /// Nil where it asked for more.
    var status: Int?
    var inTime: Bool
    var connections: Int
  }

  let scratch: Scratch
  let code: String
  let clients: String

  init() throws {
    scratch = try Scratch()
    code = scratch.file("task")
    clients = scratch.file("clients")
    for folder in [code, clients] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try RuntimeClient.write(into: clients)
  }

  /// Writes a file of the function.
  func write(_ name: String, _ text: String) throws {
    let path = "\(code)/\(name)"
    try FileManager.default.createDirectory(
      atPath: Files.parent(path), withIntermediateDirectories: true)
    try scratch.write(text.utf8, to: "task/\(name)")
  }

  /// The environment of a shell in the function's folder: no virtual environment of the machine's.
  var shell: Shell {
    var shell = Shell.current
    shell.folder = code
    shell.variables["VIRTUAL_ENV"] = nil
    return shell
  }

  func launch(_ handler: String) throws -> RuntimeLaunch {
    try RuntimeLaunch(
      handler: handler, settings: LaunchSettings(code: code, clients: clients), shell: shell)
  }

  /// Starts the runtime of a handler and gives it the requests.
  func run(_ handler: String, _ requests: [Request]) async throws -> Transcript {
    try await waiting { try run(launch(handler), requests) }
  }

  /// Starts it and gives it requests of these bodies.
  func run(_ launch: RuntimeLaunch, _ bodies: [String]) async throws -> Transcript {
    try await waiting { try run(launch, bodies.map { Request(body: $0) }) }
  }

  /// Starts it and gives it the requests.
  private func run(_ launch: RuntimeLaunch, _ requests: [Request]) throws -> Transcript {
    let environment = FunctionEnvironment(
      function: FunctionFacts(name: "hello", region: "us-east-1"), launch: launch,
      runtimeDirectory: clients, credentials: .find(noAWS: true), shell: shell)
    var variables: [String: String] = [:]
    for line in environment.variables(runtimeAPI: "", logStream: "stream", memory: 128) {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      variables[String(parts[0])] = String(parts[1])
    }
    let plan = Plan(
      command: launch.command, environment: variables, directory: launch.directory, requests: requests)
    let file = try scratch.write(JSONEncoder().encode(plan), to: "plan.json")
    let python = try #require(Shell.current.program("python3"))
    let driver = Repository.path("Tests/LambdaEmulatorTests/Launch/Drivers/runtime_api.py")
    let result = try ForeignCommand.run(
      [python, driver, file, scratch.file("transcript.json")], in: .current, seconds: 40)
    try #require(result.failure == nil, "\(result.errorText)")
    return try JSONDecoder().decode(Transcript.self, from: Data(scratch.text("transcript.json").utf8))
  }

  /// The handler of a file, with requests of these bodies.
  func run(_ handler: String, _ bodies: [String]) async throws -> Transcript {
    try await run(handler, bodies.map { Request(body: $0) })
  }

  private struct Plan: Encodable {
    var command: [String]
    var environment: [String: String]
    var directory: String
    var requests: [Request]
  }
}
