import LambdaEventFormats
import LambdaLifecycle
import Testing

@testable import EventSources

@Suite struct InsightsTests {
  private static let hour = Timestamp.seconds(1_000)..<Timestamp.seconds(4_600)

  @Test(arguments: [
    ("/aws/lambda/*", "/aws/lambda/hello", true), ("/aws/lambda/*", "/aws/lambda/", true),
    ("/aws/lambda/*", "/aws/lambd", false), ("*hello*", "/aws/lambda/hello-2", true),
    ("*-prod", "/aws/lambda/a-prod-b", false), ("*-prod", "/aws/lambda/a-prod-prod", true),
    ("/a*b*b", "/ab", false), ("/a*b*b", "/abb", true), ("/a*b*b", "/a-b-b-b", true),
    ("hello", "hello", true), ("hello", "hello-2", false), ("*", "anything", true),
  ])
  func aStarIsAnyText(pattern: String, name: String, matches: Bool) {
    #expect(LogGroupPattern(LogGroup(name: pattern)).matches(name) == matches)
  }

  @Test func aQueryIsToldExactlyItsStretch() {
    var access = LogGroup(name: "")
    access.region = "eu-central-1"
    let stretch = Timestamp.milliseconds(1_500)..<Timestamp.milliseconds(3_001)
    let words = InsightsQuestion.counts.words(access, ["/a", "/b"], stretch)
    #expect(Array(words.prefix(2)) == ["logs", "start-query"])
    #expect(words.contains("eu-central-1"))
    // AWS takes whole seconds: the query itself leaves out the events around the stretch.
    #expect(words.split(separator: "--start-time").last?.prefix(3) == ["1", "--end-time", "4"])
    #expect(words.suffix(3) == ["--log-group-names", "/a", "/b"])
    let query = InsightsQuestion.counts.text(stretch)
    #expect(query.hasPrefix("filter toMillis(@timestamp) >= 1500 and toMillis(@timestamp) < 3001\n| "))
    #expect(query.contains("stats count(*) as requests") && query.contains(" by @log\n"))
    #expect(InsightsQuestion.inits.text(stretch).hasSuffix("limit 10000"))
  }

  @Test(arguments: [1, 2, 3, 7]) func partsOfAStretchMeet(count: Int) {
    let parts = Self.hour.parts(count)
    #expect(parts.count == count)
    #expect(parts.first?.lowerBound == Self.hour.lowerBound && parts.last?.upperBound == Self.hour.upperBound)
    for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.upperBound == next.lowerBound) }
    #expect(parts.allSatisfy { $0.lowerBound.isMultiple(of: 1_000_000) })
  }

  @Test func aMillisecondHasNoHalves() {
    #expect((Timestamp.milliseconds(5)..<Timestamp.milliseconds(6)).parts(2).count == 1)
  }

  @Test func aQueryTakesFiftyGroupsOfOneClass() {
    let groups = (0..<120).map { number in
      var group = LogGroupDescription(name: "\(number)")
      group.logGroupClass = number < 70 ? "STANDARD" : "INFREQUENT_ACCESS"
      return group
    }
    let sets = InsightsReading.sets(of: groups)
    #expect(sets.map(\.count) == [50, 50, 20])
    #expect(Set(sets.joined().map(\.name)).count == 120)
  }

  @Test func aGroupIsNotAskedForWhatItCannotHave() {
    var group = LogGroupDescription(name: "x")
    #expect(group.keeps(Self.hour, at: .seconds(1_000_000)))
    group.created = .seconds(4_599)
    #expect(group.keeps(Self.hour, at: .seconds(1_000_000)))
    group.created = .seconds(4_600)
    #expect(!group.keeps(Self.hour, at: .seconds(1_000_000)))
    group.created = nil
    group.retention = .seconds(86_400)
    #expect(group.keeps(Self.hour, at: .seconds(90_000)))
    #expect(!group.keeps(Self.hour, at: .seconds(91_000)))
  }

  @Test func whatIsScannedFollowsFromWhatIsStored() {
    func group(_ bytes: Int64, age: Int64?, retention: Int64? = nil) -> LogGroupDescription {
      var group = LogGroupDescription(name: "x")
      group.storedBytes = bytes
      group.created = age.map { Self.hour.upperBound - .seconds($0) }
      group.retention = retention.map { .seconds($0) }
      return group
    }
    func bytes(_ groups: LogGroupDescription...) -> Double { ScanEstimate(groups, Self.hour).bytes }
    #expect(bytes(group(1_000, age: 36_000)) == 100)
    #expect(bytes(group(1_000, age: 360_000, retention: 7_200)) == 500)
    // Younger than the stretch: all of it.
    #expect(bytes(group(1_000, age: 60)) == 1_000)
    #expect(bytes(group(1_000, age: nil)) == 1_000)
    #expect(bytes(group(1_000, age: 36_000), group(50, age: 60)) == 150)
    #expect(ScanEstimate([group(0, age: 60)], Self.hour).unknown == 1)
  }

  @Test func countsOfSlicesAddUp() throws {
    var report = InsightsReport()
    let row = [
      "@log": "123:/aws/lambda/a", "requests": "7", "errors": "1", "failures": "2", "timeouts": "3.0",
      "inits": "4",
    ]
    try report.add(counts: .init(rows: [row], scannedBytes: 10))
    try report.add(counts: .init(rows: [row], scannedBytes: 5))
    let counts = try #require(report.counts["/aws/lambda/a"])
    #expect(counts.requests == 14 && counts.errors == 6 && counts.timeouts == 6 && counts.inits == 8)
    #expect(report.scannedBytes == 15)
  }

  @Test func rowsThatCountNothingAreNoAnswer() {
    var report = InsightsReport()
    #expect(throws: SourceError.self) {
      try report.add(counts: .init(rows: [["@log": "1:x", "@message": "REPORT"]]))
    }
  }

  @Test func answersOfAWSAreRead() throws {
    let answer = try #require(
      InsightsAnswer(
        Array(
          #"{"results":[[{"field":"@log","value":"1:/a"},{"field":"n","value":"2"}],[]],"statistics":{"bytesScanned":12.0,"recordsMatched":1.0},"status":"Complete"}"#
            .utf8)))
    #expect(answer.rows == [["@log": "1:/a", "n": "2"], [:]])
    #expect(answer.scannedBytes == 12 && answer.status == .complete)
    #expect(InsightsAnswer(Array(#"{"status":"Failed","results":[]}"#.utf8))?.status == .failed("Failed"))
    #expect(InsightsAnswer(Array("<html>".utf8)) == nil)
    #expect(InsightsAnswer(Array("{}".utf8)) == nil)
    #expect(InsightsAnswer.queryID(Array(#"{"queryId": "12-ab"}"#.utf8)) == "12-ab")
    let listing =
      #"{"logGroups":[{"logGroupName":"/a","creationTime":1500,"storedBytes":9,"retentionInDays":1}]}"#
    let group = try #require(LogGroupListing.read(Array(listing.utf8))?.first)
    #expect(group.name == "/a" && group.storedBytes == 9 && group.created == .milliseconds(1_500))
    #expect(group.retention == .seconds(86_400))
    #expect(LogGroupListing.read(Array(#"{"logGroups":[]}"#.utf8)) == [])
    #expect(LogGroupListing.read(Array(#"{"error":1}"#.utf8)) == nil)
    #expect(LogEventsAnswer.isEmpty(Array(#"{"events": [], "searchedLogStreams": []}"#.utf8)))
    #expect(!LogEventsAnswer.isEmpty(Array(#"{"events": [{"message":"x"}]}"#.utf8)))
  }

  @Test func manyThingsAreDoneAFewAtATimeAndKeepTheirOrder() async throws {
    let values = try await each(Array(0..<100), atOnce: 3) { $0 * 2 }
    #expect(values == (0..<100).map { $0 * 2 })
  }
}
