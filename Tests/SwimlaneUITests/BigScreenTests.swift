import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// The style for a projector.
@Suite("Big screens")
struct BigScreenTests {
  private func warm() -> Show {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 4_000)
    show.perform(.request(.normal))
    show.go(to: 6_000)
    show.press(.character("B"))
    return show
  }

  @Test("lanes of two rows, the text with room, few keys", arguments: [(120, 40), (200, 60), (80, 24)])
  func thick(columns: Int, rows: Int) throws {
    var show = warm()
    let frame = show.frame(columns, rows)
    try expectScreen("big-\(columns)x\(rows)", frame)
    let lines = frame.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lane = try #require(lines.firstIndex { $0.hasPrefix("    invoke") })
    // The second row has the bar and no label.
    #expect(lines[lane + 1].hasPrefix("     ") && lines[lane + 1].contains("█"))
  }

  @Test("where thick lanes have no room, they are as always", arguments: [(60, 16), (40, 10)])
  func graceful(columns: Int, rows: Int) throws {
    var show = warm()
    let big = show.frame(columns, rows).text.split(separator: "\n").map(String.init)
    show.press(.character("B"))
    let normal = show.frame(columns, rows).text.split(separator: "\n").map(String.init)
    #expect(big.contains { $0.hasPrefix("▾ env-1") || $0.hasPrefix("▸ env-1") })
    #expect(big[0] == normal[0])
  }

  @Test("five environments; the second row of a collapsed bar has no letters and no frozen line")
  func burst() throws {
    var show = warm()
    for _ in 0..<5 { show.perform(.request(.normal)) }
    show.go(to: 8_000)
    try expectScreen("big-burst-120x40", show.frame(120, 40))
  }

  @Test("the mouse finds environments in thick rows")
  func mouse() throws {
    var show = warm()
    for _ in 0..<5 { show.perform(.request(.normal)) }
    show.go(to: 8_000)
    let lines = show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains(" env-3 ") })
    show.press(
      .mouse(Mouse(.press, column: 60, row: row + 1)), .mouse(Mouse(.release, column: 60, row: row + 1)))
    #expect(show.viewer.selected.map { show.session.log.catalog.text($0) } == "env-3")
  }

  @Test("B again is the normal style; in a large crowd bars are of two rows, and the list scrolls")
  func back() {
    var show = warm()
    show.press(.character("B"))
    var normal = Show()
    normal.perform(.request(.normal))
    normal.go(to: 4_000)
    normal.perform(.request(.normal))
    normal.go(to: 6_000)
    #expect(show.frame(120, 40) == normal.frame(120, 40))
    for _ in 0..<60 { show.perform(.request(.normal)) }
    show.go(to: 9_000)
    show.press(.character("B"))
    let rows = show.frame(120, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
    let heads = rows.indices.filter { rows[$0].hasPrefix("▸ env-") }
    #expect(heads.count >= 8)
    #expect(zip(heads, heads.dropFirst()).allSatisfy { $1 - $0 == 2 })
  }
}
