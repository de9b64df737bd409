import ArgumentParser
import CursesTerminal
import EventSources
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram

extension Keep: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
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

      The key i sends a request to the emulator of the selected environment, x ends it, w saves what is kept.
      """)

  @OptionGroup var input: InputOptions

  @Option(help: ArgumentHelp("Where the key i sends requests to.", valueName: "url"))
  var invoke: String?

  @Option(help: ArgumentHelp("What the key i sends, read anew each time; {} by default.", valueName: "file"))
  var event: String?

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "How much detail is kept: memory of the whole program (512MB, 2GB), time (30m, 6h) or a number of events; 1GB by default. Figures count"
        + " everything, and --record writes everything.", valueName: "amount"))
  var keep: Keep?

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if let invoke {
      do { _ = try InvokeURL(invoke) } catch { throw ValidationError("\(error)") }
    }
    try input.check()
  }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    let hook = try input.prepare()
    // Its files are there as long as commands may start interpreters.
    defer { withExtendedLifetime(hook) {} }
    let event = try EventFile(event)
    let recorder = try record.map { try Recorder(path: $0) }
    let inputs = try Inputs(format: input.from)
    var session = Session(reading: .native, live: true, start: currentTime())
    session.log.statementText = hook?.statementText
    let keep = keep ?? .standard
    session.keep = keep
    session.log.text = TextStore(limit: keep.textLimit)
    if screen.wishes.wantsLines {
      try input.start(inputs, &session.log, invoke: invoke)
      return try PlainRun(session: session, recorder: recorder).follow(inputs, until: signals)
    }
    var start = ProgramStart(watching: inputs, session, recorder: recorder, event: event)
    start.code = hook?.code
    let program = try Program(start, screen.wishes.settings())
    try program.watch { try input.start($0, &$1, invoke: invoke) }
    try program.run(until: signals)
  }
}
