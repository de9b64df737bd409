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

  @Argument(help: ArgumentHelp("A recording or a stream file; - for standard input.", valueName: "file"))
  var file: String

  @Option(help: "What the file is: rie, telemetry or recording. Recognised from its first lines by default.")
  var from: StreamFormat?

  @Flag(help: "Begin paused.")
  var paused = false

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let signals = try SignalDescriptor()
    let input = try Input(format: from)
    var session = Session(reading: .native, live: false, start: 0)
    if screen.wishes.wantsLines {
      try input.start(file: file, follow: false, tellsArrival: false)
      return try PlainRun(session: session, recorder: nil).follow(input, until: signals)
    }
    if paused { session.togglePause() }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let program = try Program(
      session: session, input: input, recorder: nil, title: "play: \(name)", fitsAll: true,
      options: screen.wishes.settings(), signals: signals)
    try input.start(file: file, follow: false, tellsArrival: false)
    try program.run()
  }
}
