/// A few lengths of time in order, all of them: some may be negative, as the unexplained rest is where parts
/// were reported too long.
package struct SortedLengths: Sendable {
  private let lengths: [Nanoseconds]

  package init(_ lengths: [Nanoseconds]) { self.lengths = lengths.sorted() }

  /// The least length that `percent` of all do not exceed, as `Quantiles` has it; nil when there is none.
  package func value(atPercent percent: Double) -> Nanoseconds? {
    guard !lengths.isEmpty else { return nil }
    let rank = Int((percent / 100 * Double(lengths.count)).rounded(.up))
    return lengths[min(max(rank, 1), lengths.count) - 1]
  }

  package var median: Nanoseconds? { value(atPercent: 50) }
}
