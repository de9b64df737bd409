package import LambdaLifecycle
internal import SwimlaneUI

/// A session as plain text for documents: requests, a time axis, and for each environment a line for each phase that
/// occurred, with its bar and its length.
package struct LanesDiagram {
  package var timeline: Timeline
  package var catalog: Catalog
  /// Columns of the time axis.
  package var width: Int
  package var isASCII: Bool

  private static let labelWidth = 22

  package init(_ timeline: Timeline, _ catalog: Catalog, width: Int = 64, isASCII: Bool = false) {
    self.timeline = timeline
    self.catalog = catalog
    self.width = max(10, width)
    self.isASCII = isASCII
  }

  /// A line of the diagram: a label, the drawing beside it, and the text at its right.
  private enum Line {
    case requests, axis
    case heading(EnvironmentTrack)
    case phase(EnvironmentTrack, Phase)
    /// Of the invocations that run at once in a Managed Instance, those in one place.
    case place(EnvironmentTrack, Int)
  }

  /// Lines with newlines; empty of a session in which nothing happened.
  package func text() -> String {
    guard !timeline.isEmpty else { return "" }
    let lines = [.requests, .axis] + timeline.tracks.flatMap(self.lines)
    let painter = BarPainter(glyphs: isASCII ? .ascii : .unicode, hasColor: false)
    // The last moment is in the last column.
    let perCell = (timeline.last &- timeline.first) / Int64(width) + 1
    let viewport = Viewport(left: timeline.first, perCell: perCell, columns: width)
    var frame = Frame(columns: Self.labelWidth + width, rows: lines.count)
    for (row, line) in lines.enumerated() { draw(line, painter, viewport, into: &frame, row: row) }
    let drawn = frame.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return zip(lines, drawn).map { line, drawn in
      let lengths = self.lengths(line)
      if lengths.isEmpty { return drawn + "\n" }
      return drawn.padded(to: frame.columns) + "  " + lengths + "\n"
    }.joined() + legend(painter.glyphs) + "\n"
  }

  private func lines(_ track: EnvironmentTrack) -> [Line] {
    let phases = Phase.allCases.flatMap { phase -> [Line] in
      if phase == .frozen { return track.hasFrozen ? [.phase(track, phase)] : [] }
      if track[phase].isEmpty { return [] }
      guard phase == .invoke, track.places > 1 else { return [.phase(track, phase)] }
      return (0..<track.places).map { .place(track, $0) }
    }
    return [.heading(track)] + phases
  }

  private func draw(
    _ line: Line, _ painter: BarPainter, _ viewport: Viewport, into frame: inout Frame, row: Int
  ) {
    let first = Self.labelWidth
    // The end of the axis itself is seen.
    let limit = timeline.last
    func label(_ text: String) { frame.write(text, column: 0, row: row, limit: first - 1) }
    switch line {
    case .requests:
      label("requests")
      for request in timeline.requests where request.answered != .never && !request.outcome.isBad {
        let column = first + viewport.column(of: request.answered)
        if !request.isThrottled { frame.write(answered, column: column, row: row) }
      }
      painter.paintRequests(of: timeline, into: &frame, row: row, column: first, viewport, limit: limit)
    case .axis:
      for tick in viewport.ticks(from: .beginning(timeline.first))
      where tick.column + 1 + tick.label.columnCount <= width {
        frame.write("\(painter.glyphs.tick)\(tick.label)", column: first + tick.column, row: row)
      }
    case .heading(let track): frame.write(heading(track), column: 0, row: row)
    case .phase(let track, let phase):
      label("  " + phase.title)
      painter.paint(phase, of: track, into: &frame, row: row, column: first, viewport, limit: limit)
    case .place(let track, let place):
      label("  invoke \(place + 1)")
      painter.paint(place: place, of: track, into: &frame, row: row, column: first, viewport, limit: limit)
    }
  }

  private func legend(_ glyphs: GlyphSet) -> String {
    let again = timeline.statistics.reinits > 0 ? "\(glyphs.reinitRequest) waits for a re-init  " : ""
    return
      "\(glyphs.coldRequest) arrives, waits for an init  \(glyphs.warmRequest) arrives  \(again)\(answered) is answered  "
      + "\(glyphs.failedRequest) fails or is throttled"
  }

  private var answered: String { isASCII ? "^" : "△" }

  private func heading(_ track: EnvironmentTrack) -> String {
    var text = catalog.text(track.id)
    let function = catalog.text(catalog.function(of: track.id))
    if !function.isEmpty { text += " of \(function)" }
    if track.initializationType != .unknown { text += ", \(track.initializationType.wireName)" }
    return text.printable
  }

  // MARK: Lengths

  /// The lengths of the spans of a line: each, as long as they are few.
  private func lengths(_ line: Line) -> String {
    let spans: [Span]
    switch line {
    case .requests, .axis, .heading: return ""
    case .phase(let track, let phase):
      spans = track.spans(timeline.requests).filter { $0.phase == phase && $0.extensionName == .none }
    case .place(let track, let place):
      spans = zip(track[.invocation(place)].starts.times, track[.invocation(place)].ends.times).compactMap {
        start, _ in
        track.spans(timeline.requests).first { $0.phase == .invoke && $0.start == start }
      }
    }
    guard spans.count > 3 else { return spans.map(length).joined(separator: ", ") }
    let sum = spans.reduce(0) { $0 &+ (($1.end ?? timeline.last) &- $1.start) }
    return "\(spans.count) in \(SwimlaneUI.text(ofLength: sum))"
  }

  private func length(_ span: Span) -> String {
    let end = span.end ?? timeline.last
    var text = SwimlaneUI.text(ofLength: end &- span.start)
    if isASCII { text = text.replacing("µ", with: "u") }
    if span.end == nil { text += " so far" }
    if span.outcome.isBad { text += " \(span.outcome.wireName)" }
    return text
  }
}

extension EnvironmentTrack {
  fileprivate var hasFrozen: Bool { !self[.frozen].isEmpty || !self[.inferredFrozen].isEmpty }
}
