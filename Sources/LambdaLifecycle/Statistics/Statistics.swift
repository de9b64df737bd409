/// The kind of start that a request waited for before its invocation.
package enum StartKind: UInt8, Sendable {
  case warm
  /// An environment's first init or restore.
  case cold
  /// An init after a reset, inside its own invocation. A request that has waited for a first init that failed, and then
  /// for the next one, is a cold start.
  case reinit
  /// Nothing, and it is the first request of its environment: that had been initialized ahead of it, as provisioned
  /// concurrency does, and on demand Lambda at times (execution environment page).
  case ahead
}

/// The figures of a session.
///
/// A cold start is a request that had to wait for an environment's first init or restore; a re-init after a reset is
/// counted apart. Errors are requests that ended badly in another way than by timeout. Lambda's retry of an
/// asynchronous event is a request of its own.
package struct Statistics: Sendable {
  package var requests = 0
  package var coldStarts = 0
  /// Requests that had to wait for a re-init; none of them is a cold start.
  package var reinits = 0
  /// Environments that had been initialized ahead of their first request: nobody waited for that.
  package var initializedAhead = 0
  package var throttles = 0
  /// The same by the reason that was reported, of a timeline.
  package var throttlesByReason: [Name: Int] = [:]
  /// Requests that the Invoke API refused with an error, as of a SnapStart version that is not ready: no invocation.
  package var refused = 0
  /// Requests that are a further attempt at an event.
  package var retries = 0
  /// Events that Lambda's queue has given up.
  package var dropped = 0
  /// Requests with a good answer.
  package var successes = 0
  package var errors = 0
  package var timeouts = 0
  /// First inits that succeeded.
  package var initLengths = Quantiles()
  /// Restores of a snapshot that succeeded.
  package var restoreLengths = Quantiles()
  /// Runtime and extensions together.
  package var durations = Quantiles()
  /// From a request's arrival to its good answer, with a cold start and without any init.
  package var coldWaits = Quantiles()
  package var warmWaits = Quantiles()
  /// The same with a re-init.
  package var reinitWaits = Quantiles()
  package var population = Population()
  package var billing = Billing()

  package init() {}

  /// Requests in flight, now and at most.
  package var concurrency: Int { population.requests.count }
  package var peakConcurrency: Int { population.requests.peak }

  /// Memory times billed duration, as AWS bills it.
  package var billedGBSeconds: Double { billing.gbSeconds }

  /// Share of requests that were cold starts, 0 to 1.
  package var coldShare: Double { requests == 0 ? 0 : Double(coldStarts) / Double(requests) }

  /// Share of requests that were throttled, 0 to 1.
  package var throttledShare: Double { requests == 0 ? 0 : Double(throttles) / Double(requests) }

  /// The first init of an environment, or its restore, has ended well.
  package mutating func recordInit(_ length: Nanoseconds, isRestore: Bool) {
    if isRestore { restoreLengths.record(length) } else { initLengths.record(length) }
  }

  /// A caller has its answer. Waits of callers are counted for good answers only: a timeout says nothing of
  /// warm or cold.
  /// - Parameter wait: nil where nobody measured it.
  @inline(__always)
  package mutating func answered(_ outcome: Outcome, wait: Nanoseconds?, start: StartKind) {
    if outcome.isBad {
      if outcome == .timeout { timeouts += 1 } else { errors += 1 }
      return
    }
    successes += 1
    guard let wait else { return }
    switch start {
    case .cold: coldWaits.record(wait)
    case .warm, .ahead: warmWaits.record(wait)
    case .reinit: reinitWaits.record(wait)
    }
  }
}
