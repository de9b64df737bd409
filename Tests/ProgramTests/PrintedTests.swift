import Foundation
import TestSupport
import Testing

/// The line of a function's output that says why something ended, from real streams.
@Suite(.needs(.lanes)) struct PrintedTests {
  private static let logs = Repository.path("Tests/ProgramTests/Fixtures/logs")
  private static let cloudWatch = Repository.path("Tests/LambdaEventFormatsTests/Fixtures/CloudWatch")

  private static let streams = [
    ("\(Repository.captures)/init-exception-info.log", "RuntimeError: boom at module level"),
    ("\(Repository.captures)/handler-raises-info.log", "ValueError: boom in handler"),
    ("\(Repository.captures)/timeout2s-info.log", "app: logger line n=2"),
    ("\(logs)/python-exception.log", "ValueError: no such order"),
    ("\(logs)/node-exception.log", "TypeError: cannot read it"),
    ("\(cloudWatch)/sam-text.log", "KeyError: 'sku'"),
    ("\(cloudWatch)/sam-json.jsonl", "KeyError: 'sku'"),
    ("\(cloudWatch)/json-debug-tail.log", nil),
  ]

  @Test(
    "a summary quotes it in text, Markdown and JSON; where no output is told it says nothing",
    arguments: streams)
  func quotes(path: String, printed: String?) async throws {
    let text = try await lanes("summary", path)
    let markdown = try await lanes("summary", "--markdown", path)
    let json = try await lanes("summary", "--json", path)
    let object = try JSONSerialization.jsonObject(with: Data(json.lines.joined().utf8)) as? [String: Any]
    let findings = try #require(object?["findings"] as? [[String: Any]])
    guard let printed else {
      #expect(!text.lines.contains { $0.contains("printed:") })
      #expect(findings.allSatisfy { $0["printed"] == nil })
      return
    }
    #expect(text.lines.contains("    printed: \"\(printed)\""))
    #expect(markdown.lines.contains { $0.hasPrefix("  printed: \"\(printed)\"") })
    #expect(findings.contains { $0["printed"] as? String == printed })
  }
}
