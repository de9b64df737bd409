import Foundation
import LambdaLifecycle
import Testing

@testable import LambdaEventFormats

/// The document and the schema agree with the program.
@Suite struct RecordingDocumentTests {
  private func document(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("docs/\(name)"), encoding: .utf8)
  }

  @Test func theExampleIsARecording() throws {
    let text = try document("recording-format.md")
    let example = try #require(text.components(separatedBy: "```json\n").dropFirst().first)
    let lines = try #require(example.components(separatedBy: "```").first)
    let log = decode(lines)
    #expect(log.undecodable.isEmpty)
    #expect(log.events.count == 9)
  }

  /// Every word that a recording can carry.
  private var words: [String] {
    EventName.allCases.map(\.rawValue) + Phase.allCases.map(\.wireName) + Outcome.allCases.map(\.wireName)
      + ShutdownReason.allCases.map(\.wireName) + InitializationType.allCases.map(\.wireName)
      + ExtensionState.allCases.map(\.wireName) + OutputOrigin.allCases.map(\.wireName)
      + Architecture.allCases.map(\.rawValue) + Setting.allCases.map(\.wireName)
      + SourceKind.allCases.map(\.rawValue)
  }

  @Test func documentAndSchemaKnowEveryWord() throws {
    let text = try document("recording-format.md")
    let schema = try document("recording.schema.json")
    for word in words where !word.isEmpty {
      #expect(text.contains("`\(word)`"), "\(word)")
      #expect(schema.contains("\"\(word)\""), "\(word)")
    }
  }

  @Test func theSchemaIsJSON() throws {
    let schema = try JSONSerialization.jsonObject(with: Data(document("recording.schema.json").utf8))
    #expect(
      (schema as? [String: Any])?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }
}
