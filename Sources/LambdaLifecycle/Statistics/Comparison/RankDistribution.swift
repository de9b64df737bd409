/// How often each value of Mann and Whitney's U comes about by chance alone, where no two values are alike.
package struct RankDistribution: Sendable {
  /// Of U at most 0, 1, 2 …
  private let cumulative: [Double]

  /// Larger samples are left to the normal distribution, which is as good there.
  private static let most = 40

  /// Nil where the samples are empty, or too large to be counted through.
  package init?(_ first: Int, _ second: Int) {
    guard first > 0, second > 0, first <= Self.most, second <= Self.most else { return nil }
    // The generating function is the product of (1 − x^(second + i)) / (1 − x^i).
    let largest = first * second
    var ways = [Double](repeating: 0, count: largest + 1)
    ways[0] = 1
    for i in 1...first {
      if second + i <= largest {
        for u in stride(from: largest, through: second + i, by: -1) { ways[u] -= ways[u - second - i] }
      }
      if i <= largest { for u in i...largest { ways[u] += ways[u - i] } }
    }
    let all = ways.reduce(0, +)
    var sum = 0.0
    cumulative = ways.map { count in
      sum += count
      return sum / all
    }
  }

  /// How likely U is at most so much.
  package func probability(atMost u: Int) -> Double {
    u < 0 ? 0 : cumulative[min(u, cumulative.count - 1)]
  }

  /// The least value that is not below a part of all.
  func quantile(_ part: Double) -> Int { cumulative.firstIndex { $0 >= part } ?? cumulative.count - 1 }
}
