import ArgumentParser
import CursesTerminal
import EventSources
import LambdaEventFormats
import LambdaLifecycle

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "convert",
    abstract: "Make a recording of whatever watch understands; several inputs become one.",
    discussion: """
      Examples:
        lanes convert emulator.log -o session.jsonl
        lanes convert session.jsonl session.jsonl.marks.jsonl -o with-markers.jsonl
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The recording to make; it must not exist, or be empty.", valueName: "file"))
  var output: String

  @Option(help: "What the inputs are: \(StreamFormat.names). Recognised from their first lines by default.")
  var from: StreamFormat?

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    let recorder = try Recorder(path: output)
    let inputs = try Inputs(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    // Nobody looks at it: what has been written is not needed any more.
    session.keep = .events(1_000)
    for file in files {
      try inputs.start(file: file, follow: false, tellsArrival: false, in: &session.log)
    }
    defer { writeError("lanes: \(recorder.count) events in \(output)") }
    try PlainRun(session: session, recorder: recorder, isQuiet: true).follow(inputs, until: signals)
  }
}
