import ArgumentParser
import CursesTerminal
import LambdaEventFormats
import LanesProgram

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
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

  @Option(
    help: ArgumentHelp(
      "How many times as fast as it happened, 0.01 to 1000; else 1, and more where that takes over five minutes.",
      valueName: "times"))
  var speed: Double?

  @Flag(help: "Go on as the files grow.")
  var follow = false

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if let speed, !(0.01...1_000).contains(speed) {
      throw ValidationError("--speed \(speed): expected a number from 0.01 to 1000.")
    }
  }

  func run() throws {
    try expectStreams(files, from: from)
    let signals = try SignalDescriptor()
    var recordings = try OpenedRecordings(files, from: from, follow: follow)
    if screen.wishes.wantsLines {
      return try PlainRun(session: recordings.session, recorder: nil).follow(
        recordings.inputs, until: signals)
    }
    // A file that grows may have more to come.
    if !follow { try recordings.readAhead(until: signals) }
    let start = ProgramStart(recordings, speed: speed, Opening(moment: at, isPlaying: playing))
    try Program(start, screen.wishes.settings()).run(until: signals)
  }
}
