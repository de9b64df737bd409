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

  /// The same as a stream that does not report freezing.
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
          LaneCheck.expectPainted(
            timeline, Viewport(left: left, perCell: perCell, columns: 92), limit: limit, painters[index])
        }
      }
    }
  }
}
