import ArgumentParser
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram
import TimelineExport

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "diff",
    abstract: "Compare the figures of two sessions; fail where one is worse than allowed.",
    discussion: """
      Figures have the names that `lanes summary --json` gives them: coldShare (or p_cold), coldWaitMs.p95, errors …
      A condition compares the second session's figure, or its change with a sign before and a % behind the number:
        coldShare > 0.05        a share is 0 to 1; 5% says the same
        coldWaitMs.p95 > 1500   milliseconds
        initMs.p50 > +10%       more than 10 % above the first session's; what was 0 and is not has grown by more
      A figure that is not known fails its condition, and a session without a request fails every one of counts and shares.

      Examples:
        lanes diff before.jsonl after.jsonl
        lanes diff --fail-if 'coldWaitMs.p95 > +10%' before.jsonl after.jsonl
      """)

  @Argument(help: ArgumentHelp("A recording or a stream file.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The one that it is compared with.", valueName: "b"))
  var second: String

  @Option(help: "What the inputs are: \(StreamFormat.names). Recognised from their first lines by default.")
  var from: StreamFormat?

  @OptionGroup var failIf: Conditions

  @Flag(help: "A table in Markdown.")
  var markdown = false

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  func run() throws {
    try expectStreams([first, second], from: from)
    let readings = try [first, second].map { try SessionReading([$0], from: from) }
    let figures = readings.map { SimulationFigures($0.session.timeline) }
    let difference = FiguresDiff(figures[0], figures[1], names: [first, second])
    let coldStarts = readings.map { ColdStartTables($0.session.timeline, $0.session.log.catalog) }
    let lines = LinesDiff(coldStarts[0], coldStarts[1])
    if json {
      writeOutput(difference.json(lines))
    } else {
      let text =
        markdown ? difference.markdown() + lines.markdown() : difference.text() + lines.text()
      writeOutput(Array(text.utf8))
    }
    for reading in readings { try reading.checkEnd() }
    try failIf.check(readings[1].session, since: readings[0].session)
  }
}
