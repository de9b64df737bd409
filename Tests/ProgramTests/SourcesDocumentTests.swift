import Foundation
import LambdaLifecycle
import TestSupport
import Testing

/// docs/sources.md and the example producer, as a reader would use them.
@Suite(.needs(.lanes, .python)) struct SourcesDocumentTests {
  @Test func eachSourceHasARow() throws {
    let text = try String(contentsOfFile: Repository.path("docs/sources.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    for kind in SourceKind.allCases {
      let own = rows.filter { $0.contains("`\(kind.rawValue)`") }
      #expect(own.count >= 2, "a row and a command of \(kind.rawValue)")
      guard let row = own.first else { continue }
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(cells.count == 8, "\(row)")
      // Freezing is reported by the sources that the code takes at their word.
      let isTold = cells[5] == "yes" || cells[5] == "as the producer says"
      #expect(isTold == kind.tellsFreezing, "\(row)")
    }
  }

  private func producer(in scratch: borrowing Scratch) async throws {
    let text = try String(contentsOfFile: Repository.path("docs/recording-format.md"), encoding: .utf8)
    let begin = try #require(text.range(of: "```python\n"))
    let end = try #require(text.range(of: "```", range: begin.upperBound..<text.endIndex))
    try scratch.write(text[begin.upperBound..<end.lowerBound].utf8, to: "producer.py")
    let told = try await run(try Peer.python.required(), [scratch.file("producer.py")])
    #expect(told.status == 0, "\(told.errors)")
    try scratch.write(told.output, to: "told.jsonl")
  }

  @Test func theExampleProducerIsUnderstood() async throws {
    let scratch = try Scratch()
    try await producer(in: scratch)
    let text = try await lanes("watch", "--plain", "-", input: scratch.file("told.jsonl")).text
    #expect(text.contains("invoke"))
    let report = try await lanes("summary", "--markdown", scratch.file("told.jsonl")).text
    #expect(report.contains("| requests | 1 |"))
    #expect(report.contains("| cold starts | 1 |"))
  }

  @Test func andTheSameByHTTP() async throws {
    let scratch = try Scratch()
    try await producer(in: scratch)
    let port = try Loopback.freePorts(1)[0]
    let send = """
      import sys, urllib.request
      lines = open(sys.argv[1], "rb").read().splitlines(keepends=True)
      for body in lines[:3], lines[3:]:
          urllib.request.urlopen("http://127.0.0.1:\(port)/my-emulator", b"".join(body), timeout=10)
      """
    let ending = try await run(
      try Peer.lanes.required(),
      ["watch", "--plain", "--record", scratch.file("session.jsonl"), "--listen", "\(port)"]
    ) { process in
      try await eventually("a listener") {
        let sent = try await run(try Peer.python.required(), ["-c", send, scratch.file("told.jsonl")])
        return sent.status == 0 ? true : nil
      }
      kill(process, SIGTERM)
    }
    #expect(ending.status == 128 + SIGTERM)
    let report = try await lanes("summary", "--markdown", scratch.file("session.jsonl")).text
    #expect(report.contains("| requests | 1 |"))
    #expect(report.contains("| cold starts | 1 |"))
  }
}
