/// Mann and Whitney's test: whether values of one sample tend to be larger than those of another. It asks for no shape of
/// either, so that a few starts which the machine has disturbed do not decide.
package struct RankTest: Sendable {
  /// Pairs in which the second is larger; of those that are alike, half.
  package let u: Double
  /// How likely ranks are to differ as much as this or more, either way, where nothing differs.
  package let p: Double

  package init(_ first: [Nanoseconds], _ second: [Nanoseconds]) {
    let (n, m) = (Double(first.count), Double(second.count))
    guard n > 0, m > 0 else {
      (u, p) = (0, 1)
      return
    }
    let all = (first.map { ($0, false) } + second.map { ($0, true) }).sorted { $0.0 < $1.0 }
    var rankSum = 0.0
    var tied = 0.0
    // Doubled, for whole numbers.
    var ranks: [Int] = []
    var begin = 0
    while begin < all.count {
      var end = begin
      while end < all.count, all[end].0 == all[begin].0 { end += 1 }
      let count = Double(end - begin)
      let rank = Double(begin + end + 1) / 2
      rankSum += rank * Double(all[begin..<end].count { $0.1 })
      tied += count * count * count - count
      ranks += repeatElement(begin + end + 1, count: end - begin)
      begin = end
    }
    let u = rankSum - m * (m + 1) / 2
    self.u = u
    if tied == 0, let exact = RankDistribution(first.count, second.count) {
      p = min(1, 2 * exact.probability(atMost: Int(min(u, n * m - u))))
    } else if tied > 0, let exact = RankSums(of: ranks, choosing: second.count) {
      p = exact.probability(asFarAs: Int(2 * rankSum))
    } else {
      let sum = n + m
      let variance = n * m / 12 * (sum + 1 - tied / (sum * (sum - 1)))
      // The half is because U goes in steps.
      let distance = max(0, (u - n * m / 2).magnitude - 0.5)
      p = variance > 0 ? min(1, 2 * normalUpperTail(distance / variance.squareRoot())) : 1
    }
  }

  /// The least that it can say of so many values each; more than any level where they are too few.
  package static func leastP(_ first: Int, _ second: Int) -> Double {
    RankDistribution(first, second).map { 2 * $0.probability(atMost: 0) }
      ?? (first > 0 && second > 0 ? 0 : 1)
  }

  /// Of how many values each it takes to say anything at that level, `least` or more.
  package static func leastCount(level: Double, from least: Int) -> Int {
    var count = max(1, least)
    while leastP(count, count) > level { count += 1 }
    return count
  }
}
