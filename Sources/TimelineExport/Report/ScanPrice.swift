internal import LambdaLifecycle

/// The price that CloudWatch Logs Insights takes for so many bytes that it scans, in words.
package struct ScanPrice: CustomStringConvertible {
  private let bytes: Double

  package init(bytes: Double) { self.bytes = bytes }

  /// `12.5 GB, $0.06 (us-east-1: $0.005 a GB, AWS's price list of 2026-11)`
  package var description: String {
    "\(size), \(dollars) (us-east-1: $\(PriceTable.insightsGB) a GB, AWS's price list of \(PriceTable().date))"
  }

  private var size: String {
    let units = [("GB", 1_073_741_824.0), ("MB", 1_048_576), ("KB", 1_024)]
    let (name, size) = units.first { bytes >= $0.1 } ?? ("KB", 1_024)
    return "\(number(bytes / size, places: 1)) \(name)"
  }

  private var dollars: String {
    let amount = PriceTable.insights(bytes: bytes)
    return amount > 0 && amount < 0.01 ? "less than $0.01" : "$\(number(amount, places: 2))"
  }
}
