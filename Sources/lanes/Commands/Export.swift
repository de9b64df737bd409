import ArgumentParser
import Glibc
import LambdaEventFormats
import LambdaLifecycle
import LanesProgram
import TimelineExport

extension ExportFormat: ExpressibleByArgument {}

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    // Given here, because finding it out takes a millisecond at every start.
    commandName: "export",
    abstract: "Write a recording or a stream as a picture, a trace, a table or a playback.",
    discussion: """
      Formats:
      \(ExportFormat.allCases.map { "  \($0.rawValue)\(String(repeating: " ", count: 6 - $0.rawValue.count)) \($0.title)" }.joined(separator: "\n"))

      Examples:
        lanes export session.jsonl --as svg -o session.svg --title "Cold start"
        lanes export session.jsonl --as trace -o trace.json     then open it at ui.perfetto.dev
        lanes export emulator.log --as csv --start 2s --end 10s
      """)

  @Argument(help: ArgumentHelp("Recordings or stream files; - for standard input.", valueName: "input"))
  var files: [String]

  @Option(
    name: .customLong("as"),
    help: "What to write: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: ExportFormat

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write; standard output by default.", valueName: "file"))
  var output: String?

  @Flag(help: "Replace the file, if it is there.")
  var force = false

  @Option(help: "What the input is: \(StreamFormat.names). Recognised from its first lines by default.")
  var from: StreamFormat?

  @OptionGroup var part: PartOptions

  @Option(help: "svg: pixels, 1000 by default; cast and txt: columns, 120 by default.")
  var width: Int?

  @Option(help: "cast and txt: rows, 40 by default.")
  var height: Int?

  @Option(help: "svg: the title of the picture; cast and txt: what the header says.")
  var title: String?

  @Option(help: "cast: how many times faster than it happened.")
  var speed = 1.0

  @Option(
    help: ArgumentHelp(
      "cast: a stretch in which nothing happens takes no longer than this.", valueName: "seconds"))
  var idleLimit = 2.0

  @Flag(help: "cast: colours for a light background.")
  var light = false

  func validate() throws {
    guard (0.001...100_000).contains(speed) else {
      throw ValidationError("--speed \(speed): expected a number from 0.001 to 100000.")
    }
    guard idleLimit >= 0.1, idleLimit <= 1e6 else {
      throw ValidationError("--idle-limit \(idleLimit): expected seconds, 0.1 or more.")
    }
    for (name, value) in [("--width", width), ("--height", height)] {
      if let value, !(10...20_000).contains(value) {
        throw ValidationError("\(name) \(value): expected a number from 10 to 20000.")
      }
    }
  }

  func run() throws {
    try expectStreams(files, from: from)
    // A screen shows all of a session: for some environments alone, it gets a session of theirs.
    let showsPart = format.isScreen && !part.names.isEmpty
    let reading = try SessionReading(files, from: from, keepsEvents: showsPart)
    let timeline = reading.session.timeline
    guard !timeline.isEmpty else {
      throw Failure(description: "\(files.joined(separator: ", ")): no event to export.")
    }
    let catalog = reading.session.log.catalog
    let cut = try part.choice.cut(of: timeline, catalog)
    let selection = ExportSelection(
      timeline, catalog, start: part.start == nil ? nil : cut.start, end: part.end == nil ? nil : cut.end,
      names: cut.names)
    if selection.tracks.isEmpty, selection.requests.isEmpty {
      throw Failure(description: "nothing happened in this part of the session: nothing to export.")
    }
    let session = showsPart ? try reading.session(of: part.choice.withoutTimes) : reading.session
    let bytes = ProgressClock.during("writing \(format.rawValue)") { self.bytes(of: selection, session) }
    if let output { try writeNewFile(bytes, to: output, replaces: force) } else { writeOutput(bytes) }
    try reading.checkEnd()
  }

  private func bytes(of selection: ExportSelection, _ session: Session) -> [UInt8] {
    func cast() -> ScreenCast {
      ScreenCast(
        session,
        title: title
          ?? files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }.joined(separator: ", "),
        start: selection.start,
        end: selection.end, columns: width ?? 120, rows: height ?? 40)
    }
    switch format {
    case .svg:
      var picture = LanesPicture(selection, title: title ?? "", width: width ?? 1_000)
      return Array(picture.text().utf8)
    case .trace:
      var trace = TraceEvents(selection)
      return trace.json()
    case .otlp:
      var traces = OTLPTraces(selection)
      return traces.lines()
    case .csv: return SpanTable(selection).csv()
    case .json: return SpanTable(selection).json()
    case .cast:
      return cast().asciicast(
        speed: speed, idleLimit: Nanoseconds(idleLimit * 1e9), isLight: light)
    case .txt: return Array(cast().text().utf8)
    }
  }
}
