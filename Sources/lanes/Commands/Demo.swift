import ArgumentParser
import CursesTerminal
import LanesProgram

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "demo",
    abstract:
      "Lessons on a simulation, and a playground: send requests, change settings, crash and shut down.",
    discussion: """
      Examples:
        lanes                                   the first lesson
        lanes demo                              the menu of lessons
        lanes demo --list                       their names
        lanes demo extensions                   one of them
        lanes demo playground --seed 7 --record session.jsonl
        lanes demo my-scenario.yaml             a scenario or a lesson of your own
        lanes demo --plain cold-start           a lesson as lines
      """)

  @Argument(help: ArgumentHelp("A lesson, or a scenario in YAML.", valueName: "lesson"))
  var lesson: String?

  @Flag(help: "Print the lessons, their names first.")
  var list = false

  @Option(
    help: "The same seed and the same keys give the same session. That of the scenario by default, or 1.")
  var seed: UInt64?

  @Flag(
    help: "Begin paused; . steps to the next thing that happens. A lesson holds at its first step anyway.")
  var paused = false

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    if list { return writeOutput(Array(try LessonLibrary.listing().utf8)) }
    var demo = DemoRun(lesson: lesson, seed: seed, isPaused: paused, record: record, screen: screen.wishes)
    demo.opensMenu = lesson == nil && CommandLine.arguments.dropFirst().first == "demo"
    try demo.run()
  }
}

/// The run of `lanes demo` with its arguments; without any, the first lesson.
struct DemoRun {
  var lesson: String?
  var seed: UInt64?
  var isPaused = false
  var record: String?
  var opensMenu = false
  var screen = ScreenWishes()

  func run() throws {
    let demonstration = try Demonstration(
      lesson ?? (opensMenu ? "playground" : LessonLibrary.items[0].name),
      commands: Lanes.configuration.subcommands.map { $0._commandName }, seed: seed)
    let recorder = try record.map { try Recorder(path: $0) }
    if screen.wantsLines {
      return try PlainRun(session: demonstration.session, recorder: recorder).demonstrate(demonstration)
    }
    let signals = try SignalDescriptor()
    let start = ProgramStart(
      demonstration, recorder: recorder, isPaused: isPaused, opensMenu: opensMenu, .ofUser)
    try Program(start, screen.settings()).run(until: signals)
  }
}
