import Foundation
import TestSupport
import Testing

/// Logs that are easily misread: in odd orders, with rounded times, and with the additions of clipboards,
/// shells and tools.
@Suite struct LogTests {
  @Test(arguments: LogExpectation.all) func isReadRight(expected: LogExpectation) async throws {
    let path = Repository.path("Tests/ProgramTests/Fixtures/logs/\(expected.name)")
    let summary = try await SummaryDocument(of: path)
    let statistics = try await statistics(of: path)
    for (name, value) in expected.figures {
      #expect((statistics[name] as? NSNumber)?.intValue == value, "\(name)")
    }
    for (name, range) in expected.longest {
      #expect(longest(name, statistics).map { range.contains($0) } == true, "\(name)")
    }
    let waits = statistics.keys.filter { $0.hasSuffix("WaitMs") }.compactMap { longest($0, statistics) }
    if expected.leastWait > 0 { #expect(waits.max() ?? 0 >= expected.leastWait) }
    if let environments = expected.environments { #expect(summary.environments.count == environments) }
    expect(expected, of: summary.environments.flatMap(\.spans))
    if let word = expected.says {
      let report = try await lanes("summary", path)
      #expect(report.text.contains(word))
    }
  }

  private func expect(_ expected: LogExpectation, of spans: [SummaryDocument.Span]) {
    let invocations = spans.filter { $0.phase == "invoke" }.sorted { $0.start < $1.start }
    if let outcomes = expected.outcomes { #expect(invocations.map(\.outcome) == outcomes) }
    if let lengths = expected.lengths {
      #expect(
        invocations.map { span in span.end.map { Int((1_000 * ($0 - span.start)).rounded()) } } == lengths)
    }
    if let phase = expected.without { #expect(!spans.contains { $0.phase == phase }) }
    let apart = spans.filter { expected.apart.contains($0.phase) }.sorted { $0.start < $1.start }
    for (before, after) in zip(apart, apart.dropFirst()) where before.phase != after.phase {
      #expect((before.end ?? .infinity) <= after.start + 1e-6, "\(before.phase) over \(after.phase)")
    }
  }

  private func statistics(of path: String) async throws -> [String: Any] {
    let ending = try await lanes("summary", "--json", path)
    #expect(ending.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(ending.output)) as? [String: Any]
    return try #require(document?["statistics"] as? [String: Any])
  }

  private func longest(_ name: String, _ statistics: [String: Any]) -> Double? {
    ((statistics[name] as? [String: Any])?["max"] as? NSNumber)?.doubleValue
  }
}
