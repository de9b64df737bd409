/// The handling of an event of Lambda's queue, or of a source that Lambda polls, when its invocation fails or
/// is throttled (asynchronous invocation page). A synchronous caller is left to its own devices.
package struct RetryPolicy: Equatable, Sendable {
  /// How often a function's error is tried again: twice by default.
  package var maximumRetries = 2
  /// The wait before the first retry and before each later one: 1 and 2 minutes.
  package var firstDelay: Nanoseconds = .seconds(60)
  package var laterDelay: Nanoseconds = .seconds(120)
  /// After throttling: doubled each time, from 1 s to 5 minutes.
  package var throttleDelay: Nanoseconds = .seconds(1)
  package var longestThrottleDelay: Nanoseconds = .seconds(300)
  /// After which an event is dropped: 6 hours by default.
  package var maximumAge: Nanoseconds = .seconds(6 * 3_600)

  package init() {}

  /// A function's error is tried again twice by default, after one and after two minutes.
  /// - Parameter retries: those that were before.
  /// - Returns: the wait before the next attempt; nil where there is none.
  func delay(afterFailure retries: Int32) -> Nanoseconds? {
    guard Int(retries) < maximumRetries else { return nil }
    return retries == 0 ? firstDelay : laterDelay
  }

  /// Throttles and errors of the service are tried again for up to six hours, ever more seldom.
  /// - Parameter throttles: those that were before.
  func delay(afterThrottle throttles: Int32) -> Nanoseconds {
    let doublings = min(Int(throttles), 40)
    let longest = longestThrottleDelay
    return throttleDelay > longest >> doublings ? longest : throttleDelay << doublings
  }
}

/// Why an event is given up, as the record for a failure destination names it (asynchronous invocation page).
package enum DropReason: Sendable {
  case retriesExhausted, eventAgeExceeded

  var text: String {
    switch self {
    case .retriesExhausted: "RetriesExhausted"
    case .eventAgeExceeded: "EventAgeExceeded"
    }
  }
}
