import Foundation
import TestSupport
import Testing

/// docs/scenario.schema.json says the same of a scenario as the reader does; Tests/ScenarioFilesTests/Documents has the
/// documents, and the reader's tests its messages about them.
@Suite(.needs(.checkJSONSchema)) struct ScenarioSchemaTests {
  @Test func itIsASchema() async throws {
    let ending = try await run(try Peer.checkJSONSchema.required(), ["--check-metaschema", Self.schema])
    #expect(ending.status == 0, "\(ending.text)\(ending.errors)")
  }

  @Test func theScenariosOfDemosAreValid() async throws {
    let folder = Repository.path("demos")
    let demos = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    #expect(demos.count >= 9)
    #expect(try await invalid(demos.map { "\(folder)/\($0)" }) == [])
  }

  @Test func whatTheReaderAcceptsIsValid() async throws {
    let scratch = try Scratch()
    #expect(try await invalid(try documents("right", in: scratch)) == [])
  }

  @Test func whatTheReaderRefusesIsInvalid() async throws {
    let scratch = try Scratch()
    let files = try documents("wrong", in: scratch)
    let valid = Set(files).subtracting(try await invalid(files))
    let texts = try valid.map { try scratch.text(String($0.dropFirst(scratch.path.count + 1))) }
    #expect(texts == [])
  }

  /// A schema does not add up or compare: that is for the reader alone.
  @Test func whatContradictsItselfIsValid() async throws {
    let scratch = try Scratch()
    #expect(try await invalid(try documents("contradictory", in: scratch)) == [])
  }

  private static let schema = Repository.path("docs/scenario.schema.json")

  /// Writes each document into a file of its own.
  private func documents(_ name: String, in scratch: Scratch) throws -> [String] {
    let url = URL(fileURLWithPath: Repository.path("Tests/ScenarioFilesTests/Documents/\(name).txt"))
    let documents = String(decoding: try Data(contentsOf: url), as: UTF8.self).components(separatedBy: "\n\n")
    try #require(documents.count > 5)
    return try documents.enumerated().map {
      try scratch.write($0.element.utf8, to: "\(name)-\($0.offset).yaml")
    }
  }

  private struct Report: Decodable {
    struct Mistake: Decodable, Equatable { var filename: String }
    var errors: [Mistake]
    var parseErrors: [Mistake]?

    enum CodingKeys: String, CodingKey { case errors, parseErrors = "parse_errors" }
  }

  /// The files that are not valid; all are looked at in one run.
  private func invalid(_ files: [String]) async throws -> [String] {
    let ending = try await run(
      try Peer.checkJSONSchema.required(), ["--output-format", "json", "--schemafile", Self.schema] + files)
    let report = try JSONDecoder().decode(Report.self, from: Data(ending.text.utf8))
    #expect(report.parseErrors ?? [] == [])
    return Set(report.errors.map(\.filename)).sorted()
  }
}
