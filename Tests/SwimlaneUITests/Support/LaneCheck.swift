import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// The lanes as they are painted beside the spans they are painted of.
enum LaneCheck {
  private static func phases(_ lane: EnvironmentRow.Lane) -> Set<Phase> {
    switch lane {
    case .create: [.create]
    case .restore: [.restore]
    case .extensionInit: [.extensionInit, .initialization]
    case .runtimeInit: [.runtimeInit, .initialization]
    case .functionInit: [.functionInit, .initialization]
    case .invoke, .invocation: [.invoke]
    case .marks, .ofExtension, .moreExtensions: []
    case .frozen: [.frozen]
    case .shutdown: [.shutdown, .runtimeShutdown, .extensionShutdown]
    }
  }

  /// Columns of the picture that a span touches.
  private static func columns(_ span: Span, _ viewport: Viewport, _ limit: Timestamp) -> Range<Int> {
    let end = min(span.end ?? .never, limit)
    let last = max(viewport.column(of: span.start), viewport.column(of: end &- 1))
    return (viewport.column(of: span.start)..<last + 1).clamped(to: 0..<viewport.columns)
  }

  /// Expects that the lanes are painted up to a moment as the spans say, walked one by one: begun by then,
  /// ends after it open, outcomes after it hidden.
  static func expectPainted(
    _ timeline: Timeline, _ viewport: Viewport, limit: Timestamp, _ painter: BarPainter
  ) {
    for track in timeline.tracks where track.created <= limit {
      let spans = track.spans(timeline.requests).filter { $0.start <= limit }
      var painted: [Phase: Set<Int>] = [:]
      for lane in track.screenLanes {
        var frame = Frame(columns: viewport.columns, rows: 1)
        painter.paint(lane, of: track, into: &frame, row: 0, column: 0, viewport, limit: limit)
        var allowed = Set<Int>()
        for span in spans where phases(lane).contains(span.phase) {
          let columns = columns(span, viewport, limit)
          allowed.formUnion(columns)
          // A failure is marked where it happened, which is the moment after the span.
          if span.outcome.isBad, let end = span.end, end <= limit { allowed.insert(viewport.column(of: end)) }
        }
        // Signs stand at moments, and their words beside bars.
        allowed.formUnion((0..<viewport.columns).filter { frame[$0, 0].isSignOrWord })
        let seen = (0..<viewport.columns).filter { frame[$0, 0] != .blank }
        for phase in phases(lane) { painted[phase, default: []].formUnion(seen) }
        for column in 0..<viewport.columns where !allowed.contains(column) {
          #expect(frame[column, 0] == .blank, "\(lane.title), column \(column): \(frame.text)")
        }
      }
      // An invocation is in one of the lanes of those that run at once, an undivided init in the lanes of its
      // unreported parts.
      for span in spans {
        let columns = columns(span, viewport, limit)
        // Single extensions have no bar of their own, and of a faint line less than half a cell may be missing.
        guard span.extensionName == .none, span.end ?? limit >= viewport.left else { continue }
        let seen = min(span.end ?? .never, limit, viewport.right) &- max(span.start, viewport.left)
        if span.phase == .frozen, span.start < viewport.left, seen < viewport.perCell { continue }
        guard !columns.isEmpty, columns.lowerBound < viewport.columns else { continue }
        #expect(
          columns.contains { painted[span.phase]?.contains($0) == true },
          "\(span.phase) from \(span.start) is not in its lane, columns \(columns)")
      }
      var bar = Frame(columns: viewport.columns, rows: 1)
      painter.paintCollapsed(track, into: &bar, row: 0, column: 0, viewport, limit: limit)
      let busy = spans.filter { $0.extensionName == .none && $0.phase != .frozen }
      for span in busy {
        // Nothing short is rounded away, and no line of frozen hides it.
        for column in columns(span, viewport, limit) where span.end ?? limit >= viewport.left {
          let cell = bar[column, 0]
          #expect(cell != .blank && cell.style.foreground != .frozen, "\(span.phase), column \(column)")
        }
      }
      let all = Set(spans.flatMap { columns($0, viewport, limit) })
      for column in 0..<viewport.columns where !all.contains(column) {
        #expect(bar[column, 0] == .blank)
      }
    }
  }
}

extension Cell {
  /// Of what processes and Lambda say to each other.
  fileprivate var isSignOrWord: Bool {
    style.foreground == .strong || glyph == GlyphSet.unicode.sign(.kill).value
      || glyph == GlyphSet.ascii.sign(.kill).value
  }
}
