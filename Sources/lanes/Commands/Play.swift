import EventSources
import ArgumentParser
import CursesTerminal
import LambdaEventFormats
import LambdaLifecycle

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "play",
    abstract: "Play a recording, or any stream that watch understands, from start to end.",
    discussion: """
      Examples:
        lanes play session.jsonl
        lanes play emulator.log
        lanes play --plain session.jsonl        all events as lines
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "file"))
  var files: [String]

  @Option(help: "What the file is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @Flag(help: "Begin paused.")
  var paused = false

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    let inputs = try Inputs(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    for file in files {
      try inputs.start(file: file, follow: false, tellsArrival: false, in: &session.log)
    }
    if screen.wishes.wantsLines {
      return try PlainRun(session: session, recorder: nil).follow(inputs, until: signals)
    }
    if paused { session.togglePause() }
    let name = inputs.inputs.map(\.status.name).joined(separator: ", ")
    let program = try Program(
      session: session, inputs: inputs, recorder: nil, title: "play: \(name)", fitsAll: true,
      options: screen.wishes.settings(), signals: signals)
    try program.run()
  }
}
