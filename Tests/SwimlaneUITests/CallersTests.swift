import LambdaLifecycle
import Testing

@testable import SwimlaneUI

/// The waits of the latest callers, as bars from one beginning.
@Suite("Callers")
struct CallersTests {
  private func lines(_ show: inout Show, _ columns: Int = 120, _ rows: Int = 40) -> [String] {
    show.frame(columns, rows).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The rows below the strip's rule.
  private func callers(_ show: inout Show, _ columns: Int = 120, _ rows: Int = 40) -> [String] {
    lines(&show, columns, rows).drop { !$0.hasPrefix("─ callers ") }.dropFirst().prefix { !$0.hasPrefix("─") }
      .map { $0 }
  }

  /// The widths of the callers' bars, in columns.
  private func widths(_ show: inout Show) -> [Int] {
    let frame = show.frame(120, 40)
    let rows = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let rule = rows.firstIndex(where: { $0.hasPrefix("─ callers ") }) else { return [] }
    return rows[(rule + 1)...].prefix { !$0.hasPrefix("─") }.indices.map { row in
      (28..<120).prefix { column in
        let cell = frame[column, row]
        return cell.style.background != .screen
          || cell.style.foreground != .text && cell.glyph != Cell.blank.glyph
      }.count
    }
  }

  /// A cold request, and a warm one 3 s later.
  private func two() -> Show {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 4_000)
    show.perform(.request(.normal))
    show.go(to: 5_000)
    return show
  }

  @Test("a cold start above a warm one: both from the left, in one unit, as long as they took")
  func lengths() throws {
    var show = two()
    let rows = callers(&show)
    try #require(rows.count == 2)
    #expect(rows[0].contains("▼ COLD") && rows[0].contains("1.27 s"))
    #expect(rows[1].contains("▽ WARM") && rows[1].contains("0.06 s"))
    // 1,274 ms and 63 ms of handler: bars of as many columns.
    let bars = widths(&show)
    #expect(bars[0] > 70 && abs(bars[1] - bars[0] * 63 / 1_274) <= 1, "\(bars)")
    for columns in [80, 120, 200] {
      let (first, second) = (callers(&show, columns, 40)[0], callers(&show, columns, 40)[1])
      #expect(first.contains("COLD") && second.contains("WARM"))
    }
  }

  @Test("while a caller waits, its bar grows on a scale that stands still, and the others do not move")
  func growing() {
    var show = Show()
    show.perform(.request(.normal))
    var widths: [Int] = []
    for moment: Int64 in [520, 640, 760, 880, 990] {
      show.go(to: moment)
      #expect(callers(&show)[0].contains("waits"))
      widths.append(self.widths(&show)[0])
    }
    #expect(widths == widths.sorted() && Set(widths).count == widths.count, "\(widths)")
  }

  @Test("after many warm requests, the last cold start still stands above them")
  func earlier() throws {
    var show = two()
    for second in 5..<25 {
      show.perform(.request(.normal))
      show.go(to: Int64(second + 1) * 1_000)
    }
    let rows = callers(&show)
    #expect(rows[0].contains("COLD") && rows[0].contains("earlier"))
    #expect(rows.dropFirst().allSatisfy { $0.contains("WARM") })
    // A small screen keeps it, too.
    let few = callers(&show, 80, 24)
    #expect(few.count >= 2 && few[0].contains("COLD"))
  }

  @Test("however many warm ones there are, a cold start is in sight", arguments: 1...12)
  func always(warm: Int) {
    var show = Show()
    for second in 0...warm {
      show.perform(.request(.normal))
      show.go(to: Int64(second + 1) * 2_000)
    }
    #expect(callers(&show).contains { $0.contains("COLD") })
  }

  @Test("with room for two of three, the cold start stays and the older warm one goes")
  func fewRows() throws {
    var show = two()
    show.perform(.request(.normal))
    show.go(to: 6_000)
    let timeline = show.session.timeline
    let all = Callers(most: 3, timeline, at: show.session.playhead.time)
    try #require(all.rows.count == 3)
    #expect(all.latest(2, in: timeline).map(\.place) == [0, 2])
    #expect(all.latest(2, in: timeline)[0].isEarlier)
    #expect(all.latest(3, in: timeline).map(\.place) == [0, 1, 2])
    #expect(all.latest(3, in: timeline).allSatisfy { !$0.isEarlier })
  }

  @Test("requests that are refused one after the other are one row, which counts them")
  func refused() {
    var scenario = Scenario.playground
    scenario.functions[0].reservedConcurrency = 1
    var show = Show(scenario)
    show.perform(.request(.normal, count: 5))
    show.go(to: 3_000)
    let rows = callers(&show)
    #expect(rows.contains { $0.contains("✖ 4× 429") && $0.contains("throttled: reserved concurrency") })
    #expect(rows.contains { $0.contains("COLD") })
  }

  @Test("a bad answer says in red what went wrong")
  func failed() {
    var show = two()
    show.perform(.request(.hang))
    show.go(to: 9_000)
    #expect(callers(&show).last { !$0.isEmpty }.map { $0.contains("timeout") } == true)
  }

  @Test("the filter counts here as well, and says so")
  func filtered() {
    var show = two()
    for _ in 0..<2 { show.perform(.request(.normal)) }
    show.go(to: 8_000)
    show.type("/env-2")
    show.press(.enter)
    let all = lines(&show)
    #expect(all.contains { $0.hasPrefix("─ callers  filtered: env-2") })
    #expect(callers(&show).count == 1)
  }

  @Test(
    "in units that compare",
    arguments: [
      (63, 1_274, "0.06 s"), (2, 1_274, "2.0 ms"), (63, 400, "63 ms"), (1_310, 1_310, "1.31 s"),
      (1_310, 25_000, "1.3 s"),
    ])
  func units(length: Int64, longest: Int64, expected: String) {
    #expect(text(ofWait: .milliseconds(length), beside: .milliseconds(longest)) == expected)
  }
}
