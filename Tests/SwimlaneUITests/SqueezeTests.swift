@testable import LambdaLifecycle
@testable import SwimlaneUI
import TestSupport
import Testing

@Suite("Squeezed idle time")
struct SqueezeTests {
  /// Requests of 200 ms with pauses from tenths of a second to hours between them.
  private static func squeeze(_ seed: UInt64, count: Int = 60) -> (squeeze: Squeeze, last: Timestamp) {
    var activity = Activity()
    var time = Show.start
    for place in 0..<UInt64(count) {
      activity.add(time, time + .milliseconds(200))
      let pauses: [Nanoseconds] = [
        .milliseconds(100), .seconds(3), .seconds(40), .seconds(900), .seconds(9_000),
      ]
      time += pauses[Int(draw(seed: seed, .test, place) % 5)] + Int64(place) * 1_234_567
    }
    return (Squeeze(activity, until: time), time)
  }

  private static func viewport(_ seed: UInt64, _ squeeze: Squeeze, _ last: Timestamp) -> Viewport {
    let steps = Viewport.zoomSteps
    var viewport = Viewport(
      left: Show.start, perCell: steps[Int(draw(seed: seed, .test, 100) % UInt64(steps.count))], columns: 92)
    viewport.layOut(columns: 92, squeeze)
    viewport.pan(by: Int(draw(seed: seed, .test, 101) % 400), squeeze)
    return viewport
  }

  @Test(
    "edges rise, breaks have eight columns, and a moment lies in the column between its edges",
    arguments: 0..<40)
  func edges(seed: UInt64) {
    let (squeeze, last) = Self.squeeze(seed)
    let viewport = Self.viewport(seed, squeeze, last)
    #expect(viewport.edges.count == 93)
    for column in 0..<92 {
      #expect(viewport.edges[column] < viewport.edges[column + 1])
      #expect(viewport.column(of: viewport.time(of: column)) == column)
      #expect(viewport.column(of: viewport.time(of: column + 1) - 1) == column)
      let isInBreak = viewport.breaks.contains { $0.columns.contains(column) }
      #expect(isInBreak == (viewport.width(of: column) > viewport.perCell))
    }
    for next in viewport.breaks {
      #expect(next.columns.count == 8)
      #expect(next.time.upperBound - next.time.lowerBound > 16 * viewport.perCell)
    }
    // Nothing long is left as it is.
    let wide = squeeze.next(after: viewport.left, perCell: viewport.perCell)
    #expect(wide.map { $0.lowerBound >= viewport.right } ?? true || !viewport.breaks.isEmpty)
  }

  @Test("panned by any way, a column shows the same stretch of time", arguments: 0..<40)
  func pan(seed: UInt64) {
    let (squeeze, last) = Self.squeeze(seed)
    let viewport = Self.viewport(seed, squeeze, last)
    for count in [1, 2, 7, 8, 9, 30, 91, 92, 500] {
      var moved = viewport
      moved.pan(by: count, squeeze)
      if count <= 92 { #expect(moved.left == viewport.edges[count]) }
      if count < 92 {
        #expect(Array(moved.edges.prefix(93 - count)) == Array(viewport.edges.suffix(93 - count)))
      }
      moved.pan(by: -count, squeeze)
      #expect(moved == viewport, "by \(count)")
      var slow = viewport
      for _ in 0..<count { slow.pan(by: 1, squeeze) }
      slow.pan(by: -count, squeeze)
      #expect(slow == viewport)
    }
  }

  @Test("zooming keeps the anchor in its column", arguments: 0..<40)
  func zoom(seed: UInt64) {
    let (squeeze, last) = Self.squeeze(seed)
    let viewport = Self.viewport(seed, squeeze, last)
    for column in [0, 1, 13, 50, 91] {
      for steps in [-6, -1, 1, 4] {
        var zoomed = viewport
        let anchor = viewport.time(of: column) + viewport.width(of: column) / 3
        zoomed.zoom(by: steps, around: anchor, squeeze)
        #expect(zoomed.column(of: anchor) == column)
      }
    }
  }

  @Test("the whole fits, and finer than without", arguments: 0..<20)
  func fit(seed: UInt64) {
    let (squeeze, last) = Self.squeeze(seed, count: 6)
    var viewport = Viewport(left: 0, perCell: 1, columns: 92)
    viewport.fit(Show.start, last, squeeze)
    #expect(viewport.contains(Show.start) && viewport.contains(last))
    var plain = Viewport(left: 0, perCell: 1, columns: 92)
    plain.fit(Show.start, last)
    #expect(viewport.perCell <= plain.perCell)
    // Nearly all of the picture is used.
    #expect(viewport.column(of: last) >= 60)
  }

  @Test(
    "now stays in sight however long it is quiet; what was before stays too, and the picture stands still")
  func keep() {
    var activity = Activity()
    activity.add(Show.start, Show.start + .milliseconds(300))
    var viewport = Viewport(left: Show.start - .milliseconds(20), perCell: .milliseconds(10), columns: 56)
    var lefts: Set<Timestamp> = []
    for tenth in 3..<5_000 {
      let now = Show.start + .milliseconds(Int64(tenth) * 100)
      let squeeze = Squeeze(activity, until: now)
      viewport.layOut(columns: 56, squeeze)
      viewport.keep(now, squeeze)
      #expect(viewport.contains(now))
      if tenth > 10 {
        lefts.insert(viewport.left)
        #expect(viewport.contains(Show.start + .milliseconds(290)))
        #expect(viewport.breaks.count == 1)
      }
    }
    #expect(lefts.count == 1)
  }

  @Test("a moment that is days away is shown at once")
  func far() {
    let (squeeze, last) = Self.squeeze(3, count: 5_000)
    var viewport = Viewport(left: Show.start, perCell: 10_000, columns: 92)
    viewport.layOut(columns: 92, squeeze)
    viewport.keep(last, squeeze)
    #expect(viewport.contains(last))
    viewport.keep(Show.start, squeeze)
    #expect(viewport.contains(Show.start))
  }

  @Test("a break says how long it is in six columns at most")
  func lengths() {
    let texts: [(Nanoseconds, String)] = [
      (.milliseconds(900), "900 ms"), (.milliseconds(2_340), "2.34 s"), (.milliseconds(59_900), "59.9 s"),
      (.seconds(750), "12m30s"), (.seconds(3_720), "1h02m"), (.seconds(86_300), "23h58m"),
      (.seconds(360_060), "100 h"), (.seconds(40_000_000), "462 d"), (.never, "292 y"), (-5, "0 ms"),
    ]
    for (length, text) in texts { #expect(SwimlaneUI.text(ofBreak: length) == text) }
  }

  // MARK: Screens

  /// A cold start, and a warm request twelve minutes later; then quiet.
  private func pausing(live: Bool, now: Int64, ascii: Bool = false, hasColor: Bool = true) -> Show {
    var stream = EmulatorStream(live: live)
    stream.event(0, .environmentCreated(.onDemand))
    stream.span(.initialization, 0, 640)
    stream.span(.invoke, 640, 900, request: stream.request())
    if now > 750_000 { stream.span(.invoke, 750_000, 750_180, request: stream.request()) }
    var show = Show(stream.session, fitsAll: !live, ascii: ascii, hasColor: hasColor)
    show.title = live ? "watch: aws-lambda-rie" : "play: session.log"
    if live { show.go(to: now) } else { show.session.seek(to: Show.start + .milliseconds(now)) }
    return show
  }

  @Test("live: the first request fills the picture, and the pause after it is a break whose length grows")
  func live() throws {
    var show = pausing(live: true, now: 60_000)
    try expectScreen("squeezed-quiet-80x24", show.frame(80, 24))
    show = pausing(live: true, now: 752_000)
    try expectScreen("squeezed-120x40", show.frame(120, 40))
    show = pausing(live: true, now: 752_000, ascii: true)
    try expectScreen("squeezed-ascii-80x24", show.frame(80, 24))
    show = pausing(live: true, now: 752_000, hasColor: false)
    try expectScreen("squeezed-no-color-80x24", show.frame(80, 24))
  }

  @Test("live: a warm request soon behind the first one stands beside it", arguments: [80, 120, 200])
  func besideTheFirst(columns: Int) throws {
    var stream = EmulatorStream(live: true)
    stream.event(0, .environmentCreated(.onDemand))
    stream.span(.initialization, 0, 640)
    stream.span(.invoke, 640, 900, request: stream.request())
    stream.span(.invoke, 1_700, 2_050, request: stream.request())
    var show = Show(stream.session, fitsAll: false)
    for now in stride(from: Int64(100), through: 8_000, by: 100) {
      show.go(to: now)
      _ = show.frame(columns, 40)
    }
    #expect(show.viewer.viewport.left <= Show.start)
    // One frame, much later, comes to the same picture.
    var late = Show(stream.session, fitsAll: false)
    for now in [950, 8_000] as [Int64] {
      late.go(to: now)
      _ = late.frame(columns, 40)
    }
    #expect(late.viewer.viewport == show.viewer.viewport)
    // Not when the user has chosen another scale.
    show.press(.character("+"))
    show.press(.character("+"))
    show.go(to: 9_000)
    _ = show.frame(columns, 40)
    #expect(show.viewer.viewport.left > Show.start)
  }

  @Test("live: what came long before the first request can be looked at")
  func beforeTheFirst() throws {
    var stream = EmulatorStream(live: true)
    stream.event(0, .environmentCreated(.onDemand))
    stream.span(.initialization, 0, 640)
    stream.span(.invoke, 60_000, 60_260, request: stream.request())
    var show = Show(stream.session, fitsAll: false)
    for now in [60_100, 60_300, 62_000] as [Int64] {
      show.go(to: now)
      _ = show.frame(120, 40)
    }
    show.press(.home)
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.contains(show.session.playhead.time))
  }

  @Test("play: the whole is in sight, and what was squeezed can be had in full")
  func play() throws {
    var show = pausing(live: false, now: 750_100)
    try expectScreen("squeezed-play-120x40", show.frame(120, 40))
    show.press(.character("z"))
    #expect(show.said.contains("as long as it was"))
    try expectScreen("unsqueezed-play-120x40", show.frame(120, 40))
    show.press(.character("z"))
    #expect(show.said.contains("squeezed"))
    try expectScreen("squeezed-play-120x40", show.frame(120, 40))
  }

  @Test("a playing recording passes a break as evenly as the rest, and stops where it ends")
  func passing() {
    var show = pausing(live: false, now: 750_100)
    _ = show.frame(120, 40)
    let viewport = show.viewer.viewport
    let gap = viewport.breaks[0].time
    let tenth = Nanoseconds.milliseconds(100)
    func passing(_ time: Timestamp, _ speed: Double = 1) -> Nanoseconds {
      show.viewer.passing(tenth, from: time, speed: speed)
    }
    #expect(passing(Show.start) == tenth && passing(gap.upperBound) == tenth)
    let columns = Double(passing(gap.lowerBound)) / Double((gap.upperBound - gap.lowerBound) / 8)
    #expect(abs(columns - Double(tenth) / Double(viewport.perCell)) < 0.01 * columns || columns > 7.9)
    for speed in [0.1, 1, 50] {
      let left = gap.upperBound - .seconds(3)
      let reached = left + Nanoseconds(Double(passing(left, speed)) * speed)
      #expect(
        reached >= gap.upperBound && reached <= gap.upperBound + Nanoseconds(max(speed, 50) * Double(tenth)))
    }
  }

  @Test("a simulation shows frozen time as it is, until somebody asks; another lesson keeps the wish")
  func simulation() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 9_000)
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.breaks.isEmpty)
    show.press(.character("z"))
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.breaks.count == 1)
    show.viewer.restart(at: show.session.playhead.time)
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.breaks.count == 1)
  }

  @Test("the wheel and a drag move a squeezed picture as they move another; a click in a break looks into it")
  func mouse() {
    var show = pausing(live: false, now: 750_100)
    _ = show.frame(120, 40)
    let viewport = show.viewer.viewport
    let first = viewport.breaks[0].columns.lowerBound
    show.press(.mouse(Mouse(.press, column: 28 + first + 4, row: 2)))
    #expect(viewport.column(of: show.session.playhead.time) == first + 4)
    show.press(.right)
    #expect(viewport.column(of: show.session.playhead.time) > first + 4)
  }

  @Test("paused, the picture stands still while events come; the header counts them until they are looked at")
  func paused() throws {
    var stream = EmulatorStream(live: true)
    stream.event(0, .environmentCreated(.onDemand))
    stream.span(.initialization, 0, 640)
    stream.span(.invoke, 640, 900, request: stream.request())
    var show = Show(stream.session)
    show.title = "watch: aws-lambda-rie"
    show.go(to: 1_500)
    _ = show.frame(80, 24)
    show.press(.character(" "))
    let before = show.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(before[0].contains("PAUSED · space goes on 1×"))
    stream.session = show.session
    for number in 0..<617 { stream.span(.invoke, 2_000 + Int64(number) * 20, 2_010 + Int64(number) * 20) }
    show.session = stream.session
    show.go(to: 16_000)
    let after = show.frame(80, 24).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(after[0].contains("PAUSED, 1,234 new · space goes on"))
    #expect(before[3..<18] == after[3..<18])
    try expectScreen("paused-new-80x24", show.frame(80, 24))
    try expectScreen("paused-new-40x10", show.frame(40, 10))
    // Paused once more, before anything else has come: what was counted has been looked at.
    var again = show
    again.press(.character(" "), .character(" "))
    #expect(again.frame(80, 24).text.split(separator: "\n")[0].contains("PAUSED · space goes on 1×"))
    for key in ["f", " "] as [Unicode.Scalar] {
      var resumed = show
      resumed.press(.character(key))
      let header = resumed.frame(80, 24).text.split(separator: "\n")[0]
      #expect(header.contains("LIVE") && !header.contains("new"))
      #expect(resumed.session.playhead.time == resumed.session.newest)
    }
  }
}
