import ArgumentParser
import CursesTerminal
import EventSources
import Glibc
import LambdaEmulator
import LambdaLifecycle
import LanesProgram
import ScenarioFiles

/// `1s,2s`, or `1s` for both: the waits before an event is tried again.
private func waits(_ text: String) throws -> RetryWaits {
  let lengths = try text.split(separator: ",", omittingEmptySubsequences: false).map {
    try typedLength(String($0))
  }
  guard let first = lengths.first, lengths.count <= 2 else {
    throw ValidationError("expected one or two times, such as 1s,2s, not \(text)")
  }
  return RetryWaits(first: first, later: lengths.last ?? first)
}

private struct RetryWaits {
  var first: Nanoseconds
  var later: Nanoseconds
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "run",
    abstract: "Run your own function here, as Lambda does: started, invoked, frozen, shut down.",
    discussion: """
      Examples:
        lanes run app.handler                     Python or Node.js, by the file that is there
        lanes run -- ./bootstrap                  any other program that speaks the Runtime API
        lanes run --event event.json --timeout 10s --env STAGE=dev app.handler
        lanes run --invoke 3 app.handler          no screen: three answers on standard output
        lanes run --example                       a function that comes with lanes

      The key i sends a request, e chooses the event, x shuts an environment down, c kills its runtime, o has all settings.
      """)

  @OptionGroup var function: FunctionOptions

  @Option(
    help: ArgumentHelp("What a request sends, read anew each time; several: e chooses.", valueName: "file"))
  var event: [String] = []

  @Option(
    help: ArgumentHelp(
      "The function's memory, 128MB to 10240MB; CPU follows from it.", valueName: "size"),
    transform: typedMegabytes)
  var memory: Int32?

  @Option(
    help: ArgumentHelp("After how long an idle environment goes; 6m by default.", valueName: "time"),
    transform: typedLength)
  var idleTimeout: Nanoseconds?

  @Option(help: "Where functions are called; 0 for any port that is free. 9000 by default, with --invoke 0.")
  var port: Int?

  @Option(help: "Listen for other machines too, by this address.")
  var host: String?

  @Option(help: ArgumentHelp("Requests of the function at once, as in Lambda.", valueName: "count"))
  var reservedConcurrency: Int?

  @Option(help: ArgumentHelp("Environments that are kept ready.", valueName: "count"))
  var provisionedConcurrency: Int?

  @Option(help: ArgumentHelp("Environments at once.", valueName: "count"))
  var maxEnvironments = 10

  @Option(
    help: ArgumentHelp(
      "The waits before an event of type Event is tried again; 1m,2m by default, as in Lambda.",
      valueName: "times"),
    transform: waits)
  private var retryWaits: RetryWaits?

  @Flag(help: "Environments stay when the function's code changes.")
  var noReload = false

  @Option(
    help: ArgumentHelp(
      "Send so many requests, print the answers and, on standard error, what the function prints; then end. Status 1 if one failed.",
      valueName: "count"))
  var invoke: Int?

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @Flag(help: "What each line of the function's modules costs in init is not measured.")
  var noWhy = false

  @Flag(
    help: "Statements of init are told with their texts, in logs and recordings: literals may be secrets.")
  var whyText = false

  @Flag(help: "What callers send and get is written into recordings, --record's and those of w.")
  var recordPayloads = false

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    try function.check("run")
    if let memory { try checkMemory(memory) }
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port is 0 to 65535, not \(port)")
    }
    if let invoke, invoke < 1 { throw ValidationError("--invoke is at least 1, not \(invoke)") }
    guard maxEnvironments > 0 else { throw ValidationError("--max-environments is at least 1") }
    if let count = reservedConcurrency, !(0...maxEnvironments).contains(count) {
      throw ValidationError(
        "--reserved-concurrency is 0 to \(maxEnvironments), the number of --max-environments, not \(count)")
    }
    // Lambda refuses more than is reserved, too (API_PutProvisionedConcurrencyConfig page).
    let most = reservedConcurrency ?? maxEnvironments
    if let count = provisionedConcurrency, !(0...most).contains(count) {
      throw ValidationError(
        "--provisioned-concurrency is 0 to \(most), as \(reservedConcurrency == nil ? "--max-environments" : "--reserved-concurrency") says, not \(count)"
      )
    }
    if noWhy, whyText { throw ValidationError("--no-why and --why-text exclude each other") }
  }

  private var wishes: RunWishes {
    var wishes = function.wishes
    wishes.host = host
    // Two scripts must not be in each other's way.
    wishes.port = port ?? (invoke == nil ? 9_000 : 0)
    wishes.mostEnvironments = maxEnvironments
    wishes.reloads = !noReload && invoke == nil
    wishes.recordsPayloads = recordPayloads
    wishes.tellsLines = !noWhy
    wishes.tellsStatements = whyText
    if let retryWaits {
      wishes.retries.firstDelay = retryWaits.first
      wishes.retries.laterDelay = retryWaits.later
    }
    wishes.function.memoryMB = memory ?? 128
    if let idleTimeout { wishes.function.idleTimeout = .fixed(idleTimeout) }
    wishes.function.reservedConcurrency = reservedConcurrency
    if let count = provisionedConcurrency, count > 0 {
      wishes.function.provisioned = ProvisionedConcurrency(environments: count)
      wishes.function.initializationType = .provisionedConcurrency
    }
    return wishes
  }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    let recorder = try record.map { try Recorder(path: $0, keepsPayloads: recordPayloads) }
    let inputs = try Inputs(format: nil)
    var log = EventLog(source: .emulator)
    let running = try FunctionRun(wishes, events: event, into: inputs, &log)
    var session = Session(reading: .emulator, live: true, driving: running.fleet, start: currentTime())
    session.log = log
    session.keep = .standard
    session.log.text = TextStore(limit: Keep.standard.textLimit)
    if let invoke {
      writeError("lanes run: \(running.notes.joined(separator: " · "))")
      return try BatchRun(running, inputs, session: session, recorder: recorder).invoke(
        invoke, until: signals)
    }
    if screen.wishes.wantsLines {
      writeError(
        "lanes run: \(running.notes.joined(separator: " · "))\nlanes run: the function is called at http://\(running.address)"
      )
      return try PlainRun(session: session, recorder: recorder).follow(
        inputs, until: signals, running: running)
    }
    let start = ProgramStart(running, inputs, session, recorder: recorder)
    do {
      try Program(start, screen.wishes.settings()).run(until: signals)
    } catch let error as TerminalError {
      // The screen has not opened, so it does not end what was started for it.
      running.end()
      throw error
    }
  }
}
