/// How long something takes.
package enum DurationModel: Equatable, Sendable {
  case fixed(Nanoseconds)
  case uniform(Nanoseconds, Nanoseconds)
  case exponential(mean: Nanoseconds)
  /// Log-normal by its median and its 99th percentile.
  case logNormal(median: Nanoseconds, p99: Nanoseconds)
  /// One of these lengths, each as likely as the others.
  case empirical([Nanoseconds])

  /// The length that these random bits stand for: never negative, at most 100 years.
  @inline(__always)
  package func sample(_ bits: @autoclosure () -> UInt64) -> Nanoseconds {
    switch self {
    case .fixed(let length): return min(max(0, length), Self.longest)
    case .uniform(let low, let high):
      return whole(Double(low) + unitInterval(bits()) * (Double(high) - Double(low)))
    case .exponential(let mean): return whole(-portableLog(unitInterval(bits())) * Double(mean))
    case .logNormal(let median, let p99):
      guard median > 0, p99 > 0 else { return 0 }
      // 2.3263… is the 99 % quantile of the normal distribution.
      let sigma = portableLog(Double(p99) / Double(median)) / 2.3263478740408408
      return whole(Double(median) * portableExp(sigma * normalQuantile(unitInterval(bits()))))
    case .empirical(let lengths):
      guard !lengths.isEmpty else { return 0 }
      let place = Int((unitInterval(bits()) * Double(lengths.count)).rounded(.down))
      return min(max(0, lengths[min(place, lengths.count - 1)]), Self.longest)
    }
  }

  /// The same, `factor` times as long.
  package func scaled(by factor: Double) -> DurationModel {
    if factor == 1 { return self }
    func scaled(_ length: Nanoseconds) -> Nanoseconds { whole(Double(length) * factor) }
    switch self {
    case .fixed(let length): return .fixed(scaled(length))
    case .uniform(let low, let high): return .uniform(scaled(low), scaled(high))
    case .exponential(let mean): return .exponential(mean: scaled(mean))
    case .logNormal(let median, let p99): return .logNormal(median: scaled(median), p99: scaled(p99))
    case .empirical(let lengths): return .empirical(lengths.map(scaled))
    }
  }

  /// So that a moment plus a length is always a moment.
  private static var longest: Nanoseconds { .seconds(100 * 365 * 86_400) }

  @inline(__always)
  private func whole(_ length: Double) -> Nanoseconds {
    Nanoseconds(min(max(0, length), Double(Self.longest)))
  }
}
