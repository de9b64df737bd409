// What becomes of an event of Lambda's queue, or of a source that Lambda polls, when its invocation fails or is
// throttled (asynchronous invocation page). A synchronous caller is left to its own devices.

extension Simulator {
  private func policy(_ invocation: Invocation) -> RetryPolicy? {
    let place = Int(requests[invocation].traffic)
    guard place >= 0 else { return nil }
    switch traffic[place].traffic.invocation {
    case .synchronous: return nil
    case .asynchronous(let policy), .eventSource(let policy): return policy
    }
  }

  /// A function's error is tried again twice by default, after one and after two minutes.
  mutating func retryAfterFailure(_ invocation: Invocation, _ log: inout EventLog) {
    guard let policy = policy(invocation) else { return requests.remove(invocation) }
    let retries = Int(requests[invocation].retries)
    guard retries < policy.maximumRetries else { return drop(invocation, "RetriesExhausted", &log) }
    requests[invocation].retries += 1
    tryAgain(invocation, after: retries == 0 ? policy.firstDelay : policy.laterDelay, policy, &log)
  }

  /// Throttles and errors of the service are tried again for up to six hours, ever more seldom.
  mutating func retryAfterThrottle(_ invocation: Invocation, _ log: inout EventLog) {
    guard let policy = policy(invocation) else { return requests.remove(invocation) }
    let doublings = min(Int(requests[invocation].throttles), 40)
    requests[invocation].throttles += 1
    let longest = policy.longestThrottleDelay
    let delay = policy.throttleDelay > longest >> doublings ? longest : policy.throttleDelay << doublings
    tryAgain(invocation, after: delay, policy, &log)
  }

  private mutating func tryAgain(
    _ invocation: Invocation, after delay: Nanoseconds, _ policy: RetryPolicy, _ log: inout EventLog
  ) {
    let time = now &+ max(1, delay)
    guard time &- requests[invocation].firstArrival <= policy.maximumAge else {
      return drop(invocation, "EventAgeExceeded", &log)
    }
    push(.retry(invocation), 0, at: time)
  }

  /// - Parameter condition: as the record for a failure destination names it.
  private mutating func drop(_ invocation: Invocation, _ condition: String, _ log: inout EventLog) {
    if keepsEvents {
      emit(.requestDropped(reason: log.catalog.name(condition)), of: invocation, to: &log)
    } else {
      statistics.drops += 1
    }
    requests.remove(invocation)
  }

  mutating func retry(_ invocation: Invocation, _ log: inout EventLog) {
    if !keepsEvents { statistics.retries += 1 }
    attempt(invocation, &log)
  }
}
