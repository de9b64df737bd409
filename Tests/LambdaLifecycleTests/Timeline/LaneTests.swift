import LambdaLifecycle
import Testing

@Suite("Lanes")
struct LaneTests {
  private typealias Stretch = (start: Timestamp, end: Timestamp)

  /// Random stretches at nanoseconds of our day, overlapping; one in ten is open, one in ten comes late.
  private static func stretches(_ dice: inout Dice) -> [Stretch] {
    var time = 1_700_000_000_000_000_000 as Timestamp
    var stretches: [Stretch] = []
    for _ in 0..<2_000 {
      time += dice.roll(2_000_000)
      let start = dice.chance(10) ? time - dice.roll(500_000_000) : time
      stretches.append((start, dice.chance(10) ? .never : start + dice.roll(5_000_000)))
    }
    return stretches
  }

  @Test(
    "a cell's share, by running sums, is what a walk over all spans finds",
    arguments: 1...4 as ClosedRange<UInt64>)
  func shares(seed: UInt64) {
    var dice = Dice(seed)
    let stretches = Self.stretches(&dice)
    var lane = Lane()
    for stretch in stretches {
      lane.starts.insert(stretch.start)
      if stretch.end != .never { lane.ends.insert(stretch.end) }
    }
    lane.settle()
    let first = stretches.map(\.start).min() ?? 0
    let last = stretches.map(\.start).max() ?? 0
    for _ in 0..<10 {
      let start = first - 1_000_000 + dice.roll(last - first)
      let width = 1 + dice.roll((last - start) / 40 + 1)
      let limit = dice.chance(50) ? Timestamp.never : start + dice.roll(60 * width)
      var found: [Int: Lane.Share] = [:]
      // Some cells are wider than the others, as where the picture is squeezed.
      var edges = [start]
      for _ in 0..<60 { edges.append((edges.last ?? start) + width * (dice.chance(10) ? 7 : 1)) }
      lane.shares(edges: edges, limit: limit) { found[$0] = $1 }
      for (column, (left, right)) in zip(edges, edges.dropFirst()).enumerated() {
        var expected = Self.walk(stretches, left, min(right, limit))
        // A stretch cut by the limit does not reach the cell's right edge.
        if right > limit { expected.touchesEnd = false }
        #expect(found[column] ?? Lane.Share() == expected, "column \(column)")
      }
    }
  }

  private static func walk(_ stretches: [Stretch], _ left: Timestamp, _ right: Timestamp) -> Lane.Share {
    var share = Lane.Share()
    guard left < right else { return share }
    for (start, end) in stretches {
      share.covered += max(0, min(end, right) - max(start, left))
      if start > left, start <= right { share.begun += 1 }
      if start <= left, end > left { share.touchesStart = true }
      if start <= right, end > right { share.touchesEnd = true }
    }
    return share
  }

  @Test("open(at:) counts a span from its begin on, and not at its end")
  func open() {
    var lane = Lane()
    lane.starts.insert(10)
    lane.ends.insert(20)
    lane.starts.insert(20)
    #expect([9, 10, 19, 20, 1_000].map(lane.open) == [0, 1, 1, 1, 1])
  }
}
