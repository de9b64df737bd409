import Foundation
import LambdaLifecycle
import TestSupport
import Testing

@testable import TimelineExport

/// Cold starts in words, side by side, and guarded.
@Suite("Cold starts in words") struct ColdStartWordsTests {
  /// Three cold starts, with the time that line 5 takes in each.
  private func code(_ lengths: [Double], text: String = #"s3 = boto3.client("s3")"#, extra: Bool = false)
    -> CodeLog
  {
    var code = CodeLog()
    for (round, length) in lengths.enumerated() {
      code.begin(at: Int64(round) * 1_000)
      code.line("app.py", 3, "import boto3", from: 40, 50, [("botocore", 30), ("Python", 12)])
      code.line("app.py", 5, text, from: 90, length)
      if extra { code.line("app.py", 7, "import pandas", from: 90 + length, 20) }
      code.module("app.py", 60 + length + (extra ? 20 : 0), compiling: 40, files: 9)
      code.end(130 + length + (extra ? 20 : 0))
      code.add(140 + length, .phaseBegan(.shutdown))
      code.add(145 + length, .phaseEnded(PhaseEnd(.shutdown, outcome: .success)))
    }
    return code
  }

  private func tables(_ code: CodeLog) -> ColdStartTables { ColdStartTables(code.timeline, code.log.catalog) }

  @Test("the slowest and the one in the middle, as text, Markdown and JSON")
  func report() throws {
    let code = code([100, 31, 70])
    let report = ColdStartReport(code.timeline, code.log.catalog)
    try expectGolden("cold-starts.txt", report.lines().joined(separator: "\n") + "\n")
    try expectGolden("cold-starts.md", report.markdown().joined(separator: "\n") + "\n")
    let json = SummaryJSON(code.timeline, code.log.catalog, lines: 1).text()
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let coldStarts = try #require(root["coldStarts"] as? [[String: Any]])
    #expect(coldStarts.count == 3)
    for coldStart in coldStarts {
      let parts = try #require(coldStart["parts"] as? [[String: Any]])
      let sum = parts.filter { $0["counts"] as? Bool == true }.reduce(0) {
        $0 + ($1["duration"] as? Double ?? 0)
      }
      #expect(abs(sum - (coldStart["duration"] as? Double ?? 0)) < 1e-9)
      #expect((coldStart["hints"] as? [[String: Any]])?.count == 1)
    }
  }

  @Test("lines are compared by their texts: which came, went, grew and shrank")
  func difference() {
    let before = code([100, 110, 105])
    let after = code([31, 30, 32], text: #"s3 = boto3.client("s3", config=c)"#, extra: true)
    let grown = code([130, 131, 132])
    #expect(
      LinesDiff(tables(before), tables(grown)).text() == """

        lines of init, by their text, medians of the cold starts:
          app.py: s3 = boto3.client("…")  105 ms  131 ms  grew

        """)
    #expect(
      LinesDiff(tables(before), tables(after)).text() == """

        lines of init, by their text, medians of the cold starts:
          app.py: s3 = boto3.client("…")            105 ms      –  went, or is short
          app.py: s3 = boto3.client("…", config=c)       –  31 ms  came, or was short
          app.py: import pandas                          –  20 ms  came, or was short

        """)
    #expect(LinesDiff(tables(before), tables(before)).text().contains("none has changed"))
    #expect(LinesDiff(tables(CodeLog()), tables(CodeLog())).text().isEmpty)
    #expect(
      LinesDiff(tables(grown), tables(before)).markdown().contains(
        #"| app.py: s3 = boto3.client("…") | 131 ms | 105 ms | shrank |"#))
  }

  @Test(
    "conditions on lines: the median, the slowest, a change; what nobody can say fails",
    arguments: [
      (#"line("boto3.client").ms > 100"#, "it is 105.0 ms"),
      (#"line("boto3.client").ms > 105"#, ""), (#"line("boto3.client").ms >= 105"#, "it is 105.0 ms"),
      (#"line("boto3.client").ms.max > 109"#, "it is 110.0 ms"),
      (#"line('client("s3")').ms < 200"#, "it is 105.0 ms"),
      (#" line("boto3").ms > 150 "#, "it is 155.0 ms"),
      (#"line("pandas").ms > 1"#, "no line of 3 cold starts of the session has this text"),
      (#"line("boto3.client").ms > +10%"#, "there is no session to compare with"),
      (#"line("a > b").ms > 1"#, "no line of 3 cold starts"),
      (#"line('a > b').ms > 1"#, "no line of 3 cold starts"),
      ("line('it\u{22}s > b').ms > 1", "no line of 3 cold starts"),
      (#"line("app.py:5").ms > 100"#, "it is 105.0 ms"), (#"line("app.py:50").ms > 1"#, "no line"),
      (#"line("boto3.client").p90 > 109ms"#, "it is 110.0 ms"),
      (#"line("boto3.client").ms > +10"#, "there is no session to compare with"),
    ])
  func conditions(text: String, failure: String) throws {
    let code = code([100, 110, 105])
    let found = try LineCondition(text).failure(of: tables(code), code.log.catalog) ?? ""
    #expect(failure.isEmpty ? found.isEmpty : found.contains(failure), "\(found)")
  }

  @Test("a change is one since the first session")
  func change() throws {
    let (before, after) = (code([100, 110, 105]), code([120, 130, 125]))
    func failure(_ text: String) throws -> String? {
      try LineCondition(text).failure(
        of: tables(after), after.log.catalog, since: (tables(before), before.log.catalog))
    }
    #expect(try failure(#"line("client").ms > +10%"#)?.hasSuffix("105.0 ms has become 125.0 ms") == true)
    #expect(try failure(#"line("client").ms > +20%"#) == nil)
    #expect(try failure(#"line("client").ms < -5%"#) == nil)
    #expect(try failure(#"line("client").ms > +19ms"#)?.hasSuffix("105.0 ms has become 125.0 ms") == true)
    #expect(try failure(#"line("client").ms > +20"#) == nil)
    let none = CodeLog()
    let missing = try LineCondition(#"line("client").ms > +10%"#).failure(
      of: tables(after), after.log.catalog, since: (tables(none), none.log.catalog))
    #expect(missing?.contains("the first session has no cold start that tells of its lines") == true)
  }

  @Test(
    "what is no condition is said",
    arguments: [
      #"line("x").ms"#, "line(x).ms > 1", #"line("x") > 1"#, #"line("x").p95 > 1"#, #"line("").ms > 1"#,
      #"line("x").ms > fast"#, #"line("x").ms > 10%"#, #"line("x").ms > +10%ms"#, #"line("x".ms > 1"#,
    ])
  func mistakes(text: String) {
    #expect(LineCondition.isMeant(by: text))
    #expect(throws: ConditionMistake.self) { try LineCondition(text) }
  }
}
