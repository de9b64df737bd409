import ArgumentParser
import CursesTerminal
import EventSources
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram

extension StreamFormat: ExpressibleByArgument {}

/// The inputs of a live session, any number at once: files, standard input, commands, listeners, log groups.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files to read as they grow, - for standard input; after --, a command to start and watch: it is ended with lanes.",
      valueName: "file"))
  var words: [String] = []

  /// True where a command of its own is started.
  var hasCommand: Bool { !command.isEmpty }

  /// The words after `--`: the parser takes them for files too.
  private var command: [String] {
    words.suffix(CommandLine.arguments.drop { $0 != "--" }.dropFirst().count)
  }
  var files: [String] { words.dropLast(command.count) }

  @Option(
    help: ArgumentHelp(
      "Listen for events that environments post, as the Telemetry API does, on PORT or HOST:PORT. On the loopback "
        + "unless a host is named.", valueName: "address"))
  var listen: [String] = []

  @OptionGroup var logGroups: LogGroupOptions

  @Option(
    help: ArgumentHelp("A further command to start and watch, as a line for the shell.", valueName: "command")
  )
  var also: [String] = []

  @Flag(
    help: "Python tells what each import costs: PYTHONPROFILEIMPORTTIME=1 for the commands started here.")
  var importTimes = false

  @Flag(
    help:
      "Python and Node.js tell what each line of a function's modules costs in init, for commands started here."
  )
  var why = false

  @Flag(
    help: "With --why: statements are told with their texts, in logs and recordings: literals may be secrets."
  )
  var whyText = false

  @Option(help: "What the input is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  /// - Throws: `ValidationError` where something is missing or does not fit.
  func check() throws {
    try expectStreams(files, from: from)
    try logGroups.check()
    if let name = logGroups.names.first(where: { $0.contains("*") }) {
      throw ValidationError(
        "--log-group \(name): expected one name; * stands for any text in lanes summary alone")
    }
    for address in listen {
      do { _ = try ListenAddress(address) } catch { throw ValidationError("\(error)") }
    }
    if importTimes, command.isEmpty, also.isEmpty {
      throw ValidationError(
        "--import-times is for a command that lanes starts: expected -- COMMAND. Set PYTHONPROFILEIMPORTTIME=1 where the"
          + " function is started instead.")
    }
    if why || whyText, command.isEmpty, also.isEmpty {
      throw ValidationError(
        "--why is for a command that lanes starts: expected -- COMMAND. Elsewhere the hook is a layer: demos/why-layer."
      )
    }
    if files.isEmpty, command.isEmpty, also.isEmpty, listen.isEmpty, logGroups.names.isEmpty,
      isatty(STDIN_FILENO) == 1
    {
      throw ValidationError(
        "Expected something to watch: a FILE, - with something piped in, or -- COMMAND to start.")
    }
  }

  /// Sets variables for commands, before there are threads that could read the environment.
  /// - Returns: the hook, to be kept as long as the commands run.
  /// - Throws: `Failure`.
  func prepare() throws -> CommandHook? {
    if importTimes { setenv("PYTHONPROFILEIMPORTTIME", "1", 1) }
    return why || whyText ? try CommandHook(tellsText: whyText) : nil
  }

  /// Starts all of them.
  /// - Parameter invoke: the address that requests go to, if the user gave one.
  func start(_ inputs: Inputs, _ log: inout EventLog, invoke: String? = nil) throws {
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
    if !command.isEmpty {
      let emulator = EmulatorCommand(command)
      endGroupOnTrap(
        try inputs.start(command: command, invoke: url ?? emulator.url, hint: emulator.hint, in: &log))
    }
    for line in also {
      // Where nothing else could be meant, the address is that of the first.
      let isMeant = inputs.inputs.isEmpty
      endGroupOnTrap(try inputs.start(shell: line, invoke: isMeant ? url : nil, in: &log))
    }
  }
}
