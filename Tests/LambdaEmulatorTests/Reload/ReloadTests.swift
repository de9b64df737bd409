import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// A change of the function's code replaces environments.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ReloadTests {
  private static func start(_ python: String) async throws -> RunningFunction {
    let scratch = try Scratch()
    return try await RunningFunction.start(python, in: scratch) { $0.code = FunctionCode($0.launch) }
  }

  /// Each of another length: Python takes a file of the same second and length for the same.
  private func version(_ number: Int) -> String {
    "VERSION = \(number)\(String(repeating: "\n", count: number))def handler(event, context): return VERSION"
  }

  @Test("An idle environment goes when its code changes, and the next request finds the new code")
  func idle() async throws {
    let function = try await Self.start(version(1))
    #expect(try await function.call().body == "1")
    try function.scratch.write(Array(version(2).utf8), to: "app.py")
    #expect(try await function.wait { $0.gone == 1 })
    #expect(try await function.call().body == "2")
    #expect(function.markers == ["code has changed: app.py"])
    try await function.end()
    #expect(function.created == 2)
  }

  @Test("An environment that is at work goes after its answer")
  func busy() async throws {
    let function = try await Self.start(
      """
      import os, time
      def handler(event, context):
          print("begun", flush=True)
          while not os.path.exists("go"): time.sleep(0.002)
          return "old"
      """)
    let address = function.emulator.address
    async let answer = RunningFunction.call(address, "{}")
    #expect(try await function.wait { $0.output == ["begun"] })
    try function.scratch.write(Array(version(2).utf8), to: "app.py")
    #expect(try await function.wait { !$0.markers.isEmpty })
    #expect(function.gone == 0)
    try function.scratch.write([], to: "go")
    #expect(try await answer.body == #""old""#)
    #expect(try await function.wait { $0.gone == 1 })
    #expect(try await function.call().body == "2")
    try await function.end()
  }

  @Test("What a function writes beside its code, and what Python compiles, is no change")
  func others() async throws {
    let function = try await Self.start(
      "def handler(event, context):\n    open('log.txt', 'a').write('called')\n    return 1")
    for _ in 0..<3 { #expect(try await function.call().status == 200) }
    // A real change comes after these: had they been reported, it would have been with it or before.
    try function.scratch.write(Array("{}".utf8), to: "settings.json")
    #expect(try await function.wait { !$0.markers.isEmpty })
    #expect(function.markers == ["code has changed: settings.json"])
    try await function.end()
    #expect(function.created == 1)
  }

  @Test("A folder that a build makes anew is watched on")
  func replaced() async throws {
    let function = try await Self.start("import part.piece\ndef handler(event, context): return part.piece.X")
    let (part, other) = (function.scratch.file("part"), function.scratch.file("other"))
    func write(_ number: Int, in folder: String) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("X = \(number)\(String(repeating: "\n", count: number))".utf8).write(
        to: URL(fileURLWithPath: "\(folder)/piece.py"))
    }
    try write(1, in: part)
    #expect(try await function.call().body == "1")
    for number in 2...3 {
      let gone = function.gone
      try write(number, in: other)
      try FileManager.default.removeItem(atPath: part)
      try FileManager.default.moveItem(atPath: other, toPath: part)
      #expect(try await function.wait { $0.gone > gone })
      #expect(try await function.call().body == "\(number)")
    }
    try await function.end()
  }

  @Test("Without being asked for, nothing is watched")
  func notAsked() async throws {
    let function = try await RunningFunction.start(version(1))
    #expect(try await function.call().body == "1")
    try function.scratch.write(Array(version(2).utf8), to: "app.py")
    #expect(try await function.call().body == "1")
    try await function.end()
    #expect(function.markers.isEmpty)
  }
}
