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
      It opens on the whole session, with what is worth a look in it: enter goes there, space plays.

      Examples:
        lanes play session.jsonl
        lanes play --at 1m30s --speed 0.1 --playing session.jsonl
        lanes play --follow growing.jsonl       goes on as the file grows
        lanes play --plain session.jsonl        all events as lines
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "file"))
  var files: [String]

  @Option(help: "What the file is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @Option(
    help: ArgumentHelp(
      "Begin at this moment: 90s, 1m30s, or a time as 2026-11-23T03:06:28Z.", valueName: "time"))
  var at: Moment?

  @Flag(help: "Begin to play, from the beginning or from --at; else it is paused.")
  var playing = false

  @Option(help: ArgumentHelp("How many times as fast as it happened, 0.01 to 1000.", valueName: "times"))
  var speed = 1.0

  @Flag(help: "Go on as the files grow.")
  var follow = false

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    guard (0.01...1_000).contains(speed) else {
      throw ValidationError("--speed \(speed): expected a number from 0.01 to 1000.")
    }
  }

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    let inputs = try Inputs(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    for file in files {
      try inputs.start(file: file, follow: follow, tellsArrival: false, in: &session.log)
    }
    let name = inputs.inputs.map(\.status.name).joined(separator: ", ")
    let markers = files.filter { $0 != "-" }.map { MarkerFile(of: $0) }
    for file in markers where fileExists(file.path) {
      try inputs.start(
        file: file.path, follow: false, tellsArrival: false, format: .recording, in: &session.log)
    }
    if screen.wishes.wantsLines {
      return try PlainRun(session: session, recorder: nil).follow(inputs, until: signals)
    }
    // One that grows may tell something yet.
    if !follow { try inputs.readAhead(into: &session.log, until: signals) }
    session.play(at: speed)
    let program = try Program(
      session: session, inputs: inputs, recorder: nil, title: "play: \(name)", fitsAll: true,
      options: screen.wishes.settings(), signals: signals)
    program.markers = markers.first
    program.opening = Opening(moment: at, isPlaying: playing)
    try program.run()
  }
}
