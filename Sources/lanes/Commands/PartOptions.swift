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
      start: start?.timestamp(from: timeline.first) ?? .min,
      end: end?.timestamp(from: timeline.first) ?? .max,
      names: selection)
    guard cut.start <= cut.end else {
      throw ValidationError("--start lies after --end: expected a part of the session.")
    }
    if cut.start > timeline.last || cut.end < timeline.first {
      throw Failure(
        description: """
          \(cut.start > timeline.last ? "--start lies after the session's end" : "--end lies before the session's beginning"): \
          it lasts \(CalendarDate.text(timeline.first)) to \(CalendarDate.text(timeline.last)).
          """)
    }
    for name in selection.unmatched(in: timeline, catalog) { throw unknown(name, timeline, catalog) }
    return cut
  }

  private func unknown(_ name: String, _ timeline: borrowing Timeline, _ catalog: Catalog) -> Failure {
    var known: [String] = []
    for track in timeline.tracks {
      for text in [catalog.text(catalog.function(of: track.id)), catalog.text(track.id)]
      where !text.isEmpty && !known.contains(text) && known.count < 6 { known.append(text) }
    }
    let part = timeline.tracks.contains { catalog.text($0.id).contains(name) } && !name.contains("*")
    let advice = part ? " For a part of a name: '*\(name)*'." : ""
    return Failure(
      description: """
        --environment \(name): no environment and no function has this name. There is \
        \(known.map(\.printable).joined(separator: ", ")).\(advice)
        """)
  }
}
