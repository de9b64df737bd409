import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

@Suite("Screens of the panes")
struct PaneScreenTests {
  /// Cold starts, warm requests, a crash, a timeout and a re-init.
  private func mixed(ascii: Bool = false, hasColor: Bool = true) -> Show {
    var show = Show(ascii: ascii, hasColor: hasColor)
    show.perform(.request(.normal))
    show.go(to: 1_500)
    show.perform(.request(.normal))
    show.perform(.request(.normal))
    show.go(to: 3_200)
    show.perform(.request(.crash))
    show.go(to: 4_000)
    show.perform(.request(.hang))
    show.go(to: 7_400)
    show.perform(.request(.normal))
    show.perform(.request(.normal))
    show.go(to: 9_000)
    return show
  }

  private func tab(_ count: Int, _ show: inout Show, _ columns: Int, _ rows: Int) -> Frame {
    _ = show.frame(columns, rows)
    for _ in 0..<count { show.press(.tab) }
    return show.frame(columns, rows)
  }

  private static let sizes = [(120, 40), (80, 24), (40, 10), (200, 60)]

  @Test("details, requests and statistics", arguments: sizes)
  func panes(columns: Int, rows: Int) throws {
    let presses: [(Pane, Int)] =
      switch rows {
      case 60: [(.why, 0), (.coldStart, 1), (.requests, 2)]
      case 40: [(.why, 0), (.coldStart, 1), (.requests, 2), (.statistics, 3)]
      default: [(.details, 1), (.coldStart, 2), (.requests, 3), (.statistics, 4)]
      }
    for (pane, count) in presses {
      var show = mixed()
      let frame = tab(count, &show, columns, rows)
      #expect(show.viewer.pane == pane)
      try expectScreen("pane-\(pane)-\(columns)x\(rows)", frame)
    }
  }

  @Test(
    "bars of panes without Unicode, and without colours", arguments: [("ascii", true), ("no-color", false)])
  func patterns(name: String, ascii: Bool) throws {
    for (pane, count) in [("requests", 2), ("statistics", 3)] {
      var show = mixed(ascii: ascii, hasColor: ascii)
      try expectScreen("pane-\(pane)-\(name)-120x40", tab(count, &show, 120, 40))
    }
  }

  @Test("throttled requests, attempts at an event, and SnapStart's restores")
  func requests() throws {
    for (name, stream) in [
      ("retries", FleetStream.retries), ("snap-start", .snapStart), ("at-once", .managedInstance),
    ] {
      var show = Show(stream.session, fitsAll: true)
      show.press(.character("G"))
      try expectScreen("pane-requests-\(name)-120x40", tab(2, &show, 120, 40))
    }
  }

  @Test("a difference is measured from a mark, with the value of every lane")
  func measure() throws {
    var show = mixed()
    show.session.seek(to: Show.start + .milliseconds(320))
    _ = show.frame(120, 40)
    show.press(.character("M"))
    #expect(show.viewer.mark == Show.start + .milliseconds(320))
    show.session.seek(to: Show.start + .milliseconds(1_600))
    try expectScreen("measure-120x40", show.frame(120, 40))
    try expectScreen("measure-80x24", show.frame(80, 24))
    try expectScreen("measure-40x10", show.frame(40, 10))
    // The mark may lie outside of the picture, and after the moment looked at.
    show.session.seek(to: Show.start + .milliseconds(100))
    #expect(show.frame(120, 40).text.contains("Δ -220 ms"))
    // A nanosecond that only keeps events of one moment in order is no length.
    show.session.seek(to: Show.start + .milliseconds(320) + 1)
    #expect(show.frame(120, 40).text.contains("Δ 0 ms"))
    show.press(.escape)
    #expect(show.viewer.mark == nil)
    #expect(!show.frame(120, 40).text.contains("Δ"))
    show.press(.character("M"), .character("M"))
    #expect(show.viewer.mark == nil)
  }

  @Test(
    "the menu: a line each, cut between words; its own keys below",
    arguments: [(80, 24), (120, 40), (40, 10)])
  func menu(columns: Int, rows: Int) throws {
    var show = Show()
    show.lessons = [
      LessonEntry(
        title: "Cold start and reuse", about: "why the first request waits and the next one does not"),
      LessonEntry(
        title: "What belongs outside the handler",
        about: "the same set-up in init and in the handler, side by side"),
      LessonEntry(title: "Playground", about: "an empty stage with every control"),
    ]
    show.press(.character("m"), .down)
    try expectScreen("menu-\(columns)x\(rows)", show.frame(columns, rows))
  }

  @Test("measuring without Unicode")
  func measureInASCII() throws {
    var show = mixed(ascii: true)
    show.session.seek(to: Show.start + .milliseconds(320))
    show.press(.character("M"))
    show.session.seek(to: Show.start + .milliseconds(1_600))
    try expectScreen("measure-ascii-120x40", show.frame(120, 40))
  }
}
