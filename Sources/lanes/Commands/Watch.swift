import ArgumentParser
import CursesTerminal
import EventSources
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import SwimlaneUI

extension StreamFormat: ExpressibleByArgument {}

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Said, because finding it out takes a millisecond at every start.
    commandName: "watch",
    abstract: "Watch a live stream: an emulator started here, standard input, or a growing file.",
    discussion: """
      Examples:
        lanes watch -- aws-lambda-rie python3 -m awslambdaric app.handler
        lanes watch --event event.json -- aws-lambda-rie ./bootstrap
        aws-lambda-rie ./bootstrap 2>&1 | lanes watch - --invoke http://127.0.0.1:8080
        lanes watch emulator.log

      The key i sends a request to the emulator, x ends it.
      """)

  @Argument(help: ArgumentHelp("A file, or - for standard input.", valueName: "file"))
  var file: String?

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("A command to start and watch; it is ended with lanes.", valueName: "command"))
  var command: [String] = []

  @Option(help: "What the input is: rie, telemetry or recording. Recognised from its first lines by default.")
  var from: StreamFormat?

  @Option(help: ArgumentHelp("Where the key i sends requests to.", valueName: "url"))
  var invoke: String?

  @Option(help: ArgumentHelp("What the key i sends; {} by default.", valueName: "file"))
  var event: String?

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if let invoke {
      do { _ = try InvokeURL(invoke) } catch { throw ValidationError("\(error)") }
    }
    if file != nil, !command.isEmpty { throw ValidationError("Expected a FILE or a COMMAND, found both.") }
    if file == nil, command.isEmpty, isatty(STDIN_FILENO) == 1 {
      throw ValidationError(
        "Expected something to watch: a FILE, - with something piped in, or -- COMMAND to start.")
    }
  }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    let payload = try event.map { try readWholeFile($0) } ?? Array("{}".utf8)
    let recorder = try record.map { try Recorder(path: $0) }
    let input = try Input(format: from)
    if let url = try invoke.map({ try InvokeURL($0) }) ?? InvokeURL(command: command) {
      input.acceptRequests(at: url, payload: payload)
    }
    let session = Session(reading: .native, live: true, start: currentTime())
    if screen.wishes.wantsLines {
      try start(input)
      return try PlainRun(session: session, recorder: recorder).follow(input, until: signals)
    }
    let title = "watch: " + (command.isEmpty ? file ?? "-" : commandTitle)
    let program = try Program(
      session: session, input: input, recorder: recorder, title: title, fitsAll: false,
      options: screen.wishes.settings(),
      signals: signals)
    try start(input)
    try program.run()
  }

  private func start(_ input: Input) throws {
    if command.isEmpty {
      try input.start(file: file ?? "-", follow: true, tellsArrival: file == nil || file == "-")
    } else {
      try input.start(command: command)
    }
  }

  private var commandTitle: String {
    command.first.map { String($0.split(separator: "/").last ?? "") } ?? ""
  }
}
