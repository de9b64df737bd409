package import LambdaLifecycle

extension DurationModel {
  /// The time that idle environments were seen to live: observed, not documented.
  ///
  /// Reclaimed after 4 idle minutes 0.3 %, after 5 still 0.3 %, after 6 40.6 %, after 7 all (M. Shilkov, mikhail.io,
  /// 2021-01); real SIGTERMs of 2023 and 2024 came after 5 min 28 s to 6 min 8 s. In between this simulation takes every
  /// moment for equally likely. A thousand lengths, each as likely as the others.
  package static let observedIdleTimeout = DurationModel.empirical(
    (0..<1_000).map { place in
      let perMille = Int64(place)
      return switch perMille {
      case ..<3: .seconds(240)
      case ..<406: .seconds(300) + .seconds(60) * (2 * (perMille - 3) + 1) / (2 * 403)
      default: .seconds(360) + .seconds(60) * (2 * (perMille - 406) + 1) / (2 * 594)
      }
    })
}
