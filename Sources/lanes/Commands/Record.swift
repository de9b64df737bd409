import ArgumentParser
import CursesTerminal
import EventSources
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "record",
    abstract: "Record what watch would show, without a screen.",
    discussion: """
      It ends with its input, or with ctrl-C; what was recorded by then is complete. After a command its status is the
      command's own, 128 + n after signal n.

      Examples:
        lanes record -o session.jsonl -- aws-lambda-rie python3 -m awslambdaric app.handler
        lanes record -o session.jsonl --listen 4243
        aws logs tail /aws/lambda/hello --follow | lanes record -o session.jsonl -
      """)

  @OptionGroup var input: InputOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The recording to make; it must not exist, or be empty, unless with --force.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the recording, if it is there.")
  var force = false

  func validate() throws { try input.check() }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    let hook = try input.prepare()
    // Its files are there as long as commands may start interpreters.
    defer { withExtendedLifetime(hook) {} }
    try expectOther(output, than: input.files)
    let recorder = try Recorder(path: output, replaces: force)
    let inputs = try Inputs(format: input.from)
    var session = Session(reading: .native, live: true, start: currentTime())
    session.log.statementText = hook?.statementText
    // Nobody looks at it: events that have been written are not needed any more.
    session.keep = .events(1_000)
    do {
      try input.start(inputs, &session.log)
    } catch {
      inputs.stop(into: &session.log)
      throw error
    }
    let names = inputs.inputs.map(\.status.name).joined(separator: ", ")
    writeError("lanes: recording \(names) to \(output); ctrl-C ends it")
    defer { writeError("lanes: \(recorder.count) events in \(output)") }
    try PlainRun(session: session, recorder: recorder, isQuiet: true, endsAsCommand: input.hasCommand)
      .follow(inputs, until: signals)
  }
}
