/// How often each sum of a sample's ranks comes about by chance alone, whichever values are alike: those share the middle of
/// their ranks. Each way to choose the sample out of all values is as likely.
struct RankSums {
  /// Above that the ways to choose are no longer counted without rounding, and the normal distribution is as good.
  private static let most = 50

  /// Twice what the sum is on average.
  private let mean: Int
  /// Of each sum, doubled.
  private let ways: [Double]

  /// - Parameters:
  ///   - ranks: of all values, doubled, so that half a rank is a whole number.
  ///   - count: how many of them the sample has.
  /// - Returns: nil where they are too many to be counted through.
  init?(of ranks: [Int], choosing count: Int) {
    guard !ranks.isEmpty, ranks.count <= Self.most, (1...ranks.count).contains(count) else { return nil }
    let largest = ranks.sorted().suffix(count).reduce(0, +)
    var ways = [[Double]](repeating: [Double](repeating: 0, count: largest + 1), count: count + 1)
    ways[0][0] = 1
    var reached = 0
    for (before, rank) in ranks.enumerated() {
      reached = min(largest, reached + rank)
      for chosen in stride(from: min(count, before + 1), to: 0, by: -1) where rank <= reached {
        for sum in rank...reached { ways[chosen][sum] += ways[chosen - 1][sum - rank] }
      }
    }
    self.ways = ways[count]
    mean = count * (ranks.count + 1)
  }

  /// How likely a sum is to lie as far from the middle as that, either way.
  func probability(asFarAs sum: Int) -> Double {
    var (far, all) = (0.0, 0.0)
    for (other, count) in ways.enumerated() {
      all += count
      if abs(other - mean) >= abs(sum - mean) { far += count }
    }
    return far / all
  }
}
