/// AWS's prices, in US dollars: us-east-1, without free tier, taxes and volume discounts.
///
/// From copies of the pricing page as they stood at `date`; a scenario can give its own.
package struct PriceTable: Equatable, Sendable {
  package var date = "2026-11"
  package var requests = 0.20 / 1_000_000
  package var gbSecondX86 = 0.0000166667
  package var gbSecondArm = 0.0000133334
  /// Provisioned concurrency, for the time that an environment is held …
  package var provisionedHeldX86 = 0.0000041667
  package var provisionedHeldArm = 0.0000033334
  /// … and for the time that it runs.
  package var provisionedRunX86 = 0.0000097222
  package var provisionedRunArm = 0.0000077778

  package init() {}
}

extension PriceTable {
  /// Whose prices these are, where and as of when: `AWS's price list, us-east-1, 2026-11`. Those of a scenario are its
  /// own.
  package var origin: String {
    self == PriceTable() ? "AWS's price list, us-east-1, \(date)" : "the scenario's prices of \(date)"
  }

  /// US dollars for a GB that CloudWatch Logs Insights scans: us-east-1, at `date`. Other regions ask more.
  package static let insightsGB = 0.005

  /// US dollars for bytes that CloudWatch Logs Insights scans; a GB is 2^30 of them.
  package static func insights(bytes: Double) -> Double { bytes / 1_073_741_824 * insightsGB }
}
