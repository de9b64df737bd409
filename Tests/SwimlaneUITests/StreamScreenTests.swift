import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("Screens of a stream")
struct StreamScreenTests {
  private func show(until moment: Int64, live: Bool = true) -> Show {
    var stream = EmulatorStream(live: live)
    stream.life()
    var show = Show(stream.session, fitsAll: !live)
    show.title = live ? "watch: aws-lambda-rie" : "play: session.log"
    if live { show.go(to: moment) } else { show.session.seek(to: Show.start + .milliseconds(moment)) }
    return show
  }

  @Test("nothing has come yet")
  func waiting() throws {
    var show = Show(Session(reading: .rie, live: true, start: Show.start))
    show.title = "watch: aws-lambda-rie"
    try expectScreen("live-waiting-80x24", show.frame(80, 24))
  }

  @Test("live: init undivided, frozen inferred, a timeout, a reset, a re-init, a crash")
  func live() throws {
    var show = show(until: 12_000)
    try expectScreen("live-120x40", show.frame(120, 40))
    show = self.show(until: 12_000)
    try expectScreen("live-80x24", show.frame(80, 24))
    show.press(.enter)
    try expectScreen("live-collapsed-80x24", show.frame(80, 24))
  }

  @Test(
    "live: what it says at a moment",
    arguments: [("init", 500), ("idle", 2_500), ("reset", 7_600), ("waits", 8_500)])
  func moments(name: String, moment: Int64) throws {
    var show = show(until: 12_000)
    show.session.seek(to: Show.start + .milliseconds(moment))
    try expectScreen("live-\(name)-80x24", show.frame(80, 24))
  }

  @Test("live: a function that marks its own work, and tells its imports")
  func marks() throws {
    var stream = EmulatorStream(live: true)
    stream.markedLife()
    var show = Show(stream.session)
    show.title = "watch: aws-lambda-rie"
    show.go(to: 2_000)
    try expectScreen("live-marks-120x40", show.frame(120, 40))
    show.session.seek(to: Show.start + .milliseconds(700))
    try expectScreen("live-marks-open-80x24", show.frame(80, 24))
  }

  @Test("live: what was missed is counted")
  func missed() throws {
    var stream = EmulatorStream(live: true)
    stream.life()
    let reason = stream.session.log.catalog.name("no JSON")
    stream.event(11_700, .undecodable(reason: reason, TextRange(offset: 0, length: 0)))
    stream.event(11_700, .dropped(count: 12, reason: reason))
    stream.event(300, .thawed)
    var show = Show(stream.session)
    show.go(to: 12_000)
    try expectScreen("live-missed-80x24", show.frame(80, 24))
    try expectScreen("live-missed-40x10", show.frame(40, 10))
  }

  @Test("live: after the end of the input nobody knows")
  func ended() throws {
    var show = show(until: 12_000)
    show.session.endInput()
    show.go(to: 14_000)
    try expectScreen("live-ended-80x24", show.frame(80, 24))
  }

  @Test("a recording, whole: fit all")
  func play() throws {
    var show = show(until: 11_500, live: false)
    try expectScreen("play-120x40", show.frame(120, 40))
    show.session.seek(to: Show.start + .milliseconds(5_000))
    try expectScreen("play-middle-120x40", show.frame(120, 40))
    try expectScreen("play-middle-200x60", show.frame(200, 60))
  }
}
