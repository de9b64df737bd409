import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("Looking around")
struct ViewerTests {
  /// Twelve environments, all warm.
  private func crowd() -> Show {
    var show = Show()
    for _ in 0..<12 { show.perform(.request(.normal)) }
    show.go(to: 5_000)
    _ = show.frame(120, 40)
    return show
  }

  /// The same, with the first environment chosen.
  private func crowdAtFirst() -> Show {
    var show = crowd()
    for _ in 0..<12 { show.press(.up) }
    return show
  }

  @Test("until one is chosen, the environment of the latest request is selected; f goes back to that")
  func follows() {
    var show = crowd()
    #expect(selected(show) == "env-12")
    show.press(.up)
    #expect(selected(show) == "env-11")
    show.perform(.request(.normal))
    _ = show.frame(120, 40)
    #expect(selected(show) == "env-11")
    show.press(.character("f"))
    _ = show.frame(120, 40)
    #expect(selected(show) == "env-12")
  }

  private func selected(_ show: Show) -> String {
    show.viewer.selected.map { show.session.log.catalog.text($0) } ?? "none"
  }

  @Test("up and down stop at the ends")
  func ends() {
    var show = crowdAtFirst()
    #expect(selected(show) == "env-1")
    show.press(.up)
    #expect(selected(show) == "env-1")
    for _ in 0..<30 { show.press(.down) }
    #expect(selected(show) == "env-12")
    show.press(.character("k"))
    #expect(selected(show) == "env-11")
    show.press(.character("j"))
    #expect(selected(show) == "env-12")
  }

  @Test("n goes round, among those that pass the filter")
  func next() {
    var show = crowd()
    show.type("/env-1")
    show.press(.enter)
    _ = show.frame(120, 40)
    show.press(.character("n"))
    var seen = [selected(show)]
    for _ in 0..<4 {
      show.press(.character("n"))
      seen.append(selected(show))
    }
    #expect(seen == ["env-1", "env-10", "env-11", "env-12", "env-1"])
  }

  @Test("a page is half the screen")
  func pages() {
    var show = crowdAtFirst()
    _ = show.frame(80, 10)
    show.press(.pageDown)
    #expect(selected(show) == "env-6")
    show.press(.pageDown, .pageDown)
    #expect(selected(show) == "env-12")
    show.press(.pageUp)
    #expect(selected(show) == "env-7")
  }

  @Test("the selected environment is always in sight", arguments: [(120, 40), (80, 24), (40, 10)])
  func scrolls(columns: Int, rows: Int) {
    var show = crowd()
    for key in Array(repeating: Key.down, count: 13) + Array(repeating: .up, count: 13) {
      show.press(key)
      let frame = show.frame(columns, rows)
      let name = selected(show)
      let heads = frame.text.split(separator: "\n").filter { $0.hasPrefix("▾ ") || $0.hasPrefix("▸ ") }
      #expect(
        heads.contains { $0.dropFirst(2).split(separator: " ").first.map(String.init) == name }, "\(name)")
    }
  }

  @Test("a filter takes what is typed, backspace takes it back, esc clears it")
  func filter() {
    var show = crowd()
    show.type("/EnV-3q")
    #expect(show.viewer.filter == "EnV-3q")
    #expect(show.viewer.isTyping)
    show.press(.backspace)
    #expect(show.viewer.filter == "EnV-3")
    // Keys that mean something else elsewhere are text here, or nothing.
    #expect(show.press(.up, .tab, .resize) == [])
    #expect(show.viewer.filter == "EnV-3")
    show.press(.enter)
    #expect(!show.viewer.isTyping)
    _ = show.frame(120, 40)
    #expect(selected(show) == "env-3")
    show.press(.escape)
    #expect(show.viewer.filter.isEmpty)
    show.type("/x")
    show.press(.escape)
    #expect(show.viewer.filter.isEmpty && !show.viewer.isTyping)
    #expect(show.press(.character("/"), .interrupt) == [.program(.quit)])
    show.press(.backspace, .backspace)
    #expect(show.viewer.filter.isEmpty)
  }

  @Test("a filter never takes a character that acts on the terminal")
  func filterIsPlain() {
    var show = crowd()
    show.press(
      .character("/"), .character("\u{1B}"), .character("\u{202E}"), .character("日"), .character("é"))
    #expect(show.viewer.filter == "日é")
  }

  @Test("enter opens and closes, for that environment alone")
  func toggle() {
    var show = crowdAtFirst()
    let lanes = { (show: inout Show) in
      show.frame(120, 60).text.split(separator: "\n").filter { $0.hasPrefix("    invoke") }.count
    }
    #expect(lanes(&show) == 1)
    show.press(.enter)
    #expect(lanes(&show) == 0)
    show.press(.enter)
    #expect(lanes(&show) == 1)
    show.press(.down)
    #expect(lanes(&show) == 2)
    show.press(.enter)
    #expect(lanes(&show) == 1)
  }

  @Test("panes follow each other and begin again")
  func panes() {
    var show = crowd()
    // A screen of that size shows the details beside what is happening.
    for pane in [Pane.why, .coldStart, .requests, .statistics, .events, .why] {
      #expect(show.viewer.pane == pane)
      show.press(.tab)
    }
  }

  @Test("panned away, the picture stays while time goes on; seeking or f brings now back")
  func pan() {
    var show = crowd()
    show.press(.character("H"), .character("H"))
    let left = show.viewer.viewport.left
    show.go(to: 6_000)
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.left == left)
    show.press(.character("f"))
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.contains(show.session.playhead.time))
  }

  @Test("0 shows the whole session, zooming ends that")
  func fit() {
    var show = crowd()
    show.go(to: 60_000)
    show.press(.character("0"))
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.contains(Show.start))
    #expect(show.viewer.viewport.contains(show.session.newest))
    let whole = show.viewer.viewport.perCell
    show.press(.character("+"))
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.perCell < whole)
    #expect(show.viewer.viewport.contains(show.session.playhead.time))
  }

  @Test("an environment that the moment looked at does not know is not selected")
  func past() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 100)
    show.perform(.request(.normal))
    show.go(to: 3_000)
    _ = show.frame()
    show.press(.down)
    #expect(selected(show) == "env-2")
    show.session.seek(to: Show.start + .milliseconds(50))
    _ = show.frame()
    #expect(selected(show) == "env-1")
  }

  @Test(
    "drawing twice draws the same", arguments: [(200, 60), (120, 40), (80, 24), (40, 10), (1, 1), (0, 0)])
  func same(columns: Int, rows: Int) {
    var show = crowd()
    let first = show.frame(columns, rows)
    #expect(show.frame(columns, rows) == first)
    #expect(first.columns == columns && first.rows == rows)
  }
}
