import ArgumentParser
import CursesTerminal
import EventSources
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "convert",
    abstract: "Make a recording of whatever watch understands; several inputs become one.",
    discussion: """
      Examples:
        lanes convert emulator.log -o session.jsonl
        lanes convert session.jsonl session.jsonl.marks.jsonl -o with-markers.jsonl
        lanes convert day.jsonl --start 9h --end 9h15m -o incident.jsonl
        lanes convert fleet.jsonl --environment checkout -o checkout.jsonl

      A part has what was under way when it begins: requests and phases from their own beginning, and of
      environments that were there already their creation and init. No figure counts what lies before the part.
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The recording to make; it must not exist, or be empty, unless with --force.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the recording, if it is there.")
  var force = false

  @Option(help: "What the inputs are: \(StreamFormat.names). Recognised from their first lines by default.")
  var from: StreamFormat?

  @OptionGroup var part: PartOptions

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    try expectOther(output, than: files)
    let recorder = try Recorder(path: output, replaces: force)
    defer { if recorder.count > 0 { writeError("lanes: \(recorder.count) events in \(output)") } }
    if !part.choice.isAll { return try cut(recorder) }
    let inputs = try Inputs(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    // Nobody looks at it: events that have been written are not needed any more.
    session.keep = .events(1_000)
    for file in files {
      try inputs.start(file: file, follow: false, tellsArrival: false, in: &session.log)
    }
    do {
      try PlainRun(session: session, recorder: recorder, isQuiet: true)
        .follow(inputs, until: signals, showsProgress: true)
    } catch {
      // A useless file would be in the way of another try; it stays where its input cannot be read again.
      if !inputs.inputs.contains(where: \.isUnderstood), !files.contains("-") { recorder.discard() }
      throw error
    }
  }

  /// The latest events may be about work that was under way at the beginning of a part: all is read before anything
  /// is written.
  private func cut(_ recorder: Recorder) throws {
    let reading = try SessionReading(files, from: from, keepsEvents: true)
    let (events, part) = try reading.cut(part.choice)
    var log = reading.session.log
    log.part = part
    ProgressClock.during("writing \(output)") { recorder.write(events, from: log) }
    if let failure = recorder.failure { throw Failure(description: failure) }
    try reading.checkEnd()
  }
}
