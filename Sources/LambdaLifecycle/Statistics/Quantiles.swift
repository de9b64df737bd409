internal import Histogram

/// Quantiles of lengths of time in constant memory: the first thousand exactly, then an HdrHistogram of microseconds,
/// exact to 0.1 %.
package struct Quantiles: Sendable {
  /// All lengths in order, as long as they are few.
  private var few: [Nanoseconds] = []
  /// Of all lengths, once they are many: most sessions never need its thousands of counters.
  private var histogram: Histogram<UInt64>?
  private static let fewLimit = 1_000

  package private(set) var count = 0
  /// The longest, exact.
  package private(set) var max: Nanoseconds = 0

  package init() {}

  package mutating func record(_ length: Nanoseconds) {
    let length = Swift.max(0, length)
    count += 1
    if length > max { max = length }
    guard count > Self.fewLimit else { return insert(length) }
    if count == Self.fewLimit + 1 { beginHistogram() }
    histogram?.record(UInt64(length) / 1_000)
  }

  private mutating func beginHistogram() {
    var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    for length in few { histogram.record(UInt64(length) / 1_000) }
    self.histogram = histogram
    few = []
  }

  private mutating func insert(_ length: Nanoseconds) {
    var place = few.count
    while place > 0, few[place - 1] > length { place -= 1 }
    few.insert(length, at: place)
  }

  /// The least recorded length that `percent` of all do not exceed; nil when there is none.
  package func value(atPercent percent: Double) -> Nanoseconds? {
    guard count > 0 else { return nil }
    if let histogram {
      return min(Nanoseconds(clamping: histogram.valueAtPercentile(percent)) &* 1_000, max)
    }
    let rank = Int((percent / 100 * Double(count)).rounded(.up))
    return few[min(Swift.max(rank, 1), count) - 1]
  }

  package var median: Nanoseconds? { value(atPercent: 50) }

  /// How many lengths lie in each of the stretches between `edges`, which rise. A length on an edge belongs to the
  /// stretch that begins there. The cost does not depend on how many lengths there are.
  package func counts(between edges: [Nanoseconds]) -> [Int] {
    zip(edges, edges.dropFirst()).map { low, high in
      guard let histogram else {
        return few.partitionPoint { $0 < high } - few.partitionPoint { $0 < low }
      }
      // Its values are microseconds, and stand for all that it cannot tell apart.
      let (low, high) = (UInt64(Swift.max(0, low)) / 1_000, UInt64(Swift.max(0, high)) / 1_000)
      let end = histogram.lowestEquivalentForValue(high)
      guard end > low, histogram.lowestEquivalentForValue(low) <= histogram.maxRecorded else { return 0 }
      return Int(histogram.count(within: low...(end - 1)))
    }
  }
}
