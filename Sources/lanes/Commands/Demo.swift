import ArgumentParser
import CursesTerminal
import LambdaLifecycle

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "An interactive simulation: send requests, change the idle timeout, shut environments down.",
    discussion: """
      Examples:
        lanes demo
        lanes demo --seed 7 --record session.jsonl
        lanes demo --plain                      a short session of three requests, as lines
      """)

  @Option(help: "The same seed and the same keys give the same session.")
  var seed: UInt64 = 1

  @Flag(help: "Begin paused; . steps to the next thing that happens.")
  var paused = false

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let recorder = try record.map { try Recorder(path: $0) }
    // Virtual time begins at a fixed moment, so that the same seed gives the same recording: 2026-01-01, 0:00 UTC.
    var session = Session(simulating: .playground, seed: seed, start: .seconds(1_767_225_600))
    if screen.wantsLines { return try PlainRun(session: session, recorder: recorder).demonstrate() }
    if paused { session.togglePause() }
    let program = try Program(
      session: session, input: nil, recorder: recorder, title: "demo: playground", fitsAll: false,
      options: screen.terminal, signals: try SignalDescriptor())
    try program.run()
  }
}
