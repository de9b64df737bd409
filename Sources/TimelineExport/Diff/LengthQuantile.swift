internal import LambdaLifecycle

/// The quantile of several cold starts that counts: `.ms`, `.p90`, `.ms.max`.
struct LengthQuantile {
  private static let all: [String: Double] = [
    "ms": 50, "median": 50, "min": 0, "p10": 10, "p50": 50, "p90": 90, "max": 100,
  ]

  private let percent: Double

  /// - Parameter words: the text behind a name, with its dot.
  init?(_ words: String) {
    guard words.hasPrefix(".") else { return nil }
    let name = words.hasPrefix(".ms.") ? words.dropFirst(4) : words.dropFirst()
    guard let percent = Self.all[String(name)] else { return nil }
    self.percent = percent
  }

  /// In milliseconds; nil of none.
  func value(of lengths: [Nanoseconds]) -> Double? {
    SortedLengths(lengths).value(atPercent: percent).map { Double($0) / 1_000_000 }
  }
}
