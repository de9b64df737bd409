import TestSupport
import Testing

/// The diagrams in the documents are those that the program draws.
@Suite(.needs(.lanes)) struct DiagramTests {
  private static let document = Repository.path("docs/initialization-types.md")

  /// With `UPDATE_GOLDEN=1` draws them anew and fails, so that nobody forgets to look at them.
  @Test func diagramsOfInitializationTypesAreTheProgramsOwn() async throws {
    let text = try Golden.text(Self.document)
    let block = /<!-- diagram: (?<scenario>[^ ]+) -->\n```text\n(?<drawn>[^`]*)```\n/
    let blocks = text.matches(of: block)
    #expect(blocks.count == 4)
    var redrawn = text
    for match in blocks.reversed() {
      let ending = try await lanes("simulate", Repository.path(String(match.scenario)), "--diagram")
      #expect(ending.status == 0)
      redrawn.replaceSubrange(match.drawn.startIndex..<match.drawn.endIndex, with: ending.text)
    }
    if Golden.isUpdated {
      try Golden.update(Self.document, with: redrawn, sourceLocation: #_sourceLocation)
    } else {
      #expect(redrawn == text)
    }
  }
}
