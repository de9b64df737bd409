import ArgumentParser
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import TimelineExport

struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "summary",
    abstract:
      "Print what is worth a look in a recording or a stream, its phases and figures, without a screen.",
    discussion: """
      Examples:
        lanes summary session.jsonl
        lanes summary --json emulator.log
        lanes summary --markdown session.jsonl      for a pull request
        lanes summary --log-group '/aws/lambda/*' --since 7d     which function to look at
        cat telemetry.jsonl | lanes summary - --from telemetry
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String] = []

  @OptionGroup var logGroups: LogGroupReport

  @Option(help: "What the input is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  @Flag(help: "Findings and figures in Markdown.")
  var markdown = false

  func validate() throws {
    try logGroups.check()
    if files.isEmpty, !logGroups.isThere {
      throw ValidationError("Expected something to read: a FILE, - for standard input, or --log-group NAME.")
    }
    if logGroups.asksInsights, !files.isEmpty {
      throw ValidationError(
        "Insights counts log groups alone: leave the files out, or read all line by line with --no-insights.")
    }
  }

  func run() throws {
    try expectStreams(files, from: from)
    if logGroups.asksInsights { return try writeInsightsReport() }
    let groups = try logGroups.groups()
    let reading = try SessionReading(files, from: from, logGroups: groups, logGroups.logGroups.stretch)
    let functions = logGroups.functions(of: reading.session, groups)
    writeOutput(ProgressClock.during("counting") { report(reading, functions) })
    try reading.checkEnd()
  }

  private func report(_ reading: SessionReading, _ functions: FunctionTable?) -> [UInt8] {
    let session = reading.session
    if json {
      var summary = SummaryJSON(session.timeline, session.log.catalog, lines: reading.lines)
      summary.functions = functions
      return summary.text()
    }
    if markdown {
      let report = FindingsReport(session.timeline, session.log.catalog)
      let table = functions.map { $0.markdown() + "\n" } ?? ""
      return Array((table + report.markdown(SimulationFigures(session.timeline))).utf8)
    }
    let table = functions.map { $0.text() + "\n" } ?? ""
    return Array(
      (table + SummaryText(session.timeline, session.log.catalog, lines: reading.lines).text()).utf8)
  }

  private func writeInsightsReport() throws {
    let (table, scannedBytes) = try logGroups.insightsReport()
    if json { return writeOutput(table.json(scannedBytes: scannedBytes)) }
    writeOutput(Array((markdown ? table.markdown() : table.text()).utf8))
  }
}
