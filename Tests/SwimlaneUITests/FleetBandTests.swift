import LambdaLifecycle
import Testing

@testable import SwimlaneUI

/// Many environments at a glance.
@Suite("Fleet")
struct FleetBandTests {
  /// So many requests at once, and what came of them.
  private func burst(_ count: Int, limit: Int? = nil) -> Show {
    var scenario = Scenario.playground
    scenario.functions[0].reservedConcurrency = limit
    scenario.functions[0].idleTimeout = .fixed(.seconds(360))
    var show = Show(scenario)
    show.perform(.request(.normal, count: count))
    show.go(to: 5_000)
    return show
  }

  @Test("a sentence says what they did, the refused apart")
  func sentence() {
    var show = burst(60, limit: 20)
    let text = show.frame(120, 40).text
    #expect(text.contains("20 of 20 served one request, then idled. 40 requests were refused."))
    #expect(text.contains("✖ refused") && text.contains("limit 20"))
    #expect(text.contains("idle") && text.contains("starting") && text.contains("running"))
  }

  @Test("few environments have no band; a small screen has none")
  func few() {
    var show = burst(5)
    #expect(!show.frame(120, 40).text.contains("environments at once"))
    show = burst(30)
    #expect(show.frame(120, 40).text.contains("environments at once"))
    #expect(!show.frame(60, 16).text.contains("running  "))
  }

  @Test("a cell is a mean over its time: half a second of init is not eight minutes of it")
  func means() throws {
    let show = burst(12)
    let tracks = Array(show.session.timeline.tracks.indices)
    let fine = FleetCurve(
      tracks, show.session.timeline,
      Viewport(left: Show.start, perCell: .milliseconds(50), columns: 100), limit: show.session.newest)
    #expect(fine.cells[2].starting == 12)
    #expect(abs((fine.cells.last?.idle ?? 0) - 12) < 0.001)
    #expect(fine.cells.map(\.running).max().map { $0 > 5 && $0 <= 12 } == true)
    // All of it in one cell of eight minutes, of which 5 s are over.
    let coarse = FleetCurve(
      tracks, show.session.timeline,
      Viewport(left: Show.start, perCell: .seconds(480), columns: 1), limit: show.session.newest)
    let cell = try #require(coarse.cells.first)
    #expect(cell.starting < 4 && cell.idle > 7 && abs(cell.all - 12) < 0.01)
  }

  @Test("the moment looked at lies inside a cell: what is there is counted up to it", arguments: [12, 301])
  func inside(count: Int) throws {
    var show = Show()
    show.perform(.request(.normal, count: count))
    show.go(to: 450)
    let tracks = Array(show.session.timeline.tracks.indices)
    let curve = FleetCurve(
      tracks, show.session.timeline, Viewport(left: Show.start, perCell: .seconds(1), columns: 2),
      limit: show.session.newest)
    // All of them start, from the beginning to now.
    let cell = try #require(curve.cells.first)
    #expect(curve.cells.count == 1)
    #expect(
      abs(cell.starting - Double(count)) < 0.001 && cell.running < 0.001 && cell.idle < 0.001, "\(cell)")
  }

  @Test("environments that are being restored start; nothing traps while none of them is over")
  func restoring() {
    var stream = FleetStream()
    for number in 1...12 {
      stream.event(0, .environmentCreated(.snapStart), in: "env-\(number)")
      stream.event(10, .phaseBegan(.restore), in: "env-\(number)")
    }
    _ = stream.session.fold()
    var show = Show(stream.session)
    #expect(show.frame(120, 40).text.contains("starting"))
    let curve = FleetCurve(
      Array(0..<12), show.session.timeline, Viewport(left: Show.start, perCell: .milliseconds(1), columns: 8),
      limit: Show.start + .milliseconds(8))
    #expect(curve.cells.allSatisfy { abs($0.starting - 12) < 0.001 })
  }

  @Test("a moment looks the same before the rest has come and after it")
  func restriction() {
    var whole = Show()
    whole.perform(.request(.normal, count: 15))
    whole.go(to: 4_000)
    for moment in stride(from: Int64(100), to: 3_000, by: 370) {
      var part = Show()
      part.perform(.request(.normal, count: 15))
      part.go(to: moment)
      let viewport = Viewport(left: Show.start, perCell: .milliseconds(40), columns: 90)
      let limit = Show.start + .milliseconds(moment)
      let tracks = Array(part.session.timeline.tracks.indices)
      #expect(
        FleetCurve(tracks, part.session.timeline, viewport, limit: limit)
          == FleetCurve(tracks, whole.session.timeline, viewport, limit: limit), "at \(moment) ms")
    }
  }

  @Test("environments of whose life nothing is in sight any more are one row")
  func folded() {
    var show = Show()
    show.perform(.request(.normal, count: 4))
    show.go(to: 20_000)
    show.perform(.request(.normal))
    show.go(to: 40_000)
    show.perform(.request(.normal))
    show.go(to: 41_000)
    let text = show.frame(120, 40).text
    #expect(text.contains("▸ 5 gone, before this"))
    #expect(text.contains("▾ env-6") && !text.contains("▸ env-2") && !text.contains("▾ env-2"))
    // Whoever goes to one sees it.
    for _ in 0..<3 { show.press(.up) }
    #expect(show.frame(120, 40).text.contains("▾ env-3") || show.frame(120, 40).text.contains("▸ env-3"))
  }

  @Test("a cell of a pile has the colours of what is most of it")
  func pile() {
    let painter = BarPainter(glyphs: .unicode, hasColor: true)
    #expect(painter.pile(running: 0, starting: 0, idle: 0) == nil)
    #expect(painter.pile(running: 8, starting: 0, idle: 0) == Cell("█", Style(.invoke)))
    #expect(painter.pile(running: 3, starting: 5, idle: 0) == Cell("▃", Style(.invoke, on: .functionInit)))
    #expect(painter.pile(running: 1, starting: 1, idle: 6) == Cell("▂", Style(.invoke)))
    #expect(painter.pile(running: 0, starting: 0, idle: 5)?.style.foreground == .frozen)
    let ascii = BarPainter(glyphs: .ascii, hasColor: false)
    #expect(ascii.pile(running: 8, starting: 0, idle: 0)?.glyph == UInt32(UInt8(ascii: "#")))
  }
}
