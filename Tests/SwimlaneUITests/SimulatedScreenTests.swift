import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// One request in the playground with seed 1: create to 127 ms, extensions have registered at 320 (and are ready at
/// 497), runtime init to 417, function init to 1,167, the answer at 1,274, invoke to 1,307, frozen to 11,307, SIGTERM's
/// part of shutdown to 11,326, the extensions' to 11,915.
@Suite("Screens of a simulated session")
struct SimulatedScreenTests {
  private func first(at milliseconds: Int64, ascii: Bool = false, hasColor: Bool = true) -> Show {
    var show = Show(ascii: ascii, hasColor: hasColor)
    show.perform(.request(.normal))
    show.go(to: milliseconds)
    return show
  }

  @Test("nothing has happened", arguments: [(120, 40), (80, 24), (40, 10)])
  func empty(columns: Int, rows: Int) throws {
    var show = Show()
    try expectScreen("empty-\(columns)x\(rows)", show.frame(columns, rows))
  }

  @Test(
    "a life from its begin to its end",
    arguments: [
      ("creating", 60), ("extension-init", 250), ("runtime-init", 380), ("function-init", 700),
      ("invoke", 1_240), ("extension-work", 1_300), ("frozen", 6_000), ("runtime-shutdown", 11_316),
      ("extension-shutdown", 11_700), ("gone", 12_500),
    ] as [(String, Int64)])
  func life(name: String, moment: Int64) throws {
    var show = first(at: moment)
    try expectScreen("\(name)-120x40", show.frame(120, 40))
    show = first(at: moment)
    try expectScreen("\(name)-80x24", show.frame(80, 24))
  }

  @Test("the smallest screen, one that is too small, and a large one")
  func sizes() throws {
    var show = first(at: 6_000)
    try expectScreen("frozen-40x10", show.frame(40, 10))
    try expectScreen("frozen-39x10", show.frame(39, 10))
    try expectScreen("frozen-40x9", show.frame(40, 9))
    try expectScreen("frozen-200x60", show.frame(200, 60))
  }

  @Test("ASCII and no colours: phases differ by their patterns")
  func patterns() throws {
    var ascii = first(at: 6_000, ascii: true)
    try expectScreen("frozen-ascii-120x40", ascii.frame(120, 40))
    try expectScreen("frozen-ascii-80x24", ascii.frame(80, 24))
    var plain = first(at: 6_000, hasColor: false)
    try expectScreen("frozen-no-color-120x40", plain.frame(120, 40))
    plain.press(.enter)
    try expectScreen("collapsed-no-color-80x24", plain.frame(80, 24))
    ascii.press(.enter)
    try expectScreen("collapsed-ascii-80x24", ascii.frame(80, 24))
  }

  private func warm() -> Show {
    var show = first(at: 4_000)
    show.perform(.request(.normal))
    show.go(to: 4_060)
    return show
  }

  @Test("a warm request")
  func warmRequest() throws {
    var show = warm()
    try expectScreen("warm-120x40", show.frame(120, 40))
    show = warm()
    try expectScreen("warm-80x24", show.frame(80, 24))
  }

  private func burst() -> Show {
    var show = first(at: 3_000)
    _ = show.frame(120, 40)
    for _ in 0..<5 { show.perform(.request(.normal)) }
    show.go(to: 4_100)
    return show
  }

  @Test("a burst needs five environments")
  func fiveEnvironments() throws {
    var show = burst()
    try expectScreen("burst-120x40", show.frame(120, 40))
    try expectScreen("burst-200x60", show.frame(200, 60))
    show = burst()
    try expectScreen("burst-80x24", show.frame(80, 24))
    show = burst()
    try expectScreen("burst-40x10", show.frame(40, 10))
  }

  @Test("collapsed and expanded by hand")
  func toggled() throws {
    var show = burst()
    _ = show.frame(120, 40)
    show.press(.down)
    try expectScreen("burst-second-120x40", show.frame(120, 40))
    show.press(.enter)
    try expectScreen("burst-collapsed-120x40", show.frame(120, 40))
    show.press(.up, .up, .enter, .down)
    try expectScreen("burst-first-collapsed-120x40", show.frame(120, 40))
  }

  @Test("scrubbed back: what came later is hidden")
  func scrubbed() throws {
    var show = burst()
    show.session.seek(to: Show.start + .milliseconds(700))
    try expectScreen("scrubbed-120x40", show.frame(120, 40))
    try expectScreen("scrubbed-80x24", show.frame(80, 24))
  }

  @Test("paused")
  func paused() throws {
    var show = first(at: 700)
    show.press(.character(" "))
    try expectScreen("paused-120x40", show.frame(120, 40))
  }

  @Test("forked: the past goes another way")
  func forked() throws {
    var show = burst()
    show.session.seek(to: Show.start + .milliseconds(2_500))
    show.perform(.request(.crash))
    show.message = "forked: what came after this moment is gone, and happens anew"
    show.go(to: 3_000)
    try expectScreen("forked-120x40", show.frame(120, 40))
    show.message = ""
    show.go(to: 3_500)
    try expectScreen("forked-80x24", show.frame(80, 24))
  }

  @Test("a filter, while it is typed, kept, and without a match")
  func filter() throws {
    var show = burst()
    _ = show.frame(120, 40)
    show.type("/inv")
    try expectScreen("filter-typing-120x40", show.frame(120, 40))
    show.press(.enter)
    try expectScreen("filter-80x24", show.frame(80, 24))
    show.type("/nobody")
    show.press(.enter)
    try expectScreen("filter-nothing-80x24", show.frame(80, 24))
  }

  @Test("the panes: details and events")
  func panes() throws {
    var show = first(at: 6_000)
    try expectScreen("details-120x40", show.frame(120, 40))
    _ = show.frame(80, 24)
    show.press(.tab)
    try expectScreen("details-80x24", show.frame(80, 24))
    show.press(.tab, .tab, .tab, .tab)
    try expectScreen("events-80x24", show.frame(80, 24))
    try expectScreen("events-120x40", show.frame(120, 40))
    show = Show()
    _ = show.frame(80, 24)
    show.press(.tab, .tab, .tab, .tab)
    try expectScreen("events-none-80x24", show.frame(80, 24))
  }

  @Test("help", arguments: [(120, 40), (80, 24), (60, 20), (40, 10)])
  func help(columns: Int, rows: Int) throws {
    var show = first(at: 6_000)
    _ = show.frame(columns, rows)
    show.press(.character("?"))
    try expectScreen("help-\(columns)x\(rows)", show.frame(columns, rows))
    show.press(.pageDown, .pageDown, .pageDown, .pageDown, .pageDown, .pageDown, .pageDown)
    try expectScreen("help-end-\(columns)x\(rows)", show.frame(columns, rows))
  }

  @Test("a crash, a timeout and an init that fails, in turn")
  func failures() throws {
    var show = Show()
    show.perform(.request(.crash))
    show.go(to: 3_000)
    show.perform(.request(.hang))
    show.go(to: 12_000)
    show.perform(.request(.handlerError))
    show.go(to: 15_000)
    try expectScreen("failures-120x40", show.frame(120, 40))
    try expectScreen("failures-80x24", show.frame(80, 24))
    show.press(.character("0"))
    try expectScreen("failures-fit-120x40", show.frame(120, 40))
  }
}
