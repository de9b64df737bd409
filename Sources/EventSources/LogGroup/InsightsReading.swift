package import LambdaEventFormats
package import LambdaLifecycle

/// Asks CloudWatch Logs Insights for a stretch of many log groups, with the user's own `aws`.
package struct InsightsReading: Sendable {
  private let access: LogGroup
  private let groups: [LogGroupDescription]
  private let stretch: Range<Timestamp>
  private let errand: ErrandProgress

  /// - Parameter access: how `aws` reaches them; its name is of no matter.
  package init(
    _ access: LogGroup, _ groups: [LogGroupDescription], _ stretch: Range<Timestamp>, _ errand: ErrandProgress
  ) {
    self.access = access
    self.groups = groups
    // Insights counts in milliseconds.
    let millisecond = Nanoseconds.milliseconds(1)
    self.stretch =
      stretch.lowerBound / millisecond * millisecond..<stretch.upperBound / millisecond * millisecond
    self.errand = errand
  }

  /// - Throws: `SourceError` in the words of `aws`, or of Insights.
  package func report() async throws -> InsightsReport {
    var report = InsightsReport()
    let sets = Self.sets(of: groups)
    errand.show("Insights counts the requests of \(groups.count) log groups")
    for answer in try await each(
      sets, atOnce: InsightsQuestion.atOnce, { try await ask(.counts, $0, stretch) })
    {
      try report.add(counts: answer)
    }
    // Sliced so that a slice is unlikely to have too many rows; where it has, it is asked for again in halves.
    let slices = sets.flatMap { groups in
      let lines = groups.reduce(0) { $0 + 3 * (report.counts[$1.name]?.inits ?? 0) }
      return stretch.parts(lines / InsightsQuestion.mostRows + 1).map { (groups, $0) }
    }
    errand.show("Insights looks for the inits of \(groups.count) log groups, \(slices.count) queries")
    let answers = try await each(slices, atOnce: InsightsQuestion.atOnce) { groups, slice in
      try await ask(.inits, groups, slice)
    }
    for answer in answers { try report.add(inits: answer) }
    let failed = report.failedStreams
    let concerned = Self.sets(of: groups.filter { failed[$0.name] != nil })
    if concerned.isEmpty { return report }
    errand.say(
      "first inits have failed in \(failed.keys.sorted().joined(separator: ", ")): scanned once more, for the requests that waited"
    )
    for answer in try await each(
      concerned, atOnce: InsightsQuestion.atOnce, { try await ask(.firstReports, $0, stretch) })
    {
      try report.add(firstReports: answer)
    }
    return report
  }

  /// The log groups of one class together, as many as a query takes.
  static func sets(of groups: [LogGroupDescription]) -> [[LogGroupDescription]] {
    let classes = Set(groups.map(\.logGroupClass)).sorted()
    return classes.flatMap { name in
      let members = groups.filter { $0.logGroupClass == name }
      return stride(from: 0, to: members.count, by: InsightsQuestion.mostGroups).map {
        Array(members[$0..<min($0 + InsightsQuestion.mostGroups, members.count)])
      }
    }
  }

  /// The answer of a query, or of several where one would have been cut.
  struct Answer: Sendable {
    var rows: [[String: String]] = []
    var scannedBytes: Int64 = 0
  }

  private func ask(
    _ question: InsightsQuestion, _ groups: [LogGroupDescription], _ stretch: Range<Timestamp>
  ) async throws -> Answer {
    // A stretch that was over before a log group was made, or is no longer kept, is an error to AWS.
    let names = groups.filter { $0.keeps(stretch, at: self.stretch.upperBound) }.map(\.name)
    if names.isEmpty { return Answer() }
    let answer = try await run(question.words(access, names, stretch))
    let isCut = answer.status == .timedOut || answer.rows.count >= InsightsQuestion.mostRows
    guard isCut else { return Answer(rows: answer.rows, scannedBytes: answer.scannedBytes) }
    let halves = stretch.parts(2)
    guard halves.count == 2 else {
      throw SourceError.aws(
        "Insights: a millisecond has more than \(InsightsQuestion.mostRows) rows; name fewer log groups")
    }
    errand.say("a stretch has more than a query answers: asking again in halves, which scans it once more")
    // One after the other: only so many queries may run at once.
    var whole = Answer(scannedBytes: answer.scannedBytes)
    for half in halves {
      let part = try await ask(question, groups, half)
      whole.rows += part.rows
      whole.scannedBytes += part.scannedBytes
    }
    return whole
  }

  /// Begins a query and waits for its end.
  private func run(_ words: [String]) async throws -> InsightsAnswer {
    guard let id = InsightsAnswer.queryID(try await AWSQuestion(words: words, errand: errand).answer()) else {
      throw SourceError.aws("aws logs start-query: expected the id of a query, found something else")
    }
    let question = AWSQuestion(words: access.words("get-query-results") + ["--query-id", id], errand: errand)
    while true {
      guard let answer = InsightsAnswer(try await question.answer()) else {
        throw SourceError.aws("aws logs get-query-results: expected a query's results, found something else")
      }
      switch answer.status {
      case .complete, .timedOut: return answer
      case .failed(let word):
        throw SourceError.aws("Insights: the query has ended as \(word). Try again, or a shorter --since.")
      case .underWay: try await Task.sleep(for: .seconds(1))
      }
    }
  }
}
