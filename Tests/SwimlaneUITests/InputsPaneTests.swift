import LambdaLifecycle
@testable import SwimlaneUI
import Testing

@Suite("Pane of inputs")
struct InputsPaneTests {
  private func show(_ count: Int) -> Show {
    var stream = EmulatorStream(live: true)
    stream.life()
    var show = Show(stream.session)
    show.go(to: 12_000)
    show.screen.surroundings.inputs = (0..<count).map { place in
      var input = SourceStatus(source: SourceID(rawValue: 0), name: "input-\(place)")
      input.state =
        switch place {
        case count - 1: .failed("no such file")
        case count - 2: .stalled("waits for its turn")
        default: .live
        }
      return input
    }
    _ = show.frame(120, 40)
    for _ in 0..<12 where show.viewer.pane != .inputs { show.press(.tab) }
    return show
  }

  private func names(_ show: inout Show) -> [String] {
    show.frame(120, 40).text.split(separator: "\n").compactMap { line in
      line.hasPrefix(" input-") ? line.dropFirst().split(separator: " ").first.map(String.init) : nil
    }
  }

  @Test("those that need attention come first, and are counted in the title")
  func attention() {
    var show = show(5)
    #expect(show.viewer.pane == .inputs)
    #expect(names(&show).prefix(3) == ["input-3", "input-4", "input-0"])
    #expect(show.frame(120, 40).text.contains(" inputs · 1 failed · 1 stalled "))
  }

  @Test("J and K scroll, and the last row says how many are above and below")
  func scrolls() {
    var show = show(60)
    let first = names(&show)
    #expect(first.first == "input-58" && first.count < 60)
    #expect(show.frame(120, 40).text.contains(" \(60 - first.count) below (J)"))
    for _ in 0..<4 { show.press(.character("J")) }
    let scrolled = names(&show)
    #expect(scrolled.first != first.first)
    #expect(show.frame(120, 40).text.contains(" above (K), "))
    for _ in 0..<1_000 { show.press(.character("J")) }
    #expect(names(&show).last == "input-57")
    #expect(!show.frame(120, 40).text.contains(" below (J)"))
    // However far it was asked for, the way back begins at once.
    show.press(.character("K"))
    #expect(show.frame(120, 40).text.contains(" above (K)"))
    for _ in 0..<1_000 { show.press(.character("K")) }
    #expect(names(&show) == first)
    #expect(show.viewer.pane == .inputs)
  }

  @Test("the wheel scrolls it, where it stands")
  func wheel() throws {
    var show = show(60)
    let first = names(&show)
    let lines = show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.hasPrefix(" input-58") })
    show.press(.mouse(Mouse(.wheelDown, column: 40, row: row)))
    #expect(names(&show) != first)
    show.press(.mouse(Mouse(.wheelUp, column: 40, row: row)))
    #expect(names(&show) == first)
  }
}
