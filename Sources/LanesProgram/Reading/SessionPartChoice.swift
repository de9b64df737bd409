internal import LambdaEventFormats
package import LambdaLifecycle
internal import TimelineExport

/// The user's choice of a part of a session: a stretch of time, and environments by name.
package struct SessionPartChoice {
  /// nil for the beginning of the session.
  package var start: Moment?
  /// nil for its end.
  package var end: Moment?
  /// The names of environments or functions; none for all.
  package var names: [String]

  package init(start: Moment? = nil, end: Moment? = nil, names: [String] = []) {
    self.start = start
    self.end = end
    self.names = names
  }

  /// All of the session is wanted.
  package var isAll: Bool { start == nil && end == nil && names.isEmpty }

  /// The same environments, at all times.
  package var withoutTimes: SessionPartChoice { SessionPartChoice(names: names) }

  /// The chosen part of a session, with its times.
  /// - Throws: `Failure` where there is nothing of it in the session, `Misuse` where there is no such stretch.
  package func cut(of timeline: borrowing Timeline, _ catalog: Catalog) throws -> Cut {
    let selection = NameSelection(names)
    let cut = Cut(
      start: start?.timestamp(from: timeline.beginning) ?? .min,
      end: end?.timestamp(from: timeline.beginning) ?? .max,
      names: selection)
    guard cut.start <= cut.end else {
      throw Misuse(description: "--start lies after --end: expected a part of the session.")
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
