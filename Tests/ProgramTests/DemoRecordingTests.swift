import Foundation
import TestSupport
import Testing

/// The recordings that come with the program: small, named in docs/playing.md, and with the sights that it
/// names there.
@Suite(.needs(.lanes)) struct DemoRecordingTests {
  private static let findings = [
    "cold-start-and-reuse.jsonl": ["1 cold start, a wait of 504 ms", "db connect in init, 350 ms"],
    "timeout-and-reset.jsonl": ["1 timeout after 2.00 s", "1 reset", "1 re-init, a wait of 521 ms"],
    "extension-ignores-shutdown.jsonl": [
      "extension ignores-shutdown killed at shutdown, 2 times, the longest 2.01 s",
      "1 cold start, a wait of 874 ms",
    ],
    "burst-with-throttling.jsonl.gz": ["39 throttled requests by reserved concurrency", "20 cold starts"],
    "day-of-traffic.jsonl.gz": [
      "55 cold starts, mean wait 1.10 s (the longest 1.42 s): function init 483 ms"
    ],
    "first-session.jsonl": ["2 cold starts"],
    "slow-cold-start.jsonl": [
      "1 cold start, a wait of 620 ms", "| app.py:3 | 221 ms | import boto3", "| app.py:7 | 97 ms |",
    ],
  ]

  @Test(arguments: findings.keys.sorted())
  func opensWithItsFindings(name: String) async throws {
    let path = Repository.path("demos/\(name)")
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    #expect(size < 200_000)
    let ending = try await lanes("summary", "--markdown", path)
    #expect(ending.status == 0, "\(ending.errors)")
    for finding in try #require(Self.findings[name]) {
      #expect(ending.text.contains(finding), "\(ending.text)")
    }
    let document = try String(contentsOfFile: Repository.path("docs/playing.md"), encoding: .utf8)
    #expect(document.contains("demos/\(name)"))
  }

  @Test func noneIsForgotten() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Repository.path("demos"))
      .filter { $0.contains(".jsonl") }
    #expect(Set(names) == Set(Self.findings.keys))
  }
}
