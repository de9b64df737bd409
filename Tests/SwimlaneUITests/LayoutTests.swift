import LambdaLifecycle
import Testing

@testable import SwimlaneUI

@Suite("Where the parts of the screen are")
struct LayoutTests {
  private func layout(_ rows: Int, lanes: [Int], _ sections: [(Int, Int)]) -> Layout {
    Layout(
      Layout.Sides(columns: 120), rows: rows, lanes: lanes,
      sections: sections.map { SectionHeight(minimum: $0.0, wanted: $0.1) })
  }

  @Test("sections have their minimum, then the lanes what they need, then sections what they want")
  func priorities() {
    // 35 rows are free.
    let free = layout(40, lanes: [8], [(5, 5), (6, 11)])
    #expect(free.environments.count == 19)
    #expect(free.sections.map(\.count) == [5, 11])
    let crowded = layout(40, lanes: [89, 17], [(5, 5), (6, 11)])
    #expect(crowded.environments.count == 19)
    let full = layout(40, lanes: [24], [(5, 5), (6, 11)])
    #expect(full.environments.count == 24)
    #expect(full.sections.map(\.count) == [5, 6])
    // More lanes than there is room for have all that the minima leave.
    #expect(layout(40, lanes: [900, 1_007], [(5, 5), (6, 11)]).environments.count == 24)
  }

  @Test("the first sections have priority; what has no room is left out, the lanes keep theirs")
  func noRoom() {
    let small = layout(24, lanes: [8], [(8, 8), (5, 5), (6, 11)])
    #expect(small.environments.count == 8)
    #expect(small.sections.map(\.count) == [8, 3, 0])
    #expect(layout(10, lanes: [8], [(3, 3)]).environments.count == 2)
  }

  @Test("all rows are used, from top to bottom", arguments: [10, 13, 24, 40, 60])
  func rows(count: Int) {
    for pane in Pane.allCases {
      let sections = Viewer.panes(with: pane, rows: count).map { _ in (3, 7) }
      let found = layout(count, lanes: [26, 11], sections)
      #expect(found.environments.lowerBound == 3)
      var row = found.environments.upperBound
      for section in found.sections {
        #expect(section.lowerBound == row)
        row = section.upperBound
      }
      #expect(row == count - 2)
      #expect(found.footerRow == count - 1)
    }
  }

  @Test("a large screen shows what is happening and another pane; a small one the chosen pane alone")
  func panes() {
    #expect(Viewer.panes(with: .why, rows: 10) == [])
    #expect(Viewer.panes(with: .requests, rows: 10) == [.requests])
    #expect(Viewer.panes(with: .why, rows: 24) == [.why])
    #expect(Viewer.panes(with: .why, rows: 40) == [.why, .details])
    #expect(Viewer.panes(with: .statistics, rows: 40) == [.why, .statistics])
    #expect(Viewer.panes(with: .requests, rows: 60) == [.why, .details, .requests])
  }

  @Test("tab goes to what is not on the screen yet, and round", arguments: [24, 40, 60])
  func tab(rows: Int) {
    var show = Show()
    _ = show.frame(120, rows)
    var seen: [Pane] = [show.viewer.pane]
    for _ in 0..<5 {
      show.press(.tab)
      seen.append(show.viewer.pane)
    }
    let expected: [Pane] =
      switch rows {
      case 24: [.why, .details, .requests, .statistics, .events, .why]
      case 40: [.why, .requests, .statistics, .events, .why, .requests]
      default: [.why, .requests, .statistics, .events, .why, .requests]
      }
    #expect(seen == expected)
  }

  @Test("buckets cover what they are asked for, in whole powers of ten")
  func buckets() {
    let buckets = Buckets(from: .milliseconds(42), to: .milliseconds(1_300), columns: 40)
    #expect(buckets.decades.map(\.begin) == [.milliseconds(10), .milliseconds(100), .seconds(1)])
    #expect(buckets.edges.first == .milliseconds(10))
    #expect(buckets.edges.last == .seconds(10))
    #expect(buckets.edges.count == 3 * buckets.perDecade + 1)
    #expect(buckets.edges == buckets.edges.sorted())
    #expect(buckets.perDecade == 12)
    // Lengths that nothing real has.
    #expect(Buckets(from: .max - 1, to: .max, columns: 40).edges.last == 1_000_000_000_000_000_000)
    #expect(!Buckets(from: 0, to: .max, columns: 400).edges.isEmpty)
    #expect(Buckets(from: 0, to: 0, columns: 40).decades.map(\.begin) == [1_000])
    #expect(Buckets(from: .milliseconds(1), to: .seconds(900), columns: 3).edges.isEmpty)
    // A moment on the last edge has a bucket.
    #expect(Buckets(from: .seconds(1), to: .seconds(10), columns: 40).edges.last == .seconds(100))
  }
}
