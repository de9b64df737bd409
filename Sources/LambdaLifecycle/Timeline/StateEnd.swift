/// The end of an environment's present state, and when it comes at the latest, as far as anybody can say.
package struct StateEnd: Equatable, Sendable {
  /// The ways it ends where nothing goes wrong.
  package enum Ending: Sendable {
    /// The sandbox is there, with code and layers.
    case created
    /// Runtime and every extension have asked for their first event (execution environment page).
    case initDone
    /// Init has failed; it runs again with the next invocation (execution environment page).
    case initAgain
    case restored, snapshotTaken
    /// Runtime and every extension have asked for the next event (execution environment page).
    case invocationDone
    case nextRequest
    case processesEnded
    /// Nothing will, or nobody knows.
    case nothing
  }

  /// The rule behind a limit.
  package enum Rule: Sendable {
    /// 10 s on demand; the greater of 130 s and the timeout for other types (execution environment page).
    case initOnDemand, initAhead
    /// Init again after a reset runs inside the invocation, within its timeout (execution environment page).
    case timeoutWithInit
    /// Runtime and extensions together (execution environment page).
    case timeout
    /// Of one of several invocations; the environment outlives it (Managed Instances pages).
    case timeoutOfOne
    /// Loading the runtime and the hooks, from when the snapshot is loaded: 10 s (execution environment page).
    case restore
    /// An idle environment is given back: AWS publishes no figure.
    case idle
    /// Provisioned concurrency and the least number of Managed Instances are kept however long they idle.
    case kept
    /// The runtime's share of the 2,000 ms: 300 ms by the documentation of 2022, 600 ms by the emulator's code.
    case runtimeShare
    /// 0, 500 or 2,000 ms, then SIGKILL (Extensions API page).
    case shutdown
  }

  package enum Limit: Equatable, Sendable {
    /// At that moment, which is `length` after it began to count.
    case at(Timestamp, Rule, length: Nanoseconds)
    /// There is such a limit; where it lies is not reported by this source.
    case notTold(Rule)
    /// AWS publishes none.
    case unpublished(Rule)
    case none
  }

  package var ending: Ending
  package var limit: Limit

  package init(_ ending: Ending, _ limit: Limit = .none) {
    self.ending = ending
    self.limit = limit
  }
}

/// Settings on which the end of a state depends; nil where nobody reported them.
package struct StateLimits: Equatable, Sendable {
  /// Of the function: 1 to 900 s.
  package var timeout: Nanoseconds?
  /// Where somebody sets it, as in a simulation.
  package var idleTimeout: Nanoseconds?
  /// The runtime's share of the time to shut down, where it is known.
  package var runtimeShutdownShare: Nanoseconds?

  package init() {}

  /// The limits that a function's description gives.
  package init(_ function: FunctionDescription?) {
    guard let function else { return }
    if function.timeout >= 0 { timeout = function.timeout }
    if function.idleTimeout >= 0 { idleTimeout = function.idleTimeout }
  }
}

extension EnvironmentTrack {
  /// The end of the state at `time`. A function of the past alone: nothing later than `time` is looked at.
  package func stateEnd(
    at time: Timestamp, inputEnd: Timestamp = .never, _ limits: StateLimits
  ) -> StateEnd {
    switch state(at: time, inputEnd: inputEnd) {
    case .creating: return StateEnd(.created)
    case .initializing: return initEnd(at: time, limits)
    case .publishing:
      guard isInitRunning(at: time) else { return StateEnd(.snapshotTaken) }
      return StateEnd(.snapshotTaken, aheadLimit(from: stateBegan(at: time), limits))
    case .restoring: return StateEnd(.restored, .notTold(.restore))
    case .invoking: return invocationEnd(at: time, limits)
    case .frozen, .idle, .reset: return StateEnd(.nextRequest, idleLimit(at: time, limits))
    case .resetting, .shuttingDown: return StateEnd(.processesEnded, killLimit(at: time, limits))
    case .gone, .unknown: return StateEnd(.nothing)
    }
  }

  // MARK: Init

  private func isInitRunning(at time: Timestamp) -> Bool {
    if Phase.inits.contains(where: { self[$0].open(at: time) > 0 }) { return true }
    guard let last = lastRow(at: time).map({ rows[$0] }), last.phase.isInit else { return false }
    // Between two parts, and while extensions are not ready.
    return !last.outcome.isBad && Gap.after(last.phase, last.outcome) != .frozen
      || self[.extensionReadiness].open(at: time) > 0
  }

  private func initEnd(at time: Timestamp, _ limits: StateLimits) -> StateEnd {
    if let last = lastRow(at: time).map({ rows[$0] }), last.end <= time, last.outcome.isBad {
      return StateEnd(.initAgain)
    }
    let began = stateBegan(at: time)
    if let began = suppressedInitBegan(at: time) {
      guard let timeout = limits.timeout else { return StateEnd(.initDone, .notTold(.timeoutWithInit)) }
      return StateEnd(.initDone, .at(began &+ timeout, .timeoutWithInit, length: timeout))
    }
    switch initializationType {
    case .onDemand, .unknown:
      let length = EnvironmentSettings().initLimit
      return StateEnd(.initDone, .at(began &+ length, .initOnDemand, length: length))
    case .provisionedConcurrency, .snapStart, .managedInstances:
      return StateEnd(.initDone, aheadLimit(from: began, limits))
    }
  }

  /// When the init at `time` began, if it is the suppressed init: after a reset, or after an init that failed, it runs
  /// inside an invocation (execution environment page).
  package func suppressedInitBegan(at time: Timestamp) -> Timestamp? {
    let seen = rows.prefix(rowCount(upTo: time))
    let before = seen.lastIndex {
      $0.phase == .invoke || $0.phase.isShutdown || $0.phase.isInit && $0.outcome.isBad && $0.end <= time
    }
    return before.flatMap { seen[($0 + 1)...].first { $0.phase.isInit }?.start }
  }

  /// Where the timeout is not known, the limit is 130 s or later.
  private func aheadLimit(from began: Timestamp, _ limits: StateLimits) -> StateEnd.Limit {
    guard let timeout = limits.timeout else { return .notTold(.initAhead) }
    var settings = EnvironmentSettings()
    settings.timeout = timeout
    let length = settings.initLimit(of: .provisionedConcurrency)
    return .at(began &+ length, .initAhead, length: length)
  }

  // MARK: Invoke and after

  private func invocationEnd(at time: Timestamp, _ limits: StateLimits) -> StateEnd {
    let rule: StateEnd.Rule = runsConcurrently ? .timeoutOfOne : .timeout
    guard let timeout = limits.timeout, let begin = oldestInvocation(at: time) else {
      return StateEnd(.invocationDone, .notTold(rule))
    }
    return StateEnd(.invocationDone, .at(begin &+ timeout, rule, length: timeout))
  }

  /// When the timeout of the invocation under way began to count, an init again included; of several the first whose
  /// time is not over yet.
  private func oldestInvocation(at time: Timestamp) -> Timestamp? {
    let open = self[.invoke].open(at: time)
    var index = rowCount(upTo: time) - 1
    var found = 0
    var begin: Timestamp?
    // Rows of invocations that run at once lie near each other; what else is open has none, and is not to be looked for
    // through a million rows.
    let least = max(0, index - 16_384)
    while index >= least, found < open, found < 1_024 {
      let row = rows[index]
      if row.phase == .invoke, row.end > time {
        begin = durationBegin(ofInvoke: index, within: 0)
        found += 1
      }
      index -= 1
    }
    return begin
  }

  private func idleLimit(at time: Timestamp, _ limits: StateLimits) -> StateEnd.Limit {
    switch initializationType {
    case .provisionedConcurrency, .managedInstances: return .unpublished(.kept)
    case .onDemand, .snapStart, .unknown:
      guard let idleTimeout = limits.idleTimeout else { return .unpublished(.idle) }
      return .at(stateBegan(at: time) &+ idleTimeout, .idle, length: idleTimeout)
    }
  }

  // MARK: Shutdown

  private func killLimit(at time: Timestamp, _ limits: StateLimits) -> StateEnd.Limit {
    let began = stateBegan(at: time)
    guard let length = shutdownLength(at: time, limits) else { return .notTold(.shutdown) }
    let isRuntimes = self[.runtimeShutdown].open(at: time) > 0
    // Internal extensions end with the runtime, which then has all of the time.
    guard isRuntimes, length == .milliseconds(2_000) else {
      return .at(began &+ length, .shutdown, length: length)
    }
    guard let share = limits.runtimeShutdownShare else { return .notTold(.runtimeShare) }
    return .at(began &+ share, .runtimeShare, length: share)
  }

  /// The limit of a shutdown: 0 ms without registered extensions, 500 ms with an internal one, 2,000 ms with
  /// external ones (Extensions API page); nil where the source does not report which there are.
  private func shutdownLength(at time: Timestamp, _ limits: StateLimits) -> Nanoseconds? {
    // Only external extensions have a part of init before the runtime's, and of shutdown after it.
    let hasExternal = [Phase.extensionInit, .extensionShutdown].contains {
      self[$0].starts.count(upTo: time) > 0
    }
    if hasExternal { return .milliseconds(2_000) }
    // A source that reports freezing reports all extensions: none reported means none.
    guard source.tellsFreezing else { return nil }
    let isRegistered = extensionStates.contains { $0.time <= time && $0.state == .registered }
    return isRegistered ? .milliseconds(500) : 0
  }
}
