import Foundation
import Testing

/// Two sessions side by side, and conditions that fail.
@Suite(.needs(.lanes)) struct DiffTests {
  private let session = Repository.path("demos/first-session.jsonl")

  @Test func theSameSessionHasNoChange() async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", "coldShare > +0.1%")
    #expect(ending.status == 0)
    let rows = ending.lines.dropFirst(3)
    #expect(rows.count > 10)
    #expect(rows.allSatisfy { $0.hasSuffix(" =") })
  }

  @Test(arguments: [
    ("p_cold > 0.4", "p_cold > 0.4: it is 50.000 %"),
    ("coldWaitMs.p50>=1341", "coldWaitMs.p50>=1341: it is 1,341.2 ms"),
  ])
  func aConditionThatHolds(condition: String, message: String) async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", condition, "--fail-if", "errors > 0")
    #expect(ending.status == 1)
    #expect(ending.errors == "lanes: \(message)\n")
  }

  @Test(arguments: [
    ("speed > 3", "there is no figure \"speed\". There are requests, successes"),
    ("coldShare", "expected NAME > NUMBER, as coldShare > 0.05"),
    ("coldShare > much", "expected a number behind >, found \"much\""),
  ])
  func aConditionThatIsNone(condition: String, message: String) async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", condition)
    #expect(ending.status == 2)
    #expect(ending.errors.contains(message))
  }

  @Test func forScriptsAndForDocuments() async throws {
    let json = try await lanes("diff", session, session, "--json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    let figures = try #require(object?["figures"] as? [[String: Any]])
    let cold = try #require(figures.first { $0["name"] as? String == "coldStarts" })
    #expect(cold["a"] as? Int == 2 && cold["b"] as? Int == 2 && cold["change"] as? Int == 0)
    let markdown = try await lanes("diff", session, session, "--markdown")
    #expect(markdown.lines.allSatisfy { $0.hasPrefix("| ") && $0.hasSuffix("|") })
  }
}
