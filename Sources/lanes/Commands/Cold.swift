import ArgumentParser
import CursesTerminal
import LambdaEmulator
import LambdaLifecycle
import LanesProgram
import TimelineExport

struct Cold: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "cold",
    abstract:
      "Measure your function's cold start again and again: what each part and line of it costs, and what differs.",
    discussion: """
      Settings that are compared are measured in turns, A B, B A, so that whatever else this machine does meets both. A difference \
      is called one where it is more than noise (rank test, p < 0.01, all parts being asked at once).

      Examples:
        lanes cold app.handler                          20 cold starts
        lanes cold app.handler --against main           the working folder's code, compared with a revision's
        lanes cold app.handler --memory 512MB,1769MB
        lanes cold app.handler --pyc absent,present     what do compiled files of Python save?
        lanes cold app.handler --against main --fail-if 'init.p50 > +10%'

      Conditions name init, line("TEXT") or part("NAME"), then .p50, .p10, .p90, .min, .max, or .ms for the median:
        init.p50 > 300                    milliseconds
        line("boto3.client").ms > 150     lines with that text in them, or at that place: line("app.py:3")
        init.p50 > +10%                   more than in the setting that it is compared with, and more than noise
      What no cold start tells fails its condition.
      """)

  @OptionGroup var function: FunctionOptions

  @Option(
    name: [.customShort("n"), .customLong("rounds")],
    help: ArgumentHelp(
      "Cold starts of each setting; one more comes first and is thrown away.", valueName: "count"))
  var rounds = 20

  @Option(
    help: ArgumentHelp(
      "What a request sends, read anew each time; several: one after another.", valueName: "file"))
  var event: [String] = []

  @Option(
    help: ArgumentHelp(
      "The function's memory, 128MB to 10240MB; several are compared: 512MB,1769MB. 128MB by default.",
      valueName: "sizes"))
  var memory: String?

  @Option(
    help: ArgumentHelp(
      "Compare with the code of a git revision: main, HEAD~1, v1.2. What git does not track is that of the working folder.",
      valueName: "revision"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Whether Python finds compiled files of what is not its own: present, absent as in most of Lambda, or absent,present.",
      valueName: "which"))
  var pyc: String?

  @Option(
    name: .customLong("fail-if"),
    help: ArgumentHelp(
      "Exit with status 1 if this holds, or if its figure is not known; may be given again.",
      valueName: "condition"))
  var failIf: [String] = []

  @Flag(help: "One JSON object, for scripts.")
  var json = false

  func validate() throws {
    try function.check("cold")
    guard (1...1_000).contains(rounds) else { throw ValidationError("-n is 1 to 1000, not \(rounds)") }
    if against != nil, function.example || CommandLine.arguments.contains("--") {
      throw ValidationError("--against compares the code of a handler: expected one, such as app.handler")
    }
    if against?.isEmpty == true || against?.hasPrefix("-") == true {
      throw ValidationError("expected a git revision such as main or HEAD~1 behind --against")
    }
    _ = try compiledFiles()
    let several = try against != nil || memories().count > 1 || compiledFiles().count > 1
    for (text, condition) in try zip(failIf, conditions()) where condition.isOfChange && !several {
      throw ValidationError(
        "--fail-if '\(text)': a change is one from another setting: expected --against, or several of --memory or --pyc"
      )
    }
  }

  private func memories() throws -> [Int32] {
    let memories = try (memory ?? "128MB").split(separator: ",", omittingEmptySubsequences: false).map {
      try typedMegabytes(String($0))
    }
    for memory in memories { try checkMemory(memory) }
    guard Set(memories).count == memories.count else { throw ValidationError("--memory names a size twice") }
    return memories
  }

  private func compiledFiles() throws -> [CompiledFilesWish] {
    guard let pyc else { return [] }
    let wishes = try pyc.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let wish = CompiledFilesWish(rawValue: String(word)) else {
        throw ValidationError("--pyc is absent, present or absent,present, not \(pyc)")
      }
      return wish
    }
    guard Set(wishes).count == wishes.count else { throw ValidationError("--pyc names one of them twice") }
    return wishes
  }

  private func conditions() throws -> [ColdStartCondition] {
    try failIf.map { text in
      do { return try ColdStartCondition(text) } catch {
        throw ValidationError("--fail-if '\(text)': \(error)")
      }
    }
  }

  func run() throws {
    // Threads inherit the mask of signals, so this comes before anything that starts one.
    let signals = try SignalDescriptor()
    var run = function.wishes
    run.port = 0
    run.mostEnvironments = 1
    run.reloads = false
    var wishes = ColdWishes(run)
    wishes.events = event
    wishes.rounds = rounds
    wishes.memories = try memories()
    wishes.revision = against
    wishes.compiledFiles = try compiledFiles()
    var measuring = try ColdRounds(wishes)
    let ending = try measuring.run(until: signals)
    let report = measuring.report
    // A function that has failed at once has its error to show, and nothing else.
    if case .failed(let failure) = ending, report.rounds == 0 { throw failure }
    writeOutput(json ? ColdStartJSON(report).text() : Array(ColdStartText(report).text().utf8))
    switch ending {
    case .done: break
    case .signal(let signal): throw ProgramEnd(status: 128 + signal)
    case .failed(let failure): throw failure
    }
    let failures = try conditions().flatMap { $0.failures(report) }
    for failure in failures { writeError("lanes: \(failure)") }
    if !failures.isEmpty { throw ProgramEnd(status: 1) }
  }
}
