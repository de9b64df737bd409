internal import Histogram

/// Quantiles of lengths of time in constant memory: an HdrHistogram of microseconds, exact to 0.1 %.
package struct Quantiles: Sendable {
  private var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
  /// The longest, exact.
  package private(set) var max: Nanoseconds = 0

  package init() {}

  package var count: Int { Int(histogram.totalCount) }

  package mutating func record(_ length: Nanoseconds) {
    histogram.record(UInt64(Swift.max(0, length)) / 1_000)
    if length > max { max = length }
  }

  /// The length that `percent` of all do not exceed; nil when there is none.
  package func value(atPercent percent: Double) -> Nanoseconds? {
    guard count > 0 else { return nil }
    return min(Nanoseconds(clamping: histogram.valueAtPercentile(percent)) &* 1_000, max)
  }

  package var median: Nanoseconds? { value(atPercent: 50) }
}
