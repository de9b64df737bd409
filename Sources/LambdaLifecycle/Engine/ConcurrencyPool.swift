/// Concurrency that one or several functions share: a function's reserved concurrency, or what the account has left.
struct ConcurrencyPool: Sendable {
  let isReserved: Bool
  /// Requests that may be in flight at once.
  var limit: Int
  var inUse = 0
  /// Requests a second: ten for each unit of concurrency (concurrency page).
  var rate: TokenBucket

  init(limit: Int, isReserved: Bool, _ quotas: AccountQuotas) {
    self.isReserved = isReserved
    self.limit = max(0, limit)
    rate = TokenBucket(quotas.requestsPerSecond(self.limit), per: .seconds(1))
  }

  /// Another limit from now on: what runs goes on.
  mutating func change(limit: Int, _ quotas: AccountQuotas, at time: Timestamp) {
    guard max(0, limit) != self.limit else { return }
    self.limit = max(0, limit)
    rate.change(to: quotas.requestsPerSecond(self.limit), at: time)
  }

  /// The reason why one more request may not come; nil where it may.
  @inline(__always)
  mutating func refusal(at time: Timestamp) -> ThrottleReason? {
    guard inUse < limit else {
      return isReserved
        ? .reservedFunctionConcurrentInvocationLimitExceeded : .concurrentInvocationLimitExceeded
    }
    guard rate.take(at: time) else {
      return isReserved ? .reservedFunctionInvocationRateLimitExceeded : .callerRateLimitExceeded
    }
    return nil
  }
}

/// Why a request gets a 429 (`Reason` of TooManyRequestsException, Invoke API).
package enum ThrottleReason: UInt8, CaseIterable, Sendable {
  case concurrentInvocationLimitExceeded
  case reservedFunctionConcurrentInvocationLimitExceeded
  /// The account's requests a second.
  case callerRateLimitExceeded
  case reservedFunctionInvocationRateLimitExceeded
  /// The function adds environments too fast. Which reason AWS gives for this is not documented.
  case functionInvocationRateLimitExceeded

  /// AWS's spelling.
  package var text: String {
    switch self {
    case .concurrentInvocationLimitExceeded: "ConcurrentInvocationLimitExceeded"
    case .reservedFunctionConcurrentInvocationLimitExceeded:
      "ReservedFunctionConcurrentInvocationLimitExceeded"
    case .callerRateLimitExceeded: "CallerRateLimitExceeded"
    case .reservedFunctionInvocationRateLimitExceeded: "ReservedFunctionInvocationRateLimitExceeded"
    case .functionInvocationRateLimitExceeded: "FunctionInvocationRateLimitExceeded"
    }
  }
}
