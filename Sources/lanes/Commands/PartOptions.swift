import ArgumentParser
import LanesProgram

extension Moment: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// A part of a session: a stretch of time, and environments by name.
struct PartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Begin here: 90s, 1m30s or a time as 2026-11-23T03:06:28Z. The beginning of the session by default.",
      valueName: "time"))
  var start: Moment?

  @Option(help: ArgumentHelp("End here; the end of the session by default.", valueName: "time"))
  var end: Moment?

  @Option(
    name: .customLong("environment"),
    help: ArgumentHelp(
      "Only the environments, or functions, of this name; * stands for any text. May be repeated.",
      valueName: "name"))
  var names: [String] = []

  /// The part that the options choose.
  var choice: SessionPartChoice { SessionPartChoice(start: start, end: end, names: names) }
}
