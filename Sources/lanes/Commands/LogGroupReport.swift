import ArgumentParser
import EventSources
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram
import TimelineExport

/// The log groups that `summary` reads, and the way it does: line by line, or
/// counted by CloudWatch Logs Insights.
struct LogGroupReport: ParsableArguments {
  /// From here on a stretch is long.
  private static let long = Nanoseconds.seconds(86_400)

  @OptionGroup var logGroups: LogGroupOptions

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Ask CloudWatch Logs Insights, which is paid by what it scans, instead of reading log groups line by line. From --since 1d on by default."
    ))
  var insights: Bool?

  /// - Throws: `ValidationError`.
  func check() throws {
    try logGroups.check()
    if insights != nil, logGroups.names.isEmpty {
      throw ValidationError("--insights and --no-insights are for --log-group NAME, which is not there")
    }
  }

  var isThere: Bool { !logGroups.names.isEmpty }
  var asksInsights: Bool { isThere && insights ?? (logGroups.length >= Self.long) }

  /// The log groups that are meant, to be read line by line.
  /// - Throws: a failure in the words of `aws`, or for a name that matches nothing.
  func groups() throws -> [LogGroup] { try found().map { group($0.name) } }

  private func found() throws -> [LogGroupDescription] {
    let patterns = logGroups.groups.map { LogGroupPattern($0) }
    // A log group can be read by its name without the right to list all.
    if !asksInsights, !patterns.contains(where: \.hasWildcard) {
      return Set(logGroups.names).sorted().map { LogGroupDescription(name: $0) }
    }
    return try wait { try await LogGroupPattern.expand(patterns, $0) }
  }

  /// A log group with the settings by which `aws` reaches it.
  private func group(_ name: String) -> LogGroup {
    LogGroup(
      name: name, region: logGroups.region, profile: logGroups.profile, endpointURL: logGroups.endpointURL)
  }

  /// A table of the functions of a session, where there are several.
  /// - Parameter groups: the groups that were read; one in which nothing has happened has a row too.
  func functions(of session: Session, _ groups: [LogGroup]) -> FunctionTable? {
    let table = FunctionTable(session.timeline, session.log.catalog, names: groups.map(\.title))
    return table.rows.count > 1 ? table : nil
  }

  /// A table of functions, counted by Insights.
  func insightsReport() throws -> (table: FunctionTable, scannedBytes: Int64) {
    let (groups, stretch) = (try found(), logGroups.stretch)
    writeError("lanes: " + Self.announcement(groups, stretch, logGroups.since ?? "10m"))
    let access = group("")
    let report = try wait { try await InsightsReading(access, groups, stretch, $0).report() }
    let documents = groups.map { (group: group($0.name), bytes: report.document(of: $0.name)) }
    let session = try SessionReading(documents).session
    var table = FunctionTable(
      session.timeline, session.log.catalog, names: groups.map(\.name), isBySource: true)
    for name in groups.map(\.name) {
      let counts = report.counts[name]
      table.setCounts(
        of: name, requests: counts?.requests ?? 0, errors: counts?.errors ?? 0,
        timeouts: counts?.timeouts ?? 0)
    }
    table.rename { group($0).title }
    table.notes += Self.notes + ["Insights has scanned \(ScanPrice(bytes: Double(report.scannedBytes)))"]
    return (table, report.scannedBytes)
  }

  private func wait<Value: Sendable>(
    _ body: @escaping @Sendable (ErrandProgress) async throws -> Value
  ) throws -> Value {
    var line = ProgressLine()
    defer { line.clear() }
    let (errand, begin) = (Errand(body), monotonicTime())
    return try errand.wait(
      show: { line.show("\($0), \((monotonicTime() &- begin) / .seconds(1)) s") }, say: { line.say($0) })
  }

  // MARK: Words

  private static func announcement(
    _ groups: [LogGroupDescription], _ stretch: Range<Timestamp>, _ since: String
  ) -> String {
    let estimate = ScanEstimate(groups, stretch)
    let names = "\(groups.count) log group\(groups.count == 1 ? "" : "s")"
    var text = "CloudWatch Logs Insights scans the last \(since) of \(names) twice, "
    text += "about \(ScanPrice(bytes: 2 * estimate.bytes))"
    text += ", by what they store (describe-log-groups), as if it were spread evenly"
    if estimate.unknown > 0 { text += "; AWS does not tell what \(estimate.unknown) of them store" }
    return text
  }

  /// Remarks on questions that Insights is not asked, because the answers would be all the lines.
  private static let notes = [
    "errors and timeouts: as REPORT tells them (Status). A handler's own error is told by the function's output alone, which"
      + " Insights is not asked for",
    "cold starts: inits that INIT_START, INIT_REPORT or a REPORT's Init Duration tells. A re-init after a reset is told by"
      + " neither if it goes well, and is not in what was lost",
  ]
}

extension LogGroup {
  /// The function's name, or the log group's where it is no function's own.
  var title: String { function.isEmpty ? name : function }
}
