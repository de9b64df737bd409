import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// Every lane of random sessions, painted by sums over columns, agrees with walking its spans one by one.
@Suite("Lanes of random sessions")
struct LanePropertyTests {
  /// A session of the playground with requests of every kind, random settings and shutdowns.
  private func session(seed: UInt64) -> Session {
    var rolls: UInt64 = 0
    func roll(_ count: UInt64) -> Int64 {
      rolls += 1
      return Int64(draw(seed: seed, .test, rolls) % count)
    }
    var scenario = Scenario.playground
    scenario.function.idleTimeout = .fixed(.milliseconds(500 + roll(6_000)))
    if roll(3) == 0 { scenario.function.extensions = [] }
    if roll(4) == 0 { scenario.function.handler = .fixed(0) }
    var session = Session(simulating: scenario, seed: seed, start: Show.start)
    for _ in 0..<12 {
      session.tick(elapsed: .milliseconds(1 + roll(1_500)), clock: 0)
      let kind = RequestKind.allCases[Int(roll(UInt64(RequestKind.allCases.count)))]
      switch roll(8) {
      case 0: _ = session.perform(.shutDownAll)
      case 1: _ = session.perform(.set(.idleTimeout, .milliseconds(300 + roll(4_000))))
      default: _ = session.perform(.request(roll(2) == 0 ? .normal : kind))
      }
      _ = session.fold()
    }
    session.tick(elapsed: .seconds(1 + roll(10)), clock: 0)
    _ = session.fold()
    return session
  }

  /// The same as a stream that does not tell freezing.
  private func blind(_ session: Session) -> Timeline {
    var copy = Session(reading: .rie, live: false, start: Show.start)
    copy.log.catalog = session.log.catalog
    for track in session.timeline.tracks {
      for row in track.rows {
        let request = row.request >= 0 ? session.timeline.requests[Int(row.request)].id : .none
        func add(_ time: Timestamp, _ kind: LifecycleEvent.Kind) {
          copy.log.append(
            LifecycleEvent(time: time, environment: track.id, request: request, kind: kind))
        }
        add(row.start, .phaseBegan(row.phase, extensionName: row.extensionName))
        if row.end != .never {
          let end = PhaseEnd(row.phase, outcome: row.outcome, extensionName: row.extensionName)
          add(row.end, .phaseEnded(end))
        }
      }
      if track.gone != .never {
        copy.log.append(
          LifecycleEvent(
            time: track.gone, environment: track.id, kind: .environmentGone(.spindown, detail: .none)))
      }
    }
    copy.log.events.sort { $0.time < $1.time }
    _ = copy.fold()
    return copy.timeline
  }

  private func phases(_ lane: EnvironmentRow.Lane) -> Set<Phase> {
    switch lane {
    case .create: [.create]
    case .restore: [.restore]
    case .extensionInit: [.extensionInit, .initialization]
    case .runtimeInit: [.runtimeInit, .initialization]
    case .functionInit: [.functionInit, .initialization]
    case .invoke, .invocation: [.invoke]
    case .marks: []
    case .frozen: [.frozen]
    case .shutdown: [.shutdown, .runtimeShutdown, .extensionShutdown]
    }
  }

  /// Columns of the picture that a span touches.
  private func columns(_ span: Span, _ viewport: Viewport, _ limit: Timestamp) -> Range<Int> {
    let end = min(span.end ?? .never, limit)
    let last = max(viewport.column(of: span.start), viewport.column(of: end &- 1))
    return (viewport.column(of: span.start)..<last + 1).clamped(to: 0..<viewport.columns)
  }

  private func check(_ timeline: Timeline, _ viewport: Viewport, limit: Timestamp, _ painter: BarPainter) {
    for track in timeline.tracks where track.created <= limit {
      let spans = track.spans(timeline.requests).filter { $0.start <= limit }
      for lane in track.screenLanes {
        var frame = Frame(columns: viewport.columns, rows: 1)
        painter.paint(lane, of: track, into: &frame, row: 0, column: 0, viewport, limit: limit)
        var allowed = Set<Int>()
        for span in spans where phases(lane).contains(span.phase) {
          let columns = columns(span, viewport, limit)
          allowed.formUnion(columns)
          // A failure is marked where it happened, which is the moment after the span.
          if span.outcome.isBad, let end = span.end, end <= limit { allowed.insert(viewport.column(of: end)) }
          // Single extensions have no bar of their own, and of a faint line less than half a cell may be missing.
          guard span.extensionName == .none, span.end ?? limit >= viewport.left else { continue }
          let seen = min(span.end ?? .never, limit, viewport.right) &- max(span.start, viewport.left)
          if lane == .frozen, span.start < viewport.left, seen < viewport.perCell { continue }
          guard !columns.isEmpty, columns.lowerBound < viewport.columns else { continue }
          #expect(
            columns.contains { frame[$0, 0] != .blank },
            "\(span.phase) from \(span.start - Show.start) is not in its lane, columns \(columns)")
        }
        for column in 0..<viewport.columns where !allowed.contains(column) {
          #expect(frame[column, 0] == .blank, "\(lane.title), column \(column): \(frame.text)")
        }
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

  @Test("what is painted is what happened, at every zoom", arguments: UInt64(1)...25)
  func agrees(seed: UInt64) {
    let session = session(seed: seed)
    let painters = [
      BarPainter(glyphs: .unicode, hasColor: true), BarPainter(glyphs: .ascii, hasColor: false),
    ]
    for (index, timeline) in [session.timeline, blind(session)].enumerated() {
      let length = session.newest - Show.start
      for perCell in [1_000_003, .milliseconds(20), .milliseconds(100), .seconds(1), .seconds(30)] as [Int64]
      {
        for part in [1, 2, 4] as [Int64] {
          let limit = Show.start + length / part
          let left = limit - perCell * 70
          check(
            timeline, Viewport(left: left, perCell: perCell, columns: 92), limit: limit, painters[index])
        }
      }
    }
  }
}
