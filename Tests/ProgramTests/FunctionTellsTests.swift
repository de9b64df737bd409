import Foundation
import TestSupport
import Testing

/// The real emulator and the real Python runtime with a function that marks its own work, and Python's import times.
@Suite(.needs(.lanes, .emulator, .python)) struct FunctionTellsTests {
  private struct Told: Decodable {
    struct Mark: Decodable {
      var name: String
      var phase: String?
      var start: Double
      var end: Double?
      var moment: Bool
      var observed: Bool
    }
    struct Import: Decodable {
      var name: String
      var duration: Double
      var ownDuration: Double
    }
    struct Environment: Decodable {
      var spans: [SummaryDocument.Span]
      var marks: [Mark]?
      var imports: [Import]?
    }
    var environments: [Environment]
  }

  private static let function = """
    import time
    print("lanes: function-init begin", flush=True)
    print("lanes: db connect begin", flush=True)
    time.sleep(0.05)
    print("lanes: db connect end", flush=True)
    time.sleep(0.3)  # init goes on while that line is on its way, on a busy machine too
    def handler(event, context):
        print("lanes: never ended begin", flush=True)
        print("lanes: cache warm", flush=True)
        time.sleep(0.3)  # and so does the invocation
        return {"answer": 42}
    """

  @Test func marksAndImportsOfARealFunction() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.function.utf8, to: "app.py")
    let ports = try Loopback.freePorts(2)
    let command = [
      "watch", "--plain", "--record", "session.jsonl", "--import-times", "--", try Peer.emulator.required(),
      "--runtime-interface-emulator-address", "127.0.0.1:\(ports[0])", "--runtime-api-address",
      "127.0.0.1:\(ports[1])", try Peer.python.required(), "-m", "awslambdaric", "app.handler",
    ]
    let ending = try await run(try Peer.lanes.required(), command, directory: scratch.path) { process in
      let answer = try await eventually("an answer of the emulator") {
        try? await Loopback.invoke(port: ports[0], "{}")
      }
      #expect(answer.hasSuffix(#"{"answer": 42}"#))
      kill(process, SIGTERM)
    }
    #expect(ending.status == 128 + SIGTERM)
    #expect(ending.lines.contains { $0.contains("db connect began (mark)") })
    #expect(ending.lines.contains { $0.contains("import of json took") })

    let summary = try await lanes("summary", "--json", scratch.file("session.jsonl"))
    let told = try JSONDecoder().decode(Told.self, from: Data(summary.output))
    let environment = try #require(told.environments.first)
    let phases = environment.spans.filter(\.observed).map(\.phase)
    #expect(phases == ["runtimeInit", "functionInit", "invoke", "shutdown"])
    let marks = environment.marks ?? []
    #expect(
      marks.map { "\($0.name) \($0.phase ?? "-") \($0.moment) \($0.observed)" } == [
        "db connect functionInit false true", "never ended invoke false false", "cache warm invoke true true",
      ])
    let connect = try #require(marks.first)
    #expect(try #require(connect.end) - connect.start >= 0.04)
    // The mark that was not ended ends with the invocation.
    let invoke = try #require(environment.spans.first { $0.phase == "invoke" })
    let unended = try #require(marks.dropFirst().first)
    #expect(unended.end == invoke.end)
    let imports = environment.imports ?? []
    #expect(imports.contains { $0.name == "awslambdaric.bootstrap" && $0.duration >= $0.ownDuration })
    #expect(zip(imports, imports.dropFirst()).allSatisfy { $0.duration >= $1.duration })
    let lines = try scratch.text("session.jsonl").split(separator: "\n")
    if Peer.checkJSONSchema.path != nil || Peer.areRequired { try await expectValid(lines, in: scratch) }
  }

  @Test func importTimesAreForACommand() async throws {
    let ending = try await lanes("watch", "--import-times", "some.log")
    #expect(ending.status == 2)
    #expect(ending.errors.contains("PYTHONPROFILEIMPORTTIME=1"))
  }
}
