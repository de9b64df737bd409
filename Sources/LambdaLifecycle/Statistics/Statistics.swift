/// What a request had to wait for before its invocation.
package enum StartKind: UInt8, Sendable {
  case warm
  /// An environment's first init or restore.
  case cold
  /// An init after a reset, inside its own invocation.
  case reinit
}

/// The figures of a session.
///
/// A cold start is a request that had to wait for an environment's first init or restore; a re-init after a reset is
/// counted apart. Errors are requests that ended badly in another way than by timeout.
package struct Statistics: Sendable {
  package var requests = 0
  package var coldStarts = 0
  package var reinits = 0
  package var throttles = 0
  package var errors = 0
  package var timeouts = 0
  package var retries = 0
  package var drops = 0
  package var restoreLengths = Quantiles()
  /// First inits that succeeded.
  package var initLengths = Quantiles()
  /// Runtime and extensions together.
  package var durations = Quantiles()
  /// From a request's arrival to its good answer, with a cold start and without any init.
  package var coldWaits = Quantiles()
  package var warmWaits = Quantiles()
  package var concurrency = 0
  package var peakConcurrency = 0
  private var billedMBMilliseconds: Int64 = 0

  package init() {}

  /// Memory times billed duration, as AWS bills it: a GB is 1,024 MB.
  package var billedGBSeconds: Double { Double(billedMBMilliseconds) / 1_024_000 }

  /// Share of requests that were cold starts, 0 to 1.
  package var coldShare: Double { requests == 0 ? 0 : Double(coldStarts) / Double(requests) }

  package mutating func bill(milliseconds: Int32, memoryMB: Int32) {
    guard milliseconds > 0, memoryMB > 0 else { return }
    billedMBMilliseconds &+= Int64(milliseconds) &* Int64(memoryMB)
  }

  package mutating func began() {
    concurrency += 1
    if concurrency > peakConcurrency { peakConcurrency = concurrency }
  }

  package mutating func ended() { concurrency = Swift.max(0, concurrency - 1) }

  /// A caller has its answer. How long callers waited is told of good answers only: a timeout says nothing of warm or
  /// cold.
  package mutating func answered(_ outcome: Outcome, wait: Nanoseconds, start: StartKind) {
    if outcome == .timeout { timeouts += 1 } else if outcome.isBad { errors += 1 }
    if outcome.isBad { return }
    switch start {
    case .cold: coldWaits.record(wait)
    case .warm: warmWaits.record(wait)
    case .reinit: break
    }
  }
}
