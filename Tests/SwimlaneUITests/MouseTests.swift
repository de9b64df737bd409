import LambdaLifecycle
import SwimlaneUI
import Testing

/// On a screen of 120×40 lanes begin at column 28, environments at row 3.
@Suite("Mouse")
struct MouseTests {
  /// Five environments, the first chosen; all are one bar.
  private func five() -> Show {
    var show = Show()
    for _ in 0..<5 { show.perform(.request(.normal)) }
    show.go(to: 5_000)
    _ = show.frame(120, 40)
    for _ in 0..<5 { show.press(.up) }
    if show.frame(120, 40).text.contains("▾") { show.press(.enter) }
    _ = show.frame(120, 40)
    return show
  }

  private func selected(_ show: Show) -> String {
    show.viewer.selected.map { show.session.log.catalog.text($0) } ?? "none"
  }

  private func isOpen(_ show: inout Show) -> Bool { show.frame(120, 40).text.contains("▾ \(selected(show))") }

  private func showsHelp(_ show: inout Show) -> Bool { show.frame(120, 40).text.contains("Keys and signs") }

  /// Presses and releases.
  @discardableResult
  private func click(_ show: inout Show, _ column: Int, _ row: Int) -> [Effect] {
    show.press(
      .mouse(Mouse(.press, column: column, row: row)), .mouse(Mouse(.release, column: column, row: row)))
  }

  /// The row in which a text begins, and its column.
  private func place(_ text: String, _ show: inout Show) throws -> (column: Int, row: Int) {
    let lines = show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains(text) }, "\(text) in \(lines.last ?? "")")
    let range = try #require(lines[row].firstRange(of: text))
    return (lines[row].distance(from: lines[row].startIndex, to: range.lowerBound), row)
  }

  @Test("a click on a name selects, a second one opens, a third one closes")
  func names() throws {
    var show = five()
    let (column, row) = try place("env-3", &show)
    click(&show, column, row)
    #expect(selected(show) == "env-3")
    let wasOpen = isOpen(&show)
    click(&show, column, row)
    #expect(isOpen(&show) != wasOpen)
    click(&show, column, row)
    #expect(isOpen(&show) == wasOpen)
  }

  @Test("a click on an arrow opens or closes at once")
  func arrows() throws {
    var show = five()
    let row = try place("env-2", &show).row
    click(&show, 0, row)
    #expect(selected(show) == "env-2")
    #expect(isOpen(&show))
    click(&show, 0, row)
    #expect(!isOpen(&show))
  }

  @Test("a click in the lanes selects, and seeks nothing")
  func lanes() throws {
    var show = five()
    let row = try place("env-4", &show).row
    #expect(click(&show, 60, row) == [])
    #expect(selected(show) == "env-4")
    // Below the list there is nothing.
    click(&show, 60, 30)
    #expect(selected(show) == "env-4")
  }

  @Test(
    "a click on the axis or on the requests looks at that moment; dragging there goes on", arguments: [1, 2])
  func axis(row: Int) {
    var show = five()
    let viewport = show.viewer.viewport
    #expect(click(&show, 28 + 10, row) == [.time(.seek(viewport.time(of: 10) + viewport.perCell / 2))])
    #expect(viewport.column(of: show.session.playhead.time) == 10)
    show.press(.mouse(Mouse(.press, column: 38, row: row)))
    show.press(.mouse(Mouse(.drag, column: 34, row: 20)))
    #expect(viewport.column(of: show.session.playhead.time) == 6)
    show.press(.mouse(Mouse(.release, column: 34, row: 20)))
    #expect(show.press(.mouse(Mouse(.drag, column: 50, row: row))) == [])
    // The labels at the left are no moments.
    #expect(click(&show, 5, row) == [])
  }

  @Test("dragging moves the picture and selects nothing")
  func drags() throws {
    var show = five()
    let row = try place("env-4", &show).row
    let before = show.viewer.viewport
    show.press(.mouse(Mouse(.press, column: 60, row: row)), .mouse(Mouse(.drag, column: 55, row: row)))
    #expect(show.viewer.viewport.left == before.time(of: 5))
    show.press(.mouse(Mouse(.drag, column: 70, row: 39)), .mouse(Mouse(.release, column: 70, row: 39)))
    #expect(show.viewer.viewport.left == before.time(of: -10))
    _ = show.frame(120, 40)
    #expect(show.viewer.viewport.left == before.time(of: -10))
    #expect(selected(show) == "env-1")
  }

  @Test("the wheel zooms at the pointer")
  func zooms() {
    var show = five()
    let before = show.viewer.viewport
    let moment = before.time(of: 12)
    show.press(.mouse(Mouse(.wheelUp, column: 40, row: 5)))
    #expect(show.viewer.viewport.perCell < before.perCell)
    #expect(show.viewer.viewport.column(of: moment) == 12)
    show.press(.mouse(Mouse(.wheelDown, column: 40, row: 2)))
    #expect(show.viewer.viewport == before)
  }

  @Test("over the names the wheel moves the list, and the selected environment may go out of sight")
  func scrolls() {
    var show = Show()
    for _ in 0..<80 { show.perform(.request(.normal)) }
    show.go(to: 5_000)
    for key in Array(repeating: Key.up, count: 90) { show.press(key) }
    #expect(show.frame(120, 40).text.contains("▸ env-1 "))
    show.press(.mouse(Mouse(.wheelDown, column: 5, row: 10)), .mouse(Mouse(.wheelDown, column: 5, row: 10)))
    let text = show.frame(120, 40).text
    #expect(!text.contains("▸ env-6 ") && text.contains("▸ env-7 "))
    #expect(selected(show) == "env-1")
    for _ in 0..<90 { show.press(.mouse(Mouse(.wheelDown, column: 5, row: 10))) }
    #expect(show.frame(120, 40).text.contains("▸ env-80 "))
    // A key brings the selection back into sight.
    show.press(.down)
    #expect(show.frame(120, 40).text.contains("▸ env-2 "))
  }

  @Test("a click on a key in the footer, or on its word, is that key")
  func footer() throws {
    var show = five()
    let (column, row) = try place("i request", &show)
    #expect(click(&show, column, row) == [.drive(.request)])
    #expect(click(&show, column + 4, row) == [.drive(.request)])
    let timeout = try place("t T idle timeout", &show).column
    #expect(click(&show, timeout, row) == [.drive(.shorterIdleTimeout)])
    #expect(click(&show, timeout + 2, row) == [.drive(.longerIdleTimeout)])
    #expect(click(&show, timeout + 8, row) == [.drive(.shorterIdleTimeout)])
    // The effect of a key is said in the footer's place.
    show.message = ""
    #expect(click(&show, try place("q quit", &show).column, row) == [.program(.quit)])
    #expect(click(&show, 119, row) == [])
    show.message = "something is said"
    _ = show.frame(120, 40)
    #expect(click(&show, column, row) == [])
  }

  @Test("every key that any footer names can be clicked")
  func footerKeys() {
    for lead in Show.leads {
      let labels = KeyTable.footer(lead).map(\.label) + ["? q enter esc"]
      for label in labels.joined(separator: " ").split(separator: " ") {
        let command = KeyTable.key(named: label).flatMap { KeyTable.command($0) }
        #expect(command != nil, "\(label)")
      }
    }
  }

  @Test("the first hint names a key, and it can be clicked")
  func hints() throws {
    var show = Show()
    let (column, row) = try place("Press i", &show)
    #expect(click(&show, column + 6, row) == [.drive(.request)])
    #expect(click(&show, column, row) == [])
  }

  @Test("in the help a click tries a key; the wheel scrolls; what lies below cannot be clicked")
  func help() throws {
    var show = five()
    show.press(.character("?"))
    _ = show.frame(80, 24)
    let before = show.frame(80, 24).text
    show.press(.mouse(Mouse(.wheelDown, column: 40, row: 5)))
    #expect(show.frame(80, 24).text != before)
    let (column, row) = try place("send one request", &show)
    let viewport = show.viewer.viewport
    #expect(show.press(.mouse(Mouse(.press, column: 110, row: 37))) == [])
    #expect(showsHelp(&show) && show.viewer.viewport == viewport)
    #expect(click(&show, column, row) == [.drive(.request)])
    #expect(!showsHelp(&show))
  }

  @Test("while a filter is typed, its footer can be clicked")
  func typing() throws {
    var show = five()
    show.type("/env-2")
    let (column, row) = try place("enter keep", &show)
    click(&show, column, row)
    #expect(!show.viewer.isTyping && show.viewer.filter == "env-2")
    let clear = try place("esc clear", &show).column
    click(&show, clear, row)
    #expect(show.viewer.filter.isEmpty)
  }

  @Test("an entry of the menu of lessons starts its lesson")
  func menu() throws {
    var show = Show()
    show.lessons = [LessonEntry(title: "First", about: "one"), LessonEntry(title: "Second", about: "two")]
    show.viewer.openMenu()
    let (column, row) = try place("Second", &show)
    show.press(.mouse(Mouse(.wheelDown, column: column, row: row)))
    #expect(click(&show, column, row) == [.program(.startLesson(1))])
  }

  @Test("clicks outside of everything, and before a first frame, do nothing")
  func outside() {
    var show = Show()
    for kind in [Mouse.Kind.press, .release, .drag, .wheelUp, .wheelDown] {
      for (column, row) in [(0, 0), (-1, -1), (500, 500), (50, 5)] {
        #expect(show.press(.mouse(Mouse(kind, column: column, row: row))) == [])
      }
    }
    _ = show.frame(20, 5)
    #expect(click(&show, 3, 3) == [])
  }
}
