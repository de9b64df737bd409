import ScenarioFiles
import Testing

/// The messages on documents that are wrong: Documents/.
@Suite struct MistakeTests {
  @Test func aSchemaWouldFindThese() throws {
    try Document.expectMessages("wrong") { mistakes($0) }
  }

  @Test func onlyTheReaderFindsThese() throws {
    try Document.expectMessages("contradictory") { mistakes($0) }
  }

  @Test func theseAreRight() throws {
    let documents = try Document.all("right")
    #expect(documents.count > 5)
    for document in documents { #expect(mistakes(document.yaml) == "", "\(document.yaml)") }
  }
}
