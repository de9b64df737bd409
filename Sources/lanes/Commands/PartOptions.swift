import ArgumentParser
import LambdaEventFormats
import LambdaLifecycle
import TimelineExport

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

  /// All of the session is wanted.
  var isAll: Bool { start == nil && end == nil && names.isEmpty }

  /// The same environments, at all times.
  var withoutTimes: PartOptions {
    var part = self
    part.start = nil
    part.end = nil
    return part
  }

  var selection: NameSelection { NameSelection(names) }

  /// What is chosen of a session, with its times.
  /// - Throws: where there is nothing of it in the session.
  func cut(of timeline: borrowing Timeline, _ catalog: Catalog) throws -> Cut {
    let cut = Cut(
      start: start?.timestamp(from: timeline.beginning) ?? .min,
      end: end?.timestamp(from: timeline.beginning) ?? .max,
      names: selection)
    guard cut.start <= cut.end else {
      throw ValidationError("--start lies after --end: expected a part of the session.")
    }
    let first = timeline.beginOfFigures
    if cut.start > timeline.last || cut.end < first {
      throw Failure(
        description: """
          \(cut.start > timeline.last ? "--start lies after the session's end" : "--end lies before the session's beginning"): \
          it lasts \(CalendarDate.text(first)) to \(CalendarDate.text(timeline.last)).
          """)
    }
    for name in selection.unmatched(in: timeline, catalog) { throw unknown(name, timeline, catalog) }
    return cut
  }

  private func unknown(_ name: String, _ timeline: borrowing Timeline, _ catalog: Catalog) -> Failure {
    var known: [String] = []
    let functions = timeline.requests.map(\.function) + timeline.tracks.map { catalog.function(of: $0.id) }
    for text in Set(functions).map(catalog.text).sorted() + timeline.tracks.map({ catalog.text($0.id) })
    where !text.isEmpty && !known.contains(text) { known.append(text) }
    let part = !name.isEmpty && !name.contains("*") && known.contains { $0.contains(name) }
    let more = known.count > 6 ? " and \(known.count - 6) more" : ""
    let advice = part ? " For a part of a name: '*\(name)*'." : ""
    return Failure(
      description: """
        --environment \(name): no environment and no function has this name. There is \
        \(known.prefix(6).map(\.printable).joined(separator: ", "))\(more).\(advice)
        """)
  }
}
