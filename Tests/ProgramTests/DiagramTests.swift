import Foundation
import TestSupport
import Testing

/// The diagrams in the documents are those that the program draws.
@Suite(.needs(.lanes)) struct DiagramTests {
  private static let document = Repository.path("docs/initialization-types.md")

  /// With `UPDATE_GOLDEN=1` draws them anew and fails, so that nobody forgets to look at them.
  @Test func diagramsOfInitializationTypesAreTheProgramsOwn() async throws {
    let text = try String(contentsOfFile: Self.document, encoding: .utf8)
    let block = /<!-- diagram: (?<scenario>[^ ]+) -->\n```text\n(?<drawn>[^`]*)```\n/
    let blocks = text.matches(of: block)
    #expect(blocks.count == 4)
    var redrawn = text
    for match in blocks.reversed() {
      let ending = try await lanes("simulate", Repository.path(String(match.scenario)), "--diagram")
      #expect(ending.status == 0)
      redrawn.replaceSubrange(match.drawn.startIndex..<match.drawn.endIndex, with: ending.text)
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try Data(redrawn.utf8).write(to: URL(fileURLWithPath: Self.document))
      Issue.record("diagrams drawn, look at them: \(Self.document)")
    } else {
      #expect(redrawn == text)
    }
  }
}
