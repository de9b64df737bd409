import LambdaLifecycle
import Testing

@Suite("Edges")
struct EdgesTests {
  @Test("insert, remove and cut, against a plain sorted array", arguments: 1...20 as ClosedRange<UInt64>)
  func operations(seed: UInt64) {
    var dice = Dice(seed)
    var edges = Edges()
    var plain: [Timestamp] = []
    var time: Timestamp = 0
    for _ in 0..<2_000 {
      switch dice.roll(100) {
      case ..<70:
        time += dice.roll(5)
        edges.insert(time)
        plain.append(time)
      case ..<90:
        let late = max(0, time - dice.roll(400))
        edges.insert(late)
        plain.append(late)
      case ..<99:
        let some = plain.isEmpty || dice.chance(20) ? time + 1 : plain[Int(dice.roll(Int64(plain.count)))]
        edges.remove(some)
        if let index = plain.firstIndex(of: some) { plain.remove(at: index) }
      default:
        time = max(0, time - dice.roll(100))
        edges.removeAll(after: time)
        plain.removeAll { $0 > time }
      }
      if dice.chance(5) { check(&edges, &plain, &dice) }
    }
    check(&edges, &plain, &dice)
  }

  private func check(_ edges: inout Edges, _ plain: inout [Timestamp], _ dice: inout Dice) {
    plain.sort()
    edges.settle()
    #expect(edges.times == plain)
    var sums: [Int64] = [0]
    for time in plain { sums.append(sums[sums.count - 1] + time) }
    let counts = [0, plain.count, plain.count / 2, Int(dice.roll(Int64(plain.count + 1)))]
    for count in counts { #expect(edges.sum(ofFirst: count) == sums[count]) }
    for _ in 0..<4 {
      let time = dice.roll((plain.last ?? 0) + 3) - 1
      let expected = plain.count { $0 <= time }
      #expect(edges.count(upTo: time) == expected)
      #expect(edges.count(upTo: time, from: Int(dice.roll(Int64(expected + 1)))) == expected)
      #expect(edges.contains(time) == plain.contains(time))
    }
  }

  @Test("a stream that comes in reverse is sorted all the same")
  func reverse() {
    var edges = Edges()
    for time in (0..<5_000).reversed() { edges.insert(Timestamp(time)) }
    edges.settle()
    #expect(edges.times == Array(0..<5_000))
    #expect(edges.sum(ofFirst: 5_000) == 4_999 * 5_000 / 2)
  }

  @Test("sums of times of our day wrap; their differences are right nevertheless")
  func wrapping() {
    var lane = Lane()
    let start: Timestamp = 1_700_000_000_000_000_000
    for index in 0..<1_000 as Range<Int64> {
      lane.starts.insert(start + 10 * index)
      lane.ends.insert(start + 10 * index + 3)
    }
    let all =
      lane.covered(start + 10_000, starts: 1_000, ends: 1_000) - lane.covered(start, starts: 0, ends: 0)
    #expect(all == 3_000)
  }
}
