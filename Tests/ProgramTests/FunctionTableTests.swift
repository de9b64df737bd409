import Foundation
import TestSupport
import Testing

/// `lanes summary` of many log groups, which a stub `aws` serves: moto knows no statistics of Logs Insights.
@Suite struct FunctionTableTests {
  private func stub(cases: String = "") throws -> StubAWS {
    let aws = try StubAWS(cases: cases)
    try aws.answer("describe-log-groups", AccountLog.groups)
    try aws.answer("counts", try AccountLog.results(AccountLog.counts))
    try aws.answer("inits", try AccountLog.results(AccountLog.inits()))
    return aws
  }

  private func functions(_ ending: Ending) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(ending.output)) as? [String: Any]
    return try #require(document?["functions"] as? [[String: Any]], "\(ending.errors)")
  }

  @Test func theFunctionThatLosesMostComesFirst() async throws {
    let aws = try stub()
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--since", "7d")
    #expect(ending.status == 0)
    let rows = ending.lines.map { $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(rows[1] == ["heavy", "2.5 s", "3", "2", "66.667 %", "1,900.0 ms", "1,900.0 ms", "0", "1", "1"])
    #expect(rows[2] == ["quick", "0.2 s", "5", "1", "20.000 %", "250.0 ms", "250.0 ms", "1", "0", "0"])
    #expect(rows[3] == ["idle", "0.0 s", "0", "0", "–", "–", "–", "0", "0", "0"])
    // The cost is said, and the parts left out.
    #expect(ending.errors.contains("scans the last 7d of 3 log groups twice, about 2."))
    #expect(ending.errors.contains("AWS does not tell what 1 of them store"))
    #expect(ending.text.contains("Insights has scanned 2.0 GB, $0.01"))
    #expect(ending.text.contains("A handler's own error"))
    let calls = try aws.calls
    #expect(calls.contains("--log-group-name-prefix /aws/lambda/"))
    #expect(
      calls.contains("--log-group-names /aws/lambda/heavy /aws/lambda/idle /aws/lambda/quick\n"))
  }

  @Test func insightsAndLinesAgree() async throws {
    let aws = try stub(
      cases: """
        filter-log-events) case "$*" in
          *heavy*) cat heavy.json ;; *quick*) cat quick.json ;; *) echo '{"events": []}' ;;
          esac ;;
        """)
    for name in ["heavy", "quick"] { try aws.answer(name, try AccountLog.events(of: name)) }
    let counted = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--insights", "--json")
    let read = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--json")
    #expect(counted.status == 0 && read.status == 0)
    let (one, other) = (try functions(counted), try functions(read))
    #expect(one.map { $0["name"] as? String } == ["heavy", "quick", "idle"])
    #expect(NSArray(array: one) == NSArray(array: other))
    #expect(one.first?["lostToInitSeconds"] as? Double == 2.5)
  }

  /// The queries themselves, worked out by a program that knows as much of their language.
  @Test(.needs(.python)) func whatTheQueriesFindIsWhatTheLinesTell() async throws {
    let scratch = try Scratch()
    try scratch.write(
      try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/ProgramTests/Fixtures/insights.py"))),
      to: "insights.py")
    try scratch.write(try AccountLog.account, to: "events.json")
    let python = try Peer.python.required()
    let script = "#!/bin/sh\nexec '\(python)' '\(scratch.file("insights.py"))' \"$@\"\n"
    let aws = try scratch.write(script.utf8, to: "aws")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws)
    func table(_ option: String) async throws -> (Ending, [[String: Any]]) {
      let ending = try await run(
        try Peer.lanes.required(),
        ["summary", "--log-group", "/aws/lambda/*", "--since", "2h", "--json", option],
        environment: ["PATH": "\(scratch.path):/usr/bin:/bin"])
      return (ending, try functions(ending))
    }
    let (counted, one) = try await table("--insights")
    let (_, other) = try await table("--no-insights")
    #expect(one.map { $0["name"] as? String } == ["failing", "heavy", "snap", "json", "quick"])
    #expect(one.map { $0["coldStarts"] as? Int } == [1, 2, 1, 1, 1])
    #expect(one.map { $0["timeouts"] as? Int } == [0, 1, 0, 1, 0])
    #expect(NSArray(array: one) == NSArray(array: other))
    #expect(counted.errors.contains("first inits have failed in /aws/lambda/failing: scanned once more"))
  }

  @Test func whatANameMatchesNotIsAnError() async throws {
    let aws = try stub()
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/nothing*", "--insights")
    #expect(ending.status == 1 && ending.output.isEmpty)
    #expect(ending.errors.contains("--log-group /aws/lambda/nothing*: no log group has such a name"))
  }

  @Test func throttledItGoesOnAndSaysSoOnce() async throws {
    let limit = "An error occurred (LimitExceededException) when calling the StartQuery operation: too many"
    let aws = try stub(
      cases: """
        start-query) if once throttled; then echo '\(limit)' >&2; exit 254; fi
          case "$*" in *stats*) echo '{"queryId": "counts"}' ;; *) echo '{"queryId": "inits"}' ;; esac ;;
        get-query-results) if once running; then echo '{"results": [], "status": "Running"}'; else cat "$last.json"; fi ;;
        """)
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--since", "1d", "--json")
    #expect(ending.status == 0)
    #expect(try functions(ending).count == 3)
    #expect(ending.errors.components(separatedBy: "throttled by AWS").count == 2)
  }

  @Test(arguments: [
    ("start-query", "An error occurred (AccessDeniedException) when calling the StartQuery operation: no"),
    ("get-query-results", "An error occurred (ResourceNotFoundException) when calling GetQueryResults: no"),
    ("describe-log-groups", "Unable to locate credentials"),
  ])
  func anyOtherErrorIsToldInTheWordsOfAWS(operation: String, error: String) async throws {
    let aws = try stub(cases: "\(operation)) echo '\(error)' >&2; exit 254 ;;")
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--since", "1d")
    #expect(ending.status == 1 && ending.output.isEmpty)
    #expect(ending.errors.contains(error))
  }

  @Test func oneGroupThatCannotBeReadFailsTheWhole() async throws {
    let aws = try stub(
      cases: """
        filter-log-events) case "$*" in
          *quick*) echo 'An error occurred (AccessDeniedException): no' >&2; exit 254 ;; *) cat heavy.json ;;
          esac ;;
        """)
    try aws.answer("heavy", try AccountLog.events(of: "heavy"))
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*")
    #expect(ending.status == 1 && ending.output.isEmpty)
    #expect(ending.errors.contains("/aws/lambda/quick: An error occurred (AccessDeniedException)"))
  }

  @Test func aQueryThatFailsIsNoEmptyTable() async throws {
    let aws = try stub()
    try aws.answer("inits", try AccountLog.results([], status: "Failed"))
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--insights")
    #expect(ending.status == 1 && ending.output.isEmpty)
    #expect(ending.errors.contains("the query has ended as Failed"))
  }

  @Test func noLimitOfRowsCutsAnything() async throws {
    // Of a whole day it answers with as many rows as it may; of half a day with those of one half of the log.
    let aws = try stub(
      cases: #"""
        start-query) case "$*" in *stats*) echo '{"queryId": "counts"}' ;; *)
          begin=$(echo "$*" | sed -n 's/.*--start-time \([0-9]*\).*/\1/p')
          end=$(echo "$*" | sed -n 's/.*--end-time \([0-9]*\).*/\1/p')
          if [ $((end - begin)) -gt 50000 ]; then echo '{"queryId": "cut"}'
          elif once first; then echo '{"queryId": "early"}'
          else echo '{"queryId": "late"}'; fi ;;
          esac ;;
        """#)
    let row = try #require(AccountLog.inits().first)
    try aws.answer("cut", try AccountLog.results(Array(repeating: row, count: 10_000)))
    try aws.answer("early", try AccountLog.results(AccountLog.inits { $0.milliseconds < 4_000 }))
    try aws.answer("late", try AccountLog.results(AccountLog.inits { $0.milliseconds >= 4_000 }))
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--since", "1d", "--json")
    #expect(ending.status == 0)
    let functions = try functions(ending)
    #expect(functions.map { $0["coldStarts"] as? Int } == [2, 1, 0])
    #expect(functions.map { $0["initializedAhead"] as? Int } == [0, 1, 0])
    #expect(ending.errors.contains("asking again in halves"))
  }

  @Test func filesOfSeveralFunctionsHaveTheTableToo() async throws {
    let scratch = try Scratch()
    let files = try ["quick", "heavy"].map {
      try scratch.write(AccountLog.events(of: $0).utf8, to: "\($0).json")
    }
    let ending = try await lanes(["summary"] + files)
    #expect(ending.status == 0)
    #expect(ending.lines[0].hasPrefix("function") && ending.lines[1].hasPrefix("heavy.json  "))
    let markdown = try await lanes(["summary", "--markdown"] + files)
    #expect(markdown.text.hasPrefix("## Functions\n\n| function | lost to init |"))
    let alone = try await lanes(["summary", files[0]])
    #expect(alone.text.hasPrefix("findings:"))
  }

  @Test func throttledRequestsAreTheirFunctions() async throws {
    let ending = try await lanes(
      ["summary"]
        + ["burst-with-throttling", "day-of-traffic"].map { Repository.path("demos/\($0).jsonl.gz") })
    #expect(ending.status == 0 && ending.lines[0].hasPrefix("function"))
    #expect(ending.lines[0].hasSuffix("throttled"))
    #expect(ending.lines.contains { $0.hasPrefix("checkout ") && $0.hasSuffix(" 39") }, "\(ending.text)")
  }

  @Test func whatNobodyCanTellIsNoZero() async throws {
    let aws = try stub()
    // A container image writes no INIT_START.
    let rows = AccountLog.inits { !$0.message.contains("INIT_START") }
    try aws.answer("inits", try AccountLog.results(rows))
    let ending = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--insights", "--json")
    #expect(try functions(ending).prefix(2).allSatisfy { $0["initializedAhead"] is NSNull })
    #expect(ending.text.contains("no INIT_START tells when init began"))
    let text = try await aws.lanes("summary", "--log-group", "/aws/lambda/*", "--insights", "--markdown")
    #expect(text.text.contains("| heavy | 2.5 s | 3 | 2 | 66.667 % | 1,900.0 ms | 1,900.0 ms | – | 1 | 1 |"))
  }

  @Test func withoutAWSItNamesWhatToInstall() async throws {
    for name in ["/aws/lambda/*", "/aws/lambda/quick"] {
      let ending = try await run(
        "/usr/bin/env", ["PATH=/nowhere", Peer.lanes.required(), "summary", "--log-group", name])
      #expect(ending.status == 1 && ending.output.isEmpty)
      #expect(ending.errors.contains("there is no program aws in PATH. Install it"))
    }
  }

  @Test(arguments: [
    (["summary"], "Expected something to read"),
    (["summary", "x", "--insights"], "are for --log-group NAME"),
    (["summary", "x", "--log-group", "y", "--since", "7d"], "leave the files out"),
    (["summary", "--log-group", "y", "--since", "soon"], "expected a length of time"),
  ])
  func whatDoesNotFitIsAnError(arguments: [String], words: String) async throws {
    let ending = try await lanes(arguments)
    #expect(ending.status == 2 && ending.errors.contains(words))
  }
}
