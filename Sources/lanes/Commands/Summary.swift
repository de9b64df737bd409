import ArgumentParser
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import TimelineExport

struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "summary",
    abstract: "Print the phases and figures of a recording or a stream, without a screen.",
    discussion: """
      Examples:
        lanes summary session.jsonl
        lanes summary --json emulator.log
        cat telemetry.jsonl | lanes summary - --from telemetry
      """)

  @Argument(help: ArgumentHelp("A recording or a stream file; - for standard input.", valueName: "input"))
  var input: String

  @Option(help: "What the input is: rie, telemetry or recording. Recognised from its first lines by default.")
  var from: StreamFormat?

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  func run() throws {
    let source = try Input(format: from)
    try source.start(file: input, follow: false, tellsArrival: false)
    var session = Session(reading: .native, live: false, start: 0)
    while !source.hasEnded {
      source.wait()
      source.read(into: &session, maxBytes: 4 << 20)
      _ = session.fold()
    }
    _ = session.fold()
    if let failure = source.failure { throw Failure(description: failure) }
    guard source.format != nil else { throw Failure(description: source.notRecognised(input)) }
    if json {
      writeOutput(SummaryJSON(session.timeline, session.log.catalog, lines: source.lines).text())
    } else {
      writeOutput(Array(SummaryText(session.timeline, session.log.catalog, lines: source.lines).text().utf8))
    }
  }
}
