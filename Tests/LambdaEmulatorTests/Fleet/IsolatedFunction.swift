import Foundation
import LambdaLifecycle
import TestSupport

@testable import LambdaEmulator

extension RunningFunction {
  /// The same in a file system of its own, with a layer that has a `bin/tool`.
  /// - Parameters:
  ///   - python: the text of `app.py`.
  ///   - change: its settings.
  static func start(
    isolated python: String, _ change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let scratch = try Scratch()
    for name in ["code", "clients", "run", "layers/bin"] {
      try FileManager.default.createDirectory(
        atPath: scratch.file(name), withIntermediateDirectories: true)
    }
    try scratch.write(Array(python.utf8), to: "code/app.py")
    let (code, clients, run) = (scratch.file("code"), scratch.file("clients"), scratch.file("run"))
    let layers = scratch.file("layers")
    try scratch.write([], to: "layers/bin/tool")
    try RuntimeClient.write(into: clients)
    let (launch, isolation) = try await waiting {
      let launch = try RuntimeLaunch(
        handler: "app.handler", settings: LaunchSettings(code: code, clients: clients))
      let isolation = try Isolation.find(
        .bwrap, for: launch, clients: clients, folder: run, layers: layers, supervisor: Programs.lanes)
      return (isolation.inside(launch), isolation)
    }
    return try await RunningFunction(scratch, launch, isolation.inside(clients)) {
      $0.isolation = isolation
      change(&$0)
    }
  }
}
