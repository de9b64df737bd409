import LambdaLifecycle
import Testing

@Suite("What ends a state, and when")
struct StateEndTests {
  private static let told: StateLimits = {
    var limits = StateLimits()
    limits.timeout = .seconds(30)
    limits.idleTimeout = .seconds(360)
    limits.runtimeShutdownShare = .milliseconds(300)
    return limits
  }()

  /// Of the only environment, which is created at 0.
  private func end(
    at time: Int64, _ type: InitializationType = .onDemand, _ limits: StateLimits = told,
    inputEnd: Timestamp = .never, source: SourceKind = .simulation, tell: (inout HandLog) -> Void
  ) -> StateEnd {
    var log = HandLog()
    log.add(0, .environmentCreated(type), in: "a")
    tell(&log)
    return log.timeline(source).tracks[0].stateEnd(at: .seconds(time), inputEnd: inputEnd, limits)
  }

  private func at(_ seconds: Int64, _ rule: StateEnd.Rule, after length: Int64) -> StateEnd.Limit {
    .at(.seconds(seconds), rule, length: .seconds(length))
  }

  @Test("creating: AWS publishes no limit")
  func creating() {
    let found = end(at: 1) { $0.add(0, .phaseBegan(.create), in: "a") }
    #expect(found == StateEnd(.created))
  }

  @Test("init on demand may take 10 s from its begin, not from the creation [execution environment page]")
  func initOnDemand() {
    for type in [InitializationType.onDemand, .unknown] {
      let found = end(at: 5, type) {
        $0.span(.create, 0, 2)
        $0.span(.extensionInit, 2, 3)
        $0.add(3, .phaseBegan(.runtimeInit), in: "a")
      }
      #expect(found == StateEnd(.initDone, at(12, .initOnDemand, after: 10)))
    }
  }

  @Test("other inits may take the greater of 130 s and the timeout [execution environment page]")
  func initAhead() {
    var long = Self.told
    long.timeout = .seconds(600)
    for type in [InitializationType.provisionedConcurrency, .managedInstances] {
      let tell = { (log: inout HandLog) in log.add(4, .phaseBegan(.functionInit), in: "a") }
      #expect(end(at: 5, type, tell: tell) == StateEnd(.initDone, at(134, .initAhead, after: 130)))
      #expect(end(at: 5, type, long, tell: tell) == StateEnd(.initDone, at(604, .initAhead, after: 600)))
      #expect(end(at: 5, type, StateLimits(), tell: tell) == StateEnd(.initDone, .notTold(.initAhead)))
    }
  }

  @Test("publishing a version: the same limit, then the snapshot is taken [SnapStart page]")
  func publishing() {
    let tell = { (log: inout HandLog) in log.span(.functionInit, 4, 9) }
    #expect(end(at: 5, .snapStart, tell: tell) == StateEnd(.snapshotTaken, at(134, .initAhead, after: 130)))
    #expect(end(at: 10, .snapStart, tell: tell) == StateEnd(.snapshotTaken))
  }

  @Test("restore: 10 s from when the snapshot is loaded, which nobody tells [execution environment page]")
  func restoring() {
    let found = end(at: 5, .snapStart) { $0.add(4, .phaseBegan(.restore), in: "a") }
    #expect(found == StateEnd(.restored, .notTold(.restore)))
  }

  @Test("an invocation ends at the function's timeout, extensions included [execution environment page]")
  func invoking() {
    let tell = { (log: inout HandLog) in
      log.span(.functionInit, 1, 2)
      log.add(2, .phaseBegan(.invoke), in: "a", 1)
      log.add(4, .runtimeDone(.success, errorType: .none), in: "a", 1)
    }
    #expect(end(at: 5, tell: tell) == StateEnd(.invocationDone, at(32, .timeout, after: 30)))
    #expect(end(at: 5, .onDemand, StateLimits(), tell: tell) == StateEnd(.invocationDone, .notTold(.timeout)))
  }

  @Test(
    "Managed Instances: each invocation has its timeout, the oldest one's comes first [Managed Instances pages]"
  )
  func invokingAtOnce() {
    let found = end(at: 9, .managedInstances) {
      $0.span(.functionInit, 1, 2)
      $0.add(3, .phaseBegan(.invoke), in: "a", 1)
      $0.add(5, .phaseBegan(.invoke), in: "a", 2)
      $0.add(7, .phaseBegan(.invoke), in: "a", 3)
      $0.add(8, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), in: "a", 1)
    }
    #expect(found == StateEnd(.invocationDone, at(35, .timeoutOfOne, after: 30)))
  }

  @Test("the timeout covers init after a reset and the invocation after it [execution environment page]")
  func suppressedInit() {
    let tell = { (log: inout HandLog) in
      log.span(.functionInit, 1, 2)
      log.span(.invoke, 2, 3, in: "a", 1, .error)
      log.span(.runtimeShutdown, 3, 4, in: "a", 0, .failure)
      log.span(.runtimeInit, 10, 12)
      log.add(12, .phaseBegan(.functionInit), in: "a")
      log.add(15, .phaseEnded(PhaseEnd(.functionInit, outcome: .success)), in: "a")
      log.add(15, .phaseBegan(.invoke), in: "a", 2)
    }
    #expect(end(at: 7, tell: tell) == StateEnd(.nextRequest, at(364, .idle, after: 360)))
    #expect(end(at: 13, tell: tell) == StateEnd(.initDone, at(40, .timeoutWithInit, after: 30)))
    #expect(
      end(at: 13, .onDemand, StateLimits(), tell: tell) == StateEnd(.initDone, .notTold(.timeoutWithInit)))
    #expect(end(at: 16, tell: tell) == StateEnd(.invocationDone, at(40, .timeout, after: 30)))
  }

  @Test("after a failed init, init runs again inside the next invocation [execution environment page]")
  func failedInit() {
    let found = end(at: 12) { $0.span(.functionInit, 1, 11, in: "a", 0, .timeout) }
    #expect(found == StateEnd(.initAgain))
  }

  @Test("frozen: the idle timeout where somebody sets it; AWS publishes none [execution environment page]")
  func frozen() {
    let tell = { (log: inout HandLog) in
      log.span(.functionInit, 1, 2)
      log.span(.invoke, 2, 3, in: "a", 1)
      log.add(3, .phaseBegan(.frozen), in: "a")
    }
    #expect(end(at: 100, tell: tell) == StateEnd(.nextRequest, at(363, .idle, after: 360)))
    #expect(end(at: 100, .onDemand, StateLimits(), tell: tell) == StateEnd(.nextRequest, .unpublished(.idle)))
    // However long it idles [provisioned concurrency page].
    #expect(end(at: 100, .provisionedConcurrency, tell: tell) == StateEnd(.nextRequest, .unpublished(.kept)))
    #expect(end(at: 2, tell: tell) == StateEnd(.invocationDone, at(32, .timeout, after: 30)))
  }

  @Test("a Managed Instance without a request is idle, and kept [Managed Instances pages]")
  func idle() {
    let found = end(at: 9, .managedInstances) { $0.span(.functionInit, 1, 2) }
    #expect(found == StateEnd(.nextRequest, .unpublished(.kept)))
  }

  @Test(
    "shutdown with external extensions: the runtime's share of 2,000 ms, then all of it [Extensions API page]"
  )
  func shutdown() {
    let tell = { (log: inout HandLog) in
      log.span(.extensionInit, 0, 1)
      log.span(.functionInit, 1, 2)
      log.span(.invoke, 2, 3, in: "a", 1)
      log.add(3, .phaseBegan(.frozen), in: "a")
      log.add(10, .phaseEnded(PhaseEnd(.frozen)), in: "a")
      log.span(.runtimeShutdown, 10, 11)
      log.add(11, .phaseBegan(.extensionShutdown), in: "a")
    }
    let share = StateEnd.Limit.at(.milliseconds(10_300), .runtimeShare, length: .milliseconds(300))
    #expect(end(at: 10, tell: tell) == StateEnd(.processesEnded, share))
    // 300 ms by the page of 2022, 600 ms by the emulator's code: nobody reported which.
    #expect(
      end(at: 10, .onDemand, StateLimits(), tell: tell) == StateEnd(.processesEnded, .notTold(.runtimeShare)))
    #expect(end(at: 11, tell: tell) == StateEnd(.processesEnded, at(12, .shutdown, after: 2)))
  }

  @Test("a reset has the same limits [execution environment page]")
  func reset() {
    let found = end(at: 3) {
      $0.span(.extensionInit, 0, 1)
      $0.span(.functionInit, 1, 2)
      $0.span(.invoke, 2, 3, in: "a", 1, .timeout)
      $0.add(3, .phaseBegan(.extensionShutdown), in: "a")
    }
    #expect(found == StateEnd(.processesEnded, at(5, .shutdown, after: 2)))
  }

  @Test("500 ms with an internal extension, all of it the runtime's; 0 without any [Extensions API page]")
  func shutdownOfRuntime() {
    func found(_ limits: StateLimits, hasExtension: Bool, _ source: SourceKind = .simulation) -> StateEnd {
      end(at: 10, .onDemand, limits, source: source) {
        let name = $0.catalog.name("agent")
        if hasExtension {
          $0.add(1, .extensionState(name: name, .registered, errorType: .none), in: "a")
        }
        $0.span(.functionInit, 1, 2)
        $0.span(.invoke, 2, 3, in: "a", 1)
        $0.add(10, .phaseBegan(.runtimeShutdown), in: "a")
      }
    }
    let half = StateEnd.Limit.at(.milliseconds(10_500), .shutdown, length: .milliseconds(500))
    #expect(found(Self.told, hasExtension: true) == StateEnd(.processesEnded, half))
    #expect(found(Self.told, hasExtension: false) == StateEnd(.processesEnded, at(10, .shutdown, after: 0)))
    #expect(
      found(Self.told, hasExtension: false, .rie) == StateEnd(.processesEnded, .notTold(.shutdown)))
  }

  @Test("nothing ends what is gone, nor what nobody tells of any more")
  func over() {
    let tell = { (log: inout HandLog) in
      log.span(.functionInit, 1, 2)
      log.add(9, .environmentGone(.spindown, detail: .none), in: "a")
    }
    #expect(end(at: 9, tell: tell) == StateEnd(.nothing))
    #expect(end(at: 6, inputEnd: .seconds(5), tell: tell) == StateEnd(.nothing))
  }
}
