import ArgumentParser
import CursesTerminal
import EventSources
import LambdaEventFormats
import LambdaLifecycle
import SwimlaneUI

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "convert",
    abstract: "Make a recording of whatever watch understands; several inputs become one.",
    discussion: """
      Examples:
        lanes convert emulator.log -o session.jsonl
        lanes convert session.jsonl session.jsonl.marks.jsonl -o with-markers.jsonl
        lanes convert day.jsonl --start 9h --end 9h15m -o incident.jsonl
        lanes convert fleet.jsonl --environment checkout -o checkout.jsonl

      A part has what was under way when it begins: requests and phases from their own beginning, and of
      environments that were there already their creation and init.
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The recording to make; it must not exist, or be empty.", valueName: "file"))
  var output: String

  @Option(help: "What the inputs are: \(StreamFormat.names). Recognised from their first lines by default.")
  var from: StreamFormat?

  @Option(
    help: ArgumentHelp(
      "Begin here: 90s, 1m30s or a time as 2026-11-23T03:06:28Z. The beginning of the session by default.",
      valueName: "time"))
  var start: Moment?

  @Option(help: ArgumentHelp("End here; the end of the session by default.", valueName: "time"))
  var end: Moment?

  @Option(
    help: ArgumentHelp(
      "Only environments with this in their name or their function's; may be repeated.", valueName: "text"))
  var environment: [String] = []

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    let recorder = try Recorder(path: output)
    defer { writeError("lanes: \(recorder.count) events in \(output)") }
    if start != nil || end != nil || !environment.isEmpty { return try cut(recorder) }
    let inputs = try Inputs(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    // Nobody looks at it: what has been written is not needed any more.
    session.keep = .events(1_000)
    for file in files {
      try inputs.start(file: file, follow: false, tellsArrival: false, in: &session.log)
    }
    do {
      try PlainRun(session: session, recorder: recorder, isQuiet: true)
        .follow(inputs, until: signals, showsProgress: true)
    } catch {
      // What is in the way of another try would be worth nothing, unless it cannot be read again.
      if !inputs.inputs.contains(where: \.isUnderstood), !files.contains("-") { recorder.discard() }
      throw error
    }
  }

  /// What is under way at the beginning of a part may have been told of last: all is read before anything is written.
  private func cut(_ recorder: Recorder) throws {
    let reading = try SessionReading(files, from: from, keepsEvents: true)
    let (session, timeline) = (reading.session, reading.session.timeline)
    // An empty session has no moments to count from.
    guard !timeline.isEmpty else { return try reading.checkEnd() }
    let cut = Cut(
      start: start?.timestamp(from: timeline.first) ?? .min,
      end: end?.timestamp(from: timeline.first) ?? .max,
      names: environment)
    guard cut.start <= cut.end else {
      throw ValidationError("--start lies after --end: expected a part of the session.")
    }
    ProgressClock.during("writing \(output)") {
      recorder.write(cut.events(of: reading.events, session.log.catalog), from: session.log)
    }
    if let failure = recorder.failure { throw Failure(description: failure) }
    if recorder.count == 0 {
      writeError(
        "lanes: nothing happened there: the session lasts \(text(ofLength: timeline.last - timeline.first))")
    }
    try reading.checkEnd()
  }
}
