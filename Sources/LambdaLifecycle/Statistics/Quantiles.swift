/// Quantiles of lengths of time in constant memory: the first thousand exactly, then counts of microseconds, exact to
/// 0.1 %.
package struct Quantiles: Sendable {
  /// All lengths in order, as long as they are few.
  private var few: [Nanoseconds] = []
  /// Of all lengths, once they are many: most sessions never need its thousands of counters.
  private var many: LengthCounts?
  private static let fewLimit = 1_000

  package private(set) var count = 0
  /// The shortest and the longest, exact.
  private var min: Nanoseconds = .max
  package private(set) var max: Nanoseconds = 0

  package init() {}

  package mutating func record(_ length: Nanoseconds) {
    let length = Swift.max(0, length)
    count += 1
    if length < min { min = length }
    if length > max { max = length }
    guard count > Self.fewLimit else { return insert(length) }
    if count == Self.fewLimit + 1 { beginCounts() }
    many?.record(UInt64(length) / 1_000)
  }

  private mutating func beginCounts() {
    var counts = LengthCounts()
    for length in few { counts.record(UInt64(length) / 1_000) }
    many = counts
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
    guard percent > 0 else { return min }
    let rank = Swift.min(Swift.max(Int((percent / 100 * Double(count)).rounded(.up)), 1), count)
    guard let many else { return few[rank - 1] }
    return Swift.min(Nanoseconds(clamping: many.value(ofRank: rank)) &* 1_000, max)
  }

  package var median: Nanoseconds? { value(atPercent: 50) }

  /// How many lengths lie in each of the stretches between `edges`, which rise. A length on an edge belongs to the
  /// stretch that begins there. The cost does not depend on how many lengths there are.
  package func counts(between edges: [Nanoseconds]) -> [Int] {
    let before = edges.map { edge in
      many?.count(before: UInt64(Swift.max(0, edge)) / 1_000) ?? few.partitionPoint { $0 < edge }
    }
    return zip(before, before.dropFirst()).map { $1 - $0 }
  }
}
