import Foundation
import TestSupport
import Testing

/// docs/recording.schema.json describes one line of the output of `--record`.
@Suite(.needs(.lanes, .checkJSONSchema)) struct SchemaTests {
  @Test func aSimulatedSessionIsValid() async throws {
    let scratch = try Scratch()
    let file = scratch.file("session.jsonl")
    #expect(try await lanes("demo", "--plain", "--seed", "7", "--record", file).status == 0)
    let lines = try scratch.text("session.jsonl").split(separator: "\n")
    #expect(lines.count > 40)
    try await expectValid(lines, in: scratch)

    // The recorded session plays back.
    let summary = try await SummaryDocument(of: file)
    #expect(summary.statistics.requests == 4)
    #expect(summary.environments.allSatisfy { $0.state == "gone" })
    #expect(summary.input.undecodable == 0)
  }

  @Test func aLineThatIsNoEventIsFound() async throws {
    let scratch = try Scratch()
    let ending = try await validate([#"{"time": "soon", "event": "phaseBegan"}"#], in: scratch)
    #expect(ending.status == 1)
  }
}

/// Validates lines of a recording, all in one run.
func expectValid(
  _ lines: [Substring], in scratch: Scratch, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let ending = try await validate(lines, in: scratch)
  #expect(ending.status == 0, "\(ending.text)\(ending.errors)", sourceLocation: sourceLocation)
}

private func validate(_ lines: [Substring], in scratch: Scratch) async throws -> Ending {
  let schema = URL(fileURLWithPath: Repository.path("docs/recording.schema.json")).absoluteString
  try scratch.write(
    """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "minItems": 1,
     "items": {"$ref": "\(schema)"}}
    """.utf8, to: "lines.schema.json")
  try scratch.write("[\(lines.joined(separator: ",\n"))]".utf8, to: "lines.json")
  return try await run(
    try Peer.checkJSONSchema.required(),
    ["--schemafile", scratch.file("lines.schema.json"), scratch.file("lines.json")])
}
