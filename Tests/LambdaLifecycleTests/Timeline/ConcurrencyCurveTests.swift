import LambdaLifecycle
import Testing

@Suite("Concurrency, cell by cell")
struct ConcurrencyCurveTests {
  /// Each request in an environment of its own, from a second to another.
  private func timeline(_ requests: [(Int64, Int64)]) -> Timeline {
    var log = HandLog()
    for (index, (begin, end)) in requests.enumerated() {
      log.span(.invoke, begin, end, in: "env-\(index)", UInt64(index + 1))
    }
    return log.timeline()
  }

  private func curve(_ timeline: Timeline, width: Int64 = 1, limit: Int64 = 1_000) -> ConcurrencyCurve {
    timeline.concurrency(edges: (0...6).map { .seconds($0 * width) }, limit: .seconds(limit))
  }

  @Test("each cell has the most at once in it; what ends at a moment is not there with what begins then")
  func most() {
    let timeline = timeline([(1, 3), (1, 2), (2, 4), (5, 6)])
    #expect(curve(timeline).cells == [0, 2, 2, 1, 0, 1])
    #expect(curve(timeline, width: 3).cells == [2, 1, 0, 0, 0, 0])
    #expect(curve(timeline).isExact)
    #expect(curve(timeline).peak == 2)
  }

  @Test("nothing after the moment looked at is seen")
  func limit() {
    #expect(curve(timeline([(1, 3), (2, 9)]), limit: 2).cells == [0, 1, 2])
  }

  @Test("of many changes in a cell the peak is no longer exact, and never too high")
  func many() {
    // 100 one after the other, five at a time, all in the first cell.
    let requests = (0..<100).map { index -> (Int64, Int64) in
      let second = Int64(index / 5)
      return (second, second + 1)
    }
    let found = curve(timeline(requests), width: 30)
    #expect(!found.isExact)
    #expect((3...5).contains(found.cells[0]))
    #expect(Array(found.cells.dropFirst()) == [0, 0, 0, 0, 0])
  }
}
