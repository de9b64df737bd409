import LambdaLifecycle
import Testing

/// The costs of extensions, which are named where they were the cause.
@Suite struct ExtensionFindingsTests {
  private var session = FindingSession()
  private let agent: Name
  private let other: Name

  private typealias Events = FindingSession.Events

  init() {
    agent = session.log.catalog.name("agent")
    other = session.log.catalog.name("other")
  }

  /// A request comes at `time` to a new environment, whose extension is started 100 ms later.
  private func begin(_ names: [Name], isNew: Bool = true, at time: Int64 = 0) -> Events {
    let created: Events = [
      (time, .environmentCreated(.onDemand)), (time, .requestAssigned), (time, .phaseBegan(.create)),
      (time + 100, .phaseEnded(PhaseEnd(.create, outcome: .success))),
    ]
    return [(time, .requestArrived)] + (isNew ? created : [(time, .requestAssigned)])
      + started(names, at: time + 100)
  }

  private func started(_ names: [Name], at time: Int64) -> Events {
    [(time, .phaseBegan(.extensionInit))]
      + names.flatMap { name -> Events in
        [
          (time, .extensionState(name: name, .started, errorType: .none)),
          (time, .phaseBegan(.extensionInit, extensionName: name)),
        ]
      }
  }

  private func registered(_ names: [Name], at time: Int64) -> Events {
    names.map { (time, .extensionState(name: $0, .registered, errorType: .none)) }
      + [
        (time, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success))), (time, .phaseBegan(.functionInit)),
      ]
  }

  private func ready(_ names: [Name], at time: Int64) -> Events {
    names.flatMap { name -> Events in
      [
        (time, .extensionState(name: name, .ready, errorType: .none)),
        (time, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success, extensionName: name))),
      ]
    }
  }

  /// Extensions are there at 200, the function at 500; the invocation begins.
  private func good(_ names: [Name]) -> Events {
    begin(names) + registered(names, at: 200) + ready(names, at: 200) + [
      (500, .phaseEnded(PhaseEnd(.functionInit, outcome: .success))), (500, .phaseBegan(.invoke)),
    ]
  }

  /// Answered and done at 600, the invocation's end as given.
  private func answered(end: Int64, _ outcome: Outcome, _ errorType: Name = .none) -> Events {
    [
      (600, .requestAnswered(.success, errorType: .none)), (600, .runtimeDone(.success, errorType: .none)),
      (end, .phaseEnded(PhaseEnd(.invoke, outcome: outcome, errorType: errorType))),
    ]
  }

  // MARK: Invocations

  @Test mutating func anExtensionHoldsAnInvocationUp() {
    let found = session.findings(good([agent]) + answered(end: 1_700, .success))
    #expect(found.map(\.kind) == [.busyExtension(agent), .coldStart])
    #expect(found[0].longest == .milliseconds(1_100))
    #expect(found[0].stretch == .milliseconds(500)...Timestamp.milliseconds(1_700))
  }

  /// Nobody reports which of several it was; and a short time is no finding.
  @Test mutating func oneOfSeveralHoldsAnInvocationUp() {
    let found = session.findings(good([agent, other]) + answered(end: 1_700, .success))
    #expect(found.map(\.kind) == [.busyExtension(.none), .coldStart])
    session = FindingSession()
    #expect(session.findings(good([agent]) + answered(end: 690, .success)).map(\.kind) == [.coldStart])
  }

  /// Without any extension that is known it is not said that there was one.
  @Test mutating func nobodyIsNamedWhereNoExtensionIsKnown() {
    let found = session.findings(
      [
        (0, .environmentCreated(.onDemand)), (0, .requestArrived), (0, .requestAssigned),
        (0, .phaseBegan(.initialization)),
        (500, .phaseEnded(PhaseEnd(.initialization, outcome: .success))), (500, .phaseBegan(.invoke)),
      ] + answered(end: 1_700, .success))
    #expect(found.map(\.kind) == [.coldStart])
  }

  /// The runtime has answered; the invocation ends with the timeout all the same.
  @Test mutating func anExtensionHangs() {
    let timeout = ErrorType.sandboxTimedout.name
    let found = session.findings(good([agent]) + answered(end: 3_500, .timeout, timeout))
    #expect(found.map(\.kind) == [.hungExtension(agent), .reset, .coldStart])
    #expect(found[0].longest == .milliseconds(2_900))
  }

  /// The caller has its answer; the environment is lost.
  @Test mutating func anExtensionCrashesInAnInvocation() {
    let crash = ErrorType.extensionCrash.name
    let found = session.findings(
      good([agent, other]) + [(750, .extensionState(name: other, .exitError, errorType: crash))]
        + answered(end: 750, .error, crash) + [(750, .environmentGone(.failure, detail: .none))])
    #expect(found.map(\.kind) == [.failedExtension(other, .exitError), .coldStart])
    #expect(found[0].invocations == 1)
    #expect(found[0].stretch == .milliseconds(750)...Timestamp.milliseconds(750))
  }

  /// The error that the caller got is the extension's, and it is named.
  @Test mutating func aRequestFailsWithAnExtension() throws {
    let crash = ErrorType.extensionCrash.name
    let found = session.findings(
      good([agent, other]) + [
        (550, .extensionState(name: other, .exitError, errorType: crash)),
        (550, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: crash))),
        (550, .requestAnswered(.error, errorType: crash)), (550, .environmentGone(.failure, detail: .none)),
      ])
    let error = try #require(found.first { $0.kind == .error(crash) })
    #expect(error.extensionName == other)
  }

  // MARK: Inits

  /// Init takes 10 s, is reset, and runs again inside the invocation until the timeout: the report says how
  /// the first ended, the invocation how the second did.
  private func neverReady(_ names: [Name], ready: [Name]) -> Events {
    func initRun(_ time: Int64) -> Events {
      registered(names, at: time + 100) + self.ready(ready, at: time + 100) + [
        (time + 400, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)))
      ]
    }
    let report = InitReport(outcome: .timeout, errorType: ErrorType.runtimeUnknown.name)
    return begin(names) + initRun(100) + [
      (10_100, .initReport(report)), (10_100, .phaseBegan(.runtimeShutdown)),
      (10_200, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .timeout))),
      (10_200, .phaseBegan(.extensionShutdown)),
      (12_100, .extensionState(name: agent, .shutdownFailed, errorType: .none)),
      (12_100, .phaseEnded(PhaseEnd(.extensionShutdown, outcome: .timeout))),
    ] + started(names, at: 12_100) + initRun(12_100) + [
      (
        15_100,
        .initReport(InitReport(isSuppressed: true, outcome: .error, errorType: ErrorType.runtimeUnknown.name))
      ), (15_100, .phaseBegan(.invoke)),
      (15_100, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout, errorType: ErrorType.sandboxTimedout.name))),
      (15_100, .requestAnswered(.timeout, errorType: ErrorType.sandboxTimedout.name)),
      (15_100, .environmentGone(.timeout, detail: .none)),
    ]
  }

  @Test mutating func anExtensionNeverAsksForItsFirstEvent() throws {
    let found = session.findings(neverReady([agent, other], ready: [other]))
    let finding = try #require(found.first { $0.kind == .unreadyExtension(agent) })
    #expect(finding.count == 1)
    #expect(finding.longest == .seconds(13))
    #expect(finding.hasSecondRun)
    #expect(finding.waited == .milliseconds(15_100))
    #expect(!found.contains { $0.kind == .unreadyExtension(other) })
    let failed = try #require(found.first { $0.kind == .failedInit(ErrorType.runtimeUnknown.name) })
    #expect(failed.extensionName == agent)
    #expect(failed.longest == .seconds(13))
    #expect(found.contains { $0.kind == .killedExtension(agent) })
  }

  /// All of the caller's time went into something: the mean is what it waited, and most of it was the extension's.
  @Test mutating func aColdStartCountsAllThatItsCallerWaited() throws {
    let found = session.findings(neverReady([agent], ready: []))
    let cold = try #require(found.first { $0.kind == .coldStart })
    #expect(cold.total == .milliseconds(15_100))
    #expect(cold.parts.first?.phase == .extensionInit)
    #expect(cold.parts.first?.total == .milliseconds(100 + 9_600 + 100 + 2_600))
    #expect(cold.parts.reduce(0) { $0 + $1.total } == cold.total)
  }

  /// The function's own init is not over: it is not said that an extension held it up.
  @Test mutating func aFunctionThatHangsInInitIsNoExtensionsFault() {
    let found = session.findings(
      begin([agent]) + registered([agent], at: 200) + [
        (10_100, .phaseEnded(PhaseEnd(.functionInit, outcome: .timeout, errorType: .none))),
        (10_100, .phaseBegan(.runtimeShutdown)), (10_200, .phaseEnded(PhaseEnd(.runtimeShutdown))),
      ])
    #expect(found.map(\.kind) == [.failedInit(.none), .coldStart])
    #expect(found[0].extensionName == .none)
    // Of the whole init, not of its last part.
    #expect(found[0].longest == .seconds(10))
  }

  @Test mutating func anExtensionNeverRegisters() throws {
    let unknown = ErrorType.runtimeUnknown.name
    let found = session.findings(
      begin([agent, other]) + [
        (200, .extensionState(name: other, .registered, errorType: .none)),
        (10_100, .phaseEnded(PhaseEnd(.extensionInit, outcome: .timeout, errorType: unknown))),
        (10_100, .phaseBegan(.runtimeShutdown)), (10_100, .phaseEnded(PhaseEnd(.runtimeShutdown))),
      ])
    #expect(found.map(\.kind).prefix(2) == [.unregisteredExtension(agent), .failedInit(unknown)])
    #expect(found[0].longest == .seconds(10))
    #expect(found[1].extensionName == agent)
  }

  /// 300 ms and 150 ms, with its second run: neither hides behind the other.
  @Test mutating func anExtensionCrashesInInitTwice() throws {
    let crash = ErrorType.extensionCrash.name
    func failed(_ time: Int64) -> Events {
      [
        (time, .extensionState(name: agent, .exitError, errorType: crash)),
        (
          time, .phaseEnded(PhaseEnd(.extensionInit, outcome: .error, errorType: crash, extensionName: agent))
        ),
        (time, .phaseEnded(PhaseEnd(.extensionInit, outcome: .error, errorType: crash))),
      ]
    }
    let found = session.findings(
      begin([agent]) + failed(400) + [
        (400, .phaseBegan(.runtimeShutdown)),
        (450, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .failure))),
      ] + started([agent], at: 450) + failed(600) + [
        (600, .phaseBegan(.invoke)),
        (600, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: crash))),
        (600, .requestAnswered(.error, errorType: crash)), (600, .environmentGone(.failure, detail: .none)),
      ])
    #expect(
      found.map(\.kind) == [
        .failedExtension(agent, .exitError), .error(crash), .failedInit(crash), .coldStart,
      ])
    #expect(found.map(\.count) == [2, 1, 1, 1])
    #expect(found[2].longest == .milliseconds(450))
    #expect(found[2].hasSecondRun)
    #expect(found[2].extensionName == agent)
  }

  /// A runtime that was never started has no shutdown to be drawn, and the failure is extension init's.
  @Test mutating func aRuntimeThatNeverRan() throws {
    let crash = ErrorType.extensionCrash.name
    _ = session.findings(
      begin([agent]) + [
        (400, .phaseEnded(PhaseEnd(.extensionInit, outcome: .error, errorType: crash))),
        (400, .phaseBegan(.runtimeShutdown)),
        (400, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .failure))),
        (400, .phaseBegan(.extensionInit)),
        (700, .phaseEnded(PhaseEnd(.extensionInit, outcome: .error, errorType: crash))),
        (700, .phaseBegan(.invoke)), (700, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: crash))),
        (700, .phaseBegan(.runtimeShutdown)),
        (700, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .failure))),
      ])
    let track = try #require(session.timeline.tracks.first)
    #expect(track[.runtimeShutdown].starts.count == 0 && track[.runtimeShutdown].ends.count == 0)
    #expect(track.shutdownsWithoutRuntime == [.milliseconds(400), .milliseconds(700)])
    #expect(track[.failedExtensionInit].starts.times == [.milliseconds(400), .milliseconds(700)])
    #expect(track[.failedInit].starts.count == 0)
    #expect(track.state(at: .seconds(1)) == .reset)
  }

  /// One that ran and ended at once is drawn.
  @Test mutating func aRuntimeThatRan() throws {
    _ = session.findings(
      good([agent]) + answered(end: 700, .error) + [
        (700, .phaseBegan(.runtimeShutdown)),
        (700, .phaseEnded(PhaseEnd(.runtimeShutdown, outcome: .failure))),
      ])
    let track = try #require(session.timeline.tracks.first)
    #expect(track[.runtimeShutdown].ends.count == 1)
    #expect(track.shutdownsWithoutRuntime.isEmpty)
  }
}
