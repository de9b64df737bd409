import ArgumentParser
import CursesTerminal
import EventSources
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import SwimlaneUI

extension StreamFormat: ExpressibleByArgument {}

extension Keep: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

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
        lanes watch emulator.log other.log
        lanes watch --also 'aws-lambda-rie --runtime-interface-emulator-address :8081 ./b' -- aws-lambda-rie ./a

        lanes watch --listen 4243
        lanes watch --log-group /aws/lambda/hello --region eu-central-1

      The key i sends a request to the emulator, x ends it.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files to read as they grow, - for standard input; after --, a command to start and watch: it is ended with lanes.",
      valueName: "file"))
  var words: [String] = []

  /// What stands after `--`: the parser takes it for files too.
  private var command: [String] {
    words.suffix(CommandLine.arguments.drop { $0 != "--" }.dropFirst().count)
  }
  private var files: [String] { words.dropLast(command.count) }

  @Option(
    help: ArgumentHelp(
      "Listen for events that environments post, as the Telemetry API does, on PORT or HOST:PORT. On the loopback "
        + "unless a host is named.", valueName: "address"))
  var listen: [String] = []

  @OptionGroup var logGroups: LogGroupOptions

  @Option(help: ArgumentHelp("A further command to start and watch, for the shell.", valueName: "command"))
  var also: [String] = []

  @Flag(
    help: "Python tells what each import costs: PYTHONPROFILEIMPORTTIME=1 for the commands started here.")
  var importTimes = false

  @Option(help: "What the input is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @Option(help: ArgumentHelp("Where the key i sends requests to.", valueName: "url"))
  var invoke: String?

  @Option(help: ArgumentHelp("What the key i sends; {} by default.", valueName: "file"))
  var event: String?

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "How much detail is kept: memory (512MB, 2GB), time (30m, 6h) or a number of events; 1GB by default. Figures count"
        + " everything, and --record writes everything.", valueName: "amount"))
  var keep: Keep?

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if let invoke {
      do { _ = try InvokeURL(invoke) } catch { throw ValidationError("\(error)") }
    }
    try expectStreams(files, from: from)
    try logGroups.check()
    for address in listen {
      do { _ = try ListenAddress(address) } catch { throw ValidationError("\(error)") }
    }
    if importTimes, command.isEmpty, also.isEmpty {
      throw ValidationError(
        "--import-times is for a command that lanes starts: expected -- COMMAND. Set PYTHONPROFILEIMPORTTIME=1 where the"
          + " function is started instead.")
    }
    if files.isEmpty, command.isEmpty, also.isEmpty, listen.isEmpty, logGroups.names.isEmpty,
      isatty(STDIN_FILENO) == 1
    {
      throw ValidationError(
        "Expected something to watch: a FILE, - with something piped in, or -- COMMAND to start.")
    }
  }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    // Before there are threads that could read it.
    if importTimes { setenv("PYTHONPROFILEIMPORTTIME", "1", 1) }
    let payload = try event.map { try readWholeFile($0) } ?? Array("{}".utf8)
    let recorder = try record.map { try Recorder(path: $0) }
    let inputs = try Inputs(format: from)
    inputs.setPayload(payload)
    var session = Session(reading: .native, live: true, start: currentTime())
    session.keep = keep ?? .standard
    if screen.wishes.wantsLines {
      try start(inputs, &session.log)
      return try PlainRun(session: session, recorder: recorder).follow(inputs, until: signals)
    }
    let program = try Program(
      session: session, inputs: inputs, recorder: recorder, title: "watch", fitsAll: false,
      options: screen.wishes.settings(),
      signals: signals)
    do {
      try start(inputs, &program.session.log)
    } catch {
      // Those that did begin are not to outlive us.
      inputs.stop(into: &program.session.log)
      throw error
    }
    program.title = "watch: " + inputs.inputs.map(\.status.name).joined(separator: ", ")
    try program.run()
  }

  private func start(_ inputs: Inputs, _ log: inout EventLog) throws {
    let piped =
      files.isEmpty && command.isEmpty && also.isEmpty && listen.isEmpty && logGroups.names.isEmpty
      ? ["-"] : []
    for file in files + piped {
      try inputs.start(file: file, follow: true, tellsArrival: file == "-", in: &log)
    }
    for group in logGroups.groups { try inputs.watch(group, from: logGroups.start, in: &log) }
    for address in listen { try inputs.listen(on: ListenAddress(address), in: &log) }
    let url = try invoke.map { try InvokeURL($0) }
    if let url, command.isEmpty, !inputs.inputs.isEmpty { inputs.acceptRequests(at: url) }
    if !command.isEmpty { try start(command, EmulatorCommand(command), url, inputs, &log) }
    for line in also {
      // For the shell, as the user typed it; the emulator's own words are what tells its address.
      let words = line.split(separator: " ").map(String.init)
      try start(["sh", "-c", "exec " + line], EmulatorCommand(words), nil, inputs, &log)
    }
  }

  private func start(
    _ command: [String], _ emulator: EmulatorCommand, _ url: InvokeURL?, _ inputs: Inputs,
    _ log: inout EventLog
  ) throws {
    endGroupOnTrap(
      try inputs.start(command: command, invoke: url ?? emulator.url, hint: emulator.hint, in: &log))
  }
}
