import LambdaLifecycle
import Testing

/// The findings in a session: each kind once, in a session drawn as text above it.
@Suite struct FindingsTests {
  private var session = FindingSession()

  private typealias Events = FindingSession.Events

  private mutating func findings(_ events: Events) -> [Finding] { session.findings(events) }

  /// function init 100–700, invoke 700–900.
  private static let coldStart: Events = [
    (0, .requestArrived), (0, .environmentCreated(.onDemand)), (0, .requestAssigned),
    (0, .phaseBegan(.create)), (100, .phaseEnded(PhaseEnd(.create))),
    (100, .phaseBegan(.functionInit)), (700, .phaseEnded(PhaseEnd(.functionInit, outcome: .success))),
    (700, .phaseBegan(.invoke)), (900, .requestAnswered(.success, errorType: .none)),
    (900, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
  ]

  @Test mutating func coldStart() throws {
    let found = findings(Self.coldStart)
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.kind == .coldStart)
    #expect(finding.count == 1)
    #expect(finding.longest == .milliseconds(900))
    #expect(finding.environment == session.environment)
    #expect(finding.stretch == 0...Timestamp.milliseconds(900))
    #expect(finding.parts.map(\.phase) == [.functionInit, .invoke, .create])
    #expect(finding.parts.map(\.total) == [.milliseconds(600), .milliseconds(200), .milliseconds(100)])
  }

  /// A timeout at 4 s, the reset, and the next request's init inside its invocation.
  @Test mutating func timeoutAndReset() {
    let found = findings(
      Self.coldStart + [
        (2_000, .requestArrived), (2_000, .requestAssigned), (2_000, .phaseBegan(.invoke)),
        (4_000, .requestAnswered(.timeout, errorType: ErrorType.sandboxTimedout.name)),
        (4_000, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout))),
        (4_000, .phaseBegan(.runtimeShutdown)), (4_100, .phaseEnded(PhaseEnd(.runtimeShutdown))),
        (6_000, .requestArrived), (6_000, .requestAssigned), (6_000, .phaseBegan(.functionInit)),
        (6_500, .phaseEnded(PhaseEnd(.functionInit, outcome: .success))), (6_500, .phaseBegan(.invoke)),
        (6_600, .requestAnswered(.success, errorType: .none)),
        (6_600, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
      ])
    #expect(found.map(\.kind) == [.timeout, .reset, .coldStart, .reinit])
    #expect(found.map(\.count) == [1, 1, 1, 1])
    #expect(found[0].longest == .seconds(2))
    // The price that the next caller paid.
    #expect(found[1].longest == .milliseconds(500))
    #expect(found[1].stretch == .seconds(2)...Timestamp.milliseconds(6_500))
    #expect(found[3].longest == .milliseconds(600))
  }

  /// A Managed Instance goes on after a failure: it has no resets, and none is reported.
  @Test mutating func managedInstancesHaveNoResets() {
    let found = findings([
      (0, .environmentCreated(.managedInstances)), (0, .phaseBegan(.initialization)),
      (500, .phaseEnded(PhaseEnd(.initialization, outcome: .success))),
      (1_000, .requestArrived), (1_000, .requestAssigned), (1_000, .phaseBegan(.invoke)),
      (2_000, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout))),
      (2_000, .requestAnswered(.timeout, errorType: .none)),
      (3_000, .requestArrived), (3_000, .requestAssigned), (3_000, .phaseBegan(.invoke)),
      (3_100, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
      (3_100, .requestAnswered(.success, errorType: .none)),
    ])
    #expect(found.map(\.kind) == [.timeout])
  }

  /// An environment that goes after a failure was not reset: it is gone.
  @Test mutating func failureThatEndsTheEnvironment() {
    let crash = ErrorType.runtimeExitError.name
    let found = findings(
      Self.coldStart + [
        (2_000, .requestArrived), (2_000, .requestAssigned), (2_000, .phaseBegan(.invoke)),
        (2_300, .requestAnswered(.error, errorType: crash)),
        (2_300, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: crash))),
        (2_300, .phaseBegan(.runtimeShutdown)), (2_400, .phaseEnded(PhaseEnd(.runtimeShutdown))),
        (2_400, .environmentGone(.failure, detail: .none)),
      ])
    #expect(found.map(\.kind) == [.error(crash), .coldStart])
  }

  @Test mutating func throttlesByTheirReason() {
    let reason = session.log.catalog.name("ReservedFunctionConcurrentInvocationLimitExceeded")
    let found = findings([
      (0, .requestArrived), (0, .requestThrottled(reason: reason)),
      (1, .requestArrived), (1, .requestThrottled(reason: reason)),
    ])
    #expect(found.map(\.kind) == [.throttle(reason: reason)])
    #expect(found.map(\.count) == [2])
  }

  /// An extension that overruns the shutdown's limit is killed [Extensions API page].
  @Test mutating func killedExtension() {
    let agent = session.log.catalog.name("agent")
    let found = findings(
      Self.coldStart + [
        (2_000, .phaseBegan(.extensionShutdown)),
        (2_000, .phaseBegan(.extensionShutdown, extensionName: agent)),
        (4_000, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: .killed, extensionName: agent))),
        (4_000, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: .killed))),
        (4_000, .environmentGone(.spindown, detail: .none)),
      ])
    #expect(found.map(\.kind) == [.killedExtension(agent), .coldStart])
    #expect(found[0].longest == .seconds(2))
  }

  @Test mutating func failedInit() {
    let found = findings([
      (0, .requestArrived), (0, .environmentCreated(.onDemand)), (0, .requestAssigned),
      (0, .phaseBegan(.functionInit)),
      (
        10_000,
        .phaseEnded(
          PhaseEnd(.functionInit, outcome: .timeout, errorType: ErrorType.sandboxTimedout.name))
      ),
    ])
    #expect(found.first?.kind == .failedInit(ErrorType.sandboxTimedout.name))
    #expect(found.first?.longest == .seconds(10))
  }

  /// Five times the usual and at least 100 ms more.
  @Test mutating func slowRequest() throws {
    var events = Self.coldStart
    for at in [2_000, 3_000, 4_000, 5_000] as [Int64] {
      let length: Int64 = at == 4_000 ? 400 : 50
      events += [
        (at, .requestArrived), (at, .requestAssigned), (at, .phaseBegan(.invoke)),
        (at + length, .requestAnswered(.success, errorType: .none)),
        (at + length, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
      ]
    }
    let found = findings(events)
    #expect(found.map(\.kind) == [.coldStart, .slowRequest])
    let slow = try #require(found.last)
    #expect(slow.count == 1)
    #expect(slow.longest == .milliseconds(400))
    #expect(slow.usual == .milliseconds(50))
    #expect(slow.stretch?.lowerBound == .seconds(4))
  }

  // MARK: Shutdowns and queues

  /// The runtime's share was over; the extension ended in time.
  @Test mutating func theRuntimeIsKilled() {
    let agent = session.log.catalog.name("agent")
    let found = findings(
      Self.coldStart + [
        (2_000, .phaseBegan(.runtimeShutdown)),
        (2_300, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .killed))),
        (2_300, .phaseBegan(.extensionShutdown)),
        (2_400, .extensionState(name: agent, .exited, errorType: .none)),
        (2_400, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: .success))),
        (2_400, .environmentGone(.spindown, detail: .none)),
      ])
    #expect(found.map(\.kind) == [.killedRuntime, .coldStart])
    #expect(found[0].longest == .milliseconds(300))
  }

  /// Both were still there: both are counted, by name.
  @Test mutating func allThatWereKilledAreCounted() {
    let (agent, other) = (session.log.catalog.name("agent"), session.log.catalog.name("other"))
    let found = findings(
      Self.coldStart + [
        (2_000, .phaseBegan(.extensionShutdown)),
        (4_000, .extensionState(name: agent, .shutdownFailed, errorType: .none)),
        (4_000, .extensionState(name: other, .shutdownFailed, errorType: .none)),
        (4_000, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: .killed))),
        (4_000, .environmentGone(.spindown, detail: .none)),
      ])
    #expect(found.map(\.kind) == [.killedExtension(agent), .killedExtension(other), .coldStart])
  }

  /// One that ended by itself, with a status other than 0, was not killed: neither in a shutdown nor in a reset.
  @Test(arguments: [Outcome.success, .failure])
  mutating func anExtensionThatEndsByItselfIsNotKilled(_ outcome: Outcome) {
    let agent = session.log.catalog.name("agent")
    let found = findings(
      Self.coldStart + [
        (2_000, .phaseBegan(.runtimeShutdown)),
        (2_100, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: outcome))),
        (2_100, .phaseBegan(.extensionShutdown)),
        (2_400, .extensionState(name: agent, .shutdownFailed, errorType: .none)),
        (2_400, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: outcome))),
        (2_400, .environmentGone(.spindown, detail: .none)),
      ])
    #expect(found.map(\.kind) == [.failedExtension(agent, .shutdownFailed), .coldStart])
  }

  @Test mutating func theQueueGivesAnEventUp() throws {
    let reason = session.log.catalog.name("RetriesExhausted")
    let found = findings(
      Self.coldStart + [(900, .requestDropped(reason: reason))])
    let finding = try #require(found.first { $0.kind == .droppedEvent(reason: reason) })
    #expect(finding.count == 1)
    #expect(finding.request == RequestID(high: 1, low: 1))
    #expect(finding.stretch?.lowerBound == .milliseconds(900))
  }
}
