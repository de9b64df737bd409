/// How much larger values of one sample are than those of another: the median of all differences (Hodges and Lehmann), and
/// between what it lies.
package struct Shift: Equatable, Sendable {
  package let value: Nanoseconds
  package let low: Nanoseconds
  package let high: Nanoseconds

  /// Nil where a sample is empty.
  /// - Parameter confidence: how often the interval holds what it is to hold.
  package init?(from first: [Nanoseconds], to second: [Nanoseconds], confidence: Double = 0.95) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let differences = second.flatMap { value in first.map { value &- $0 } }.sorted()
    let count = differences.count
    let part = (1 - confidence) / 2
    let outside: Int
    if let exact = RankDistribution(first.count, second.count) {
      outside = exact.quantile(part)
    } else {
      let spread = (Double(count) * Double(first.count + second.count + 1) / 12).squareRoot()
      outside = Int((Double(count) / 2 + normalQuantile(part) * spread).rounded(.up))
    }
    let place = min(max(1, outside), (count + 1) / 2)
    value =
      count % 2 == 1
      ? differences[count / 2] : (differences[count / 2 - 1] &+ differences[count / 2]) / 2
    low = differences[place - 1]
    high = differences[count - place]
  }
}
