package import LambdaEventFormats
package import LambdaLifecycle

/// The bytes that a query of CloudWatch Logs Insights scans, before it is asked. Its price is by the bytes
/// scanned, whatever it finds.
package struct ScanEstimate: Equatable, Sendable {
  /// Of the stretch, once.
  package private(set) var bytes: Double = 0
  /// Log groups of which AWS does not give the size, and which are not in `bytes`.
  package private(set) var unknown = 0

  /// - Parameter stretch: each log group is taken to have events spread evenly over the time for which it
  ///   keeps them.
  package init(_ groups: [LogGroupDescription], _ stretch: Range<Timestamp>) {
    for group in groups {
      guard group.storedBytes > 0 else {
        unknown += 1
        continue
      }
      let age = group.created.map { stretch.upperBound &- $0 } ?? .max
      let kept = max(1, min(age, group.retention ?? .max))
      let asked = stretch.upperBound &- stretch.lowerBound
      // All of a log group whose age is not known may lie in the stretch.
      let share = kept == .max ? 1 : min(1, Double(asked) / Double(kept))
      bytes += Double(group.storedBytes) * share
    }
  }
}
