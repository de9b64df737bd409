package import LambdaEventFormats
package import LambdaLifecycle

/// What a query of CloudWatch Logs Insights scans, before it is asked. It is paid by what it scans, whatever it finds.
package struct ScanEstimate: Equatable, Sendable {
  /// Of the stretch, once.
  package private(set) var bytes: Double = 0
  /// Log groups of which AWS does not tell what they store, and which are not in `bytes`.
  package private(set) var unknown = 0

  /// - Parameter stretch: as events are spread evenly over the time they are kept, this is what each log group has in it.
  package init(_ groups: [LogGroupDescription], _ stretch: Range<Timestamp>) {
    for group in groups {
      guard group.storedBytes > 0 else {
        unknown += 1
        continue
      }
      let age = group.created.map { stretch.upperBound &- $0 } ?? .max
      let kept = max(1, min(age, group.retention ?? .max))
      let asked = stretch.upperBound &- stretch.lowerBound
      // Of a log group whose age nobody tells all may lie in the stretch.
      let share = kept == .max ? 1 : min(1, Double(asked) / Double(kept))
      bytes += Double(group.storedBytes) * share
    }
  }
}
