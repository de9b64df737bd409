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
        lanes summary session.jsonl --start 9h --end 9h15m --environment checkout
        lanes summary --fail-if 'coldWaitMs.p95 > 1500' --fail-if 'errors > 0' session.jsonl
        cat telemetry.jsonl | lanes summary - --from telemetry
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String]

  @Option(help: "What the input is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  @Flag(help: "Findings and figures in Markdown.")
  var markdown = false

  @OptionGroup var part: PartOptions

  @OptionGroup var failIf: Conditions

  func validate() throws { try failIf.checkAlone() }

  func run() throws {
    try expectStreams(files, from: from)
    let reading = try SessionReading(files, from: from, keepsEvents: !part.isAll)
    let session = try reading.session(of: part)
    if json {
      writeOutput(SummaryJSON(session.timeline, session.log.catalog, lines: reading.lines).text())
    } else if markdown {
      let report = FindingsReport(session.timeline, session.log.catalog)
      writeOutput(Array(report.markdown(SimulationFigures(session.timeline)).utf8))
    } else {
      writeOutput(Array(SummaryText(session.timeline, session.log.catalog, lines: reading.lines).text().utf8))
    }
    try reading.checkEnd()
    try failIf.check(SimulationFigures(session.timeline))
  }
}
