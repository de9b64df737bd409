/// The counts of one function where there are several.
package struct FunctionTally: Equatable, Sendable {
  package var requests = 0
  package var coldStarts = 0
  package var throttles = 0
  /// See `Statistics.refused`.
  package var refused = 0
  package var errors = 0
  package var timeouts = 0
  package var billing = Billing()

  package init() {}

  @inline(__always)
  mutating func answered(_ outcome: Outcome) {
    guard outcome.isBad else { return }
    if outcome == .timeout { timeouts += 1 } else { errors += 1 }
  }
}
