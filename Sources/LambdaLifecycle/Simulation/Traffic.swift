/// A source of requests to one function.
package struct Traffic: Equatable, Sendable {
  /// When the requests arrive, counted from the beginning of the simulation.
  package enum Pattern: Equatable, Sendable {
    /// At these moments, in ascending order.
    case times([Nanoseconds])
    /// The first at `from`, the others each after the same time.
    case every(Nanoseconds, from: Nanoseconds, until: Nanoseconds)
    /// Each after a random gap, the first too; exponential gaps are a Poisson process.
    case gaps(DurationModel, from: Nanoseconds, until: Nanoseconds)
    /// `count` at once, or spread evenly over `spread`.
    case burst(count: Int, at: Nanoseconds, over: Nanoseconds)
    /// A Poisson process whose rate changes evenly from one to the other, in requests a second.
    case ramp(from: Double, to: Double, begin: Nanoseconds, end: Nanoseconds)
    case trace([TracedRequest])
  }

  /// The place of the function in the scenario.
  package var function = 0
  package var pattern: Pattern
  package var invocation = InvocationType.synchronous
  package var kind = RequestKind.normal
  /// How long the handler takes for these requests; nil for as long as the function says.
  package var handler: DurationModel?

  package init(_ pattern: Pattern, function: Int = 0) {
    self.pattern = pattern
    self.function = function
  }
}

/// One request of a trace; a negative length where it does not say.
package struct TracedRequest: Equatable, Sendable {
  /// Counted from the beginning of the simulation.
  package var at: Nanoseconds
  package var function = 0
  /// The handler's.
  package var duration: Nanoseconds = -1
  /// From the arrival to the answer where the request is a cold start: what init leaves of it is the handler's.
  package var coldDuration: Nanoseconds = -1
  /// Of function init, where the request is a cold start.
  package var initDuration: Nanoseconds = -1

  package init(at: Nanoseconds) { self.at = at }
}

/// Who waits for the answer.
package enum InvocationType: Equatable, Sendable {
  /// The caller: a throttle or an error is its business.
  case synchronous
  /// Lambda's queue: errors and throttles are tried again (asynchronous invocation page).
  case asynchronous(RetryPolicy)
  /// A queue or stream that Lambda polls: what fails or is throttled is handed over again.
  case eventSource(RetryPolicy)
}
