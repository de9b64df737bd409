import ArgumentParser
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram
import TimelineExport

struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "summary",
    abstract:
      "Print what is worth a look in a recording or a stream, its phases and figures, without a screen.",
    discussion: """
      Examples:
        lanes summary session.jsonl
        lanes summary --json emulator.log
        lanes summary --markdown session.jsonl      for a pull request
        lanes summary session.jsonl --start 9h --end 9h15m --environment checkout
        lanes summary --fail-if 'coldWaitMs.p95 > 1500' --fail-if 'errors > 0' session.jsonl
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

  @OptionGroup var part: PartOptions

  @OptionGroup var failIf: Conditions

  func validate() throws {
    try logGroups.check()
    try failIf.checkAlone()
    if files.isEmpty, !logGroups.isThere {
      throw ValidationError("Expected something to read: a FILE, - for standard input, or --log-group NAME.")
    }
    guard logGroups.asksInsights else { return }
    if !files.isEmpty {
      throw ValidationError(
        "Insights counts log groups alone: leave the files out, or read all line by line with --no-insights.")
    }
    if !part.choice.isAll || !failIf.texts.isEmpty {
      throw ValidationError(
        "Insights counts whole log groups, in a table: for --start, --end, --environment and --fail-if read them line by line"
          + " with --no-insights.")
    }
  }

  func run() throws {
    try expectStreams(files, from: from)
    if logGroups.asksInsights { return try writeInsightsReport() }
    let groups = try logGroups.groups()
    let reading = try SessionReading(
      files, from: from, logGroups: groups, logGroups.logGroups.stretch, keepsEvents: !part.choice.isAll)
    let session = try reading.session(of: part.choice)
    let functions = logGroups.functions(of: session, part.choice.isAll ? groups : [])
    writeOutput(ProgressClock.during("counting") { report(session, lines: reading.lines, functions) })
    try reading.checkEnd()
    try failIf.check(session)
  }

  private func report(_ session: Session, lines: Int, _ functions: FunctionTable?) -> [UInt8] {
    if json {
      var summary = SummaryJSON(
        session.timeline, session.log.catalog, lines: lines, printed: session.printed)
      summary.functions = functions
      return summary.text()
    }
    if markdown {
      let report = FindingsReport(session.timeline, session.log.catalog, printed: session.printed)
      let coldStarts = ColdStartReport(session.timeline, session.log.catalog, printed: session.printed)
      let table = functions.map { $0.markdown() + "\n" } ?? ""
      return Array((table + report.markdown(SimulationFigures(session.timeline), coldStarts)).utf8)
    }
    let table = functions.map { $0.text() + "\n" } ?? ""
    return Array(
      (table
        + SummaryText(session.timeline, session.log.catalog, lines: lines, printed: session.printed).text())
        .utf8)
  }

  private func writeInsightsReport() throws {
    let (table, scannedBytes) = try logGroups.insightsReport()
    if json { return writeOutput(table.json(scannedBytes: scannedBytes)) }
    writeOutput(Array((markdown ? table.markdown() : table.text()).utf8))
  }
}
