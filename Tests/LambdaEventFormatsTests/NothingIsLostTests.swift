import LambdaEventFormats
import LambdaLifecycle
import Testing

/// A line that is not understood is reported, and the output of a function is kept, whatever it looks like.
@Suite struct NothingIsLostTests {
  private let id = "3fa87def-7a1c-4e2b-9f3d-556677889901"
  private let logStream = "2026/03/02/[$LATEST]00112233445566778899aabbccddeeff"
  private var start: String { "START RequestId: \(id) Version: $LATEST" }
  private var report: String {
    "REPORT RequestId: \(id)\tDuration: 20.50 ms\tBilled Duration: 21 ms\tMemory Size: 512 MB\tMax Memory Used: 91 MB\t"
  }

  private func lines(_ lines: String...) -> EventLog { decode(lines.map { $0 + "\n" }.joined()) }

  @Test func linesBetweenTheRowsOfATable() {
    let log = lines(
      "who knows", "| timestamp | message |", "|---|---|", "| 1772438400000 | \(start) |", "between | rows",
      "| 1772438400100 | \(report) |")
    #expect(log.outputs == ["between | rows"])
    #expect(log.undecodable.map(\.text) == ["who knows"])
  }

  @Test func theQueryBeforeATableIsNotOfTheLog() {
    let log = lines(
      "**CloudWatch Logs Insights**    ", "region: eu-central-1    ",
      "log-group-names: /aws/lambda/orders    ",
      "query-string:", "```", "fields @timestamp, @message", "```", "---", "| @timestamp | @message |",
      "| --- | --- |", "| 2026-03-02 08:00:00.000 | \(start) |")
    #expect(log.undecodable.map(\.text) == [])
    #expect(log.outputs.isEmpty)
  }

  @Test(arguments: ["12 events loaded", "No newer events at this moment.", "Copy", "Message"])
  func wordsOfTheConsoleThatAFunctionPrints(words: String) {
    let envelopes: [(String) -> String] = [
      { "2026-03-02T08:00:00.000000+00:00 \(logStream) \($0)" }, { "2026-03-02T08:00:00.000Z \($0)" },
      { "\(logStream) 2026-03-02T08:00:00.000000 \($0)" }, { "2026-03-02T08:00:00 \($0)" },
    ]
    for envelope in envelopes {
      let log = lines(envelope(start), envelope("first"), words, envelope(report))
      #expect(log.outputs == ["first", words])
    }
  }

  @Test func thePageAroundPastedText() {
    let log = lines(
      "12 events loaded", "No older events at this moment. Retry", "2026-03-02T08:00:00.000Z \(start)",
      "2026-03-02T08:00:00.020Z \(report)", "No newer events at this moment. Auto retry paused. Resume")
    #expect(log.outputs.isEmpty)
    #expect(log.undecodable.isEmpty)
  }

  @Test func anEventWithoutItsMessage() {
    let log = lines(
      #"{"events":[{"timestamp":1772438400000,"message":"\#(start)","ingestionTime":1,"logStreamName":"\#(logStream)"},"#,
      #"{"timestamp":1772438400010,"ingestionTime":1,"logStreamName":"\#(logStream)"}],"#,
      #""searchedLogStreams":[{"logStreamName":"\#(logStream)","searchedCompletely":true}]}"#)
    #expect(log.undecodable.map(\.reason) == ["a log event without a message"])
  }

  @Test func anObjectThatIsTooLong() {
    let event = { (text: String) in
      """
      {
        "timestamp": 1772438400000,
        "ingestionTime": 1,
        "message": "\(text)"
      }

      """
    }
    let part = String(repeating: "x", count: 1 << 19)
    let long =
      "{\n\"timestamp\": 1,\n" + (0..<10).map { "\"k\($0)\": \"\(part)\",\n" }.joined() + "\"z\": 1\n}\n"
    let log = decode(event(start) + long + event("hello"))
    #expect(log.undecodable.map(\.reason) == ["an object longer than 4 MiB"])
    #expect(log.outputs == ["hello"])
  }

  @Test func textBetweenTheEventsOfTheCLI() {
    let head =
      "EVENTS\t37817138110865514870293010893520211970396487122456608768\t1772438400900\t\(logStream)\t"
    let log = lines(
      head + start, "\t1772438400000", "who knows that", head + report, "\t1772438400020",
      "SEARCHEDLOGSTREAMS\t\(logStream)\tTrue")
    #expect(log.undecodable.map(\.text) == ["who knows that"])
  }

  @Test func textBetweenTheKeysOfYAML() {
    let log = lines(
      "events:", "- ingestionTime: 1772438400900", "  message: \(start)", "  timestamp: 1772438400000",
      "who knows that", "- ingestionTime: 1772438400900", "  message: hello", "  timestamp: 1772438400010")
    #expect(log.undecodable.map(\.text) == ["who knows that"])
    #expect(log.outputs == ["hello"])
  }

  @Test func aFieldThatGoesOnForTooLong() {
    let line = String(repeating: "x", count: 1 << 19)
    let log = lines(
      "Complete", "RESULTS\t@timestamp\t2026-03-02 08:00:00.000", "RESULTS\t@message\tfirst", line, line,
      line,
      line, "RESULTS\t@timestamp\t2026-03-02 08:00:00.001", "RESULTS\t@message\t\(start)")
    let reason = "a message longer than 1 MiB: only its beginning is kept"
    #expect(log.undecodable.map(\.reason) == [reason, reason])
    #expect(log.outputs.count == 3)
  }

  /// A log that is undecided is held; of blank lines that is more than their texts.
  @Test func blankLinesDoNotFillTheMemory() {
    let log = decode(
      "2026-03-02T08:00:00.000Z \(start)\n" + String(repeating: "\n", count: 100_000) + "last\n")
    #expect(log.outputs == ["last"])
  }

  // MARK: Fetched twice

  private func row(_ milliseconds: Int, _ message: String) -> String {
    "\(1_772_438_400_000 + milliseconds),\"\(message)\n\"\n"
  }

  private func rows(_ number: Int) -> [String] {
    let id = "3fa87def-7a1c-4e2b-9f3d-55667788990\(number)"
    let at = number * 1_000
    return [
      row(at, "START RequestId: \(id) Version: $LATEST"), row(at, "work"),
      row(at + 1, "[ERROR] ValueError: no\nTraceback (most recent call last):"),
      row(at + 9, "END RequestId: \(id)"), row(at + 9, report.replacing(self.id, with: id)),
    ]
  }

  private func begun(_ log: EventLog) -> Int {
    log.events.count {
      guard case .phaseBegan(.invoke, _) = $0.kind else { return false }
      return true
    }
  }

  @Test func aLogThatWasFetchedTwiceIsToldOnce() {
    let head = "timestamp,message\n"
    let initStart = row(0, "INIT_START Runtime Version: python:3.13.v60\tRuntime Version ARN: arn")
    let all = [initStart] + (1...4).flatMap(rows)
    let once = decode(head + all.joined())
    #expect(begun(once) == 4)
    #expect(once.outputs.count == 12)
    let texts = [
      all + all, all + [head] + all, all + all + all, Array(all[..<13]) + Array(all[6...]),
      all + Array(all[9...]),
    ]
    for text in texts { #expect(render(decode(head + text.joined())) == render(once)) }
  }

  @Test func whatIsPrintedAgainIsNoRepetition() {
    // Two environments, one behind the other, without their names.
    let head = "timestamp,message\n"
    let first = rows(1)
    let other = rows(2).map { $0.replacing("17724384020", with: "17724384010") }
    let log = decode(head + (first + other + [row(3_000, "work"), row(3_000, "work")]).joined())
    #expect(begun(log) == 2)
    #expect(log.outputs.count { $0 == "work" } == 4)
  }

  /// Lambda tries an event again with the id that it had.
  @Test func aRetryIsNoRepetition() {
    let later = rows(1).map { $0.replacing("17724384010", with: "17724384620") }
    #expect(begun(decode("timestamp,message\n" + (rows(1) + later).joined())) == 2)
  }

  // MARK: Services

  @Test func aServiceThatIsRecognisedLateIsASourceOfItsOwn() {
    func service(_ name: String, _ line: String) -> String { "\(name)-1  | \(line)\n" }
    let strangers = (0..<2_000).map { service("database", "checkpoint \($0)") }.joined()
    let later = (0..<40).map { _ in service("database", "2026-03-02T08:00:00.000000+00:00 \(logStream) x") }
    let log = decode(
      service("function", "2026-03-02T08:00:00.000000+00:00 \(logStream) \(start)") + strangers
        + later.joined())
    #expect(log.catalog.sources.map(\.name) == ["", "database-1"])
    #expect(log.outputs.count > 20)
  }

  @Test func aServiceThatIsOnlyLikelyIsASourceToo() {
    func service(_ name: String, _ line: String) -> String { "\(name)-1  | \(line)\n" }
    let log = decode(
      service("a", "2026-03-02T08:00:00.000000+00:00 \(logStream) \(start)") + service("b", start)
        + service("b", "hi") + service("b", "END RequestId: \(id)"))
    #expect(log.catalog.sources.map(\.name) == ["", "b-1"])
    #expect(log.catalog.sources.last?.kind == .cloudWatchMessages)
  }
}
