import ArgumentParser
import Glibc
import LambdaLifecycle
import LanesProgram
import ScenarioFiles
import TimelineExport

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "simulate",
    abstract: "Run a scenario in virtual time, as fast as it goes, and print its figures.",
    discussion: """
      Examples:
        lanes simulate demos/steady.yaml
        lanes simulate demos/steady.yaml --until 24h --set memory=1024MB --json
        lanes simulate demos/memory.yaml --sweep memory=128MB,512MB,1769MB
        lanes simulate demos/steady.yaml --runs 10 --sweep "idleTimeout=1 min,6 min,15 min"
        lanes simulate demos/burst-and-throttle.yaml --events --pace 10 | lanes watch -
        lanes simulate demos/failures.yaml --record failures.jsonl
      """)

  @Argument(help: ArgumentHelp("A scenario in YAML; - for standard input.", valueName: "scenario"))
  var scenario: String

  @Option(help: "The same seed gives the same run. That of the scenario by default, or 1.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("Where the simulation ends, as \"90 s\", \"10 min\", \"24 h\".", valueName: "time"))
  var until: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Another value for one of the scenario; may be given several times.", valueName: "path=value"))
  var set: [String] = []

  @Option(
    name: .customLong("sweep"), parsing: .singleValue,
    help: ArgumentHelp("One run for each of these values, a row each.", valueName: "path=a,b,c"))
  var sweeps: [String] = []

  @Option(help: "Runs with this and the following seeds: mean and 95 % interval of each figure.")
  var runs = 1

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  @Flag(help: "Print the events as they happen, as lines that watch and play understand.")
  var events = false

  @Option(help: "With --events: so many times as fast as real time. Without it as fast as it goes.")
  var pace: Double?

  @Flag(help: "Draw the lanes as text, as this project's documents show them.")
  var diagram = false

  @Option(help: ArgumentHelp("Write the session to a file.", valueName: "file"))
  var record: String?

  func validate() throws {
    if runs < 1 || runs > 10_000 { throw ValidationError("Expected 1 to 10,000 --runs, found \(runs).") }
    if let pace, !(0.001...1_000_000).contains(pace) {
      throw ValidationError("Expected a --pace of 0.001 to 1,000,000, found \(pace).")
    }
    if pace != nil, !events { throw ValidationError("--pace is for --events.") }
    if [events, json, diagram].count(where: { $0 }) > 1 {
      throw ValidationError("Expected one of --json, --events and --diagram: one output is for one reader.")
    }
    if sweeps.count > 1 { throw ValidationError("Expected one --sweep, found \(sweeps.count).") }
    if let option = (set + sweeps).first(where: { !$0.contains("=") }) {
      throw ValidationError("Expected PATH=VALUE, found \"\(option)\".")
    }
    if events || diagram || record != nil, runs > 1 || !sweeps.isEmpty {
      throw ValidationError("--events, --diagram and --record tell one run: not with --runs or --sweep.")
    }
  }

  func run() throws {
    let source = try ScenarioSource(scenario)
    let overrides = set.map { Override($0) }
    let end = until.map { [Override("until=" + $0, option: "--until")] } ?? []
    if let sweep = sweeps.first { return try printSweep(sweep, source, overrides + end) }
    let file = try source.read(overrides + end)
    let plan = SimulationPlan(file, seed: seed)
    try plan.validate()
    if let record {
      let recorder = try Recorder(path: record)
      try plan.tell(to: recorder)
    }
    if events { return try plan.tellEvents(pace: pace) }
    if diagram { return writeOutput(Array(try plan.diagram().utf8)) }
    let figures = plan.run(count: runs, progress: Progress(runs: runs))
    if json {
      writeOutput(SimulationJSON.text(plan.setup(seconds: figures.seconds), figures.runs))
    } else {
      let text =
        plan.heading(seconds: figures.seconds, runs: runs) + SimulationText.figures(figures.runs)
        + SimulationText.functions(figures.runs.functions)
      writeOutput(Array(text.utf8))
    }
  }

  private func printSweep(_ sweep: String, _ source: ScenarioSource, _ overrides: [Override]) throws {
    let values = Override.sweep(sweep)
    let plans = try values.map { value in
      let plan = SimulationPlan(try source.read(overrides + [value]), seed: seed)
      try plan.validate()
      return plan
    }
    let progress = Progress(runs: runs * plans.count)
    var rows: [(value: String, runs: RunsFigures)] = []
    var seconds = 0.0
    for (plan, value) in zip(plans, values) {
      let figures = plan.run(count: runs, progress: progress)
      seconds = max(seconds, figures.seconds)
      rows.append((value.value, figures.runs))
    }
    guard let plan = plans.first, let path = values.first?.path else { return }
    if json {
      writeOutput(SimulationJSON.text(plan.setup(seconds: seconds), sweep: path, rows))
    } else {
      writeOutput(Array((plan.heading(seconds: seconds, runs: runs) + SimulationText.sweep(path, rows)).utf8))
    }
  }
}
