// What becomes of an event of Lambda's queue, or of a source that Lambda polls, when its invocation fails or is
// throttled (asynchronous invocation page). A synchronous caller is left to its own devices.

extension Simulator {
  private func policy(_ request: SimulatedRequest) -> RetryPolicy? {
    guard request.traffic >= 0 else { return nil }
    switch traffic[Int(request.traffic)].traffic.invocation {
    case .synchronous: return nil
    case .asynchronous(let policy), .eventSource(let policy): return policy
    }
  }

  /// A function's error is tried again twice by default, after one and after two minutes.
  mutating func retryAfterFailure(_ request: SimulatedRequest, _ log: inout EventLog) {
    guard let policy = policy(request) else { return }
    guard Int(request.retries) < policy.maximumRetries else { return drop(request, "RetriesExhausted", &log) }
    var request = request
    let delay = request.retries == 0 ? policy.firstDelay : policy.laterDelay
    request.retries += 1
    tryAgain(request, after: delay, policy, &log)
  }

  /// Throttles and errors of the service are tried again for up to six hours, ever more seldom.
  mutating func retryAfterThrottle(_ request: SimulatedRequest, _ log: inout EventLog) {
    guard let policy = policy(request) else { return }
    var request = request
    let doublings = min(Int(request.throttles), 40)
    request.throttles += 1
    let longest = policy.longestThrottleDelay
    let delay = policy.throttleDelay > longest >> doublings ? longest : policy.throttleDelay << doublings
    tryAgain(request, after: delay, policy, &log)
  }

  private mutating func tryAgain(
    _ request: SimulatedRequest, after delay: Nanoseconds, _ policy: RetryPolicy, _ log: inout EventLog
  ) {
    let time = now &+ max(1, delay)
    guard time &- request.firstArrival <= policy.maximumAge else {
      return drop(request, "EventAgeExceeded", &log)
    }
    var request = request
    request.hasFailed = false
    request.isVoid = false
    push(.retry(requests.add(request)), 0, at: time)
  }

  /// - Parameter condition: as the record for a failure destination names it.
  private mutating func drop(_ request: SimulatedRequest, _ condition: String, _ log: inout EventLog) {
    if keepsEvents {
      emit(.requestDropped(reason: log.catalog.name(condition)), of: request, to: &log)
    } else {
      statistics.dropped += 1
    }
  }

  mutating func retry(_ invocation: Invocation, _ log: inout EventLog) {
    if !keepsEvents { statistics.retries += 1 }
    requests.remove(invocation)
    attempt(requests[invocation], &log)
  }
}
