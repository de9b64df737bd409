/// The life of one execution environment: takes what the world signals, answers with what the world must do.
///
/// A value without clock, randomness or I/O. The simulator answers its actions from a scenario in virtual time; real
/// processes could answer the same actions. Rules and their sources: the execution environment page and the
/// Extensions API page of the Lambda developer guide, and the code of the runtime interface emulator.
package struct ExecutionEnvironment: Sendable {
  package enum State: UInt8, Sendable {
    case creating, extensionInit, runtimeInit, functionInit
    /// SnapStart: the snapshot is loaded, then the runtime, then its hooks run.
    case restoring
    /// Runtime and extensions wait for the next event: frozen, but for Managed Instances.
    case ready
    /// At least one invocation is in flight.
    case invoking
    case runtimeShutdown, extensionShutdown
    /// After a reset: no process runs until the next invocation starts them again.
    case reset
    case gone

    /// Nothing to do and nothing under way: it can take a request, and be reclaimed.
    package var isIdle: Bool {
      @inline(__always) get { self == .ready || self == .reset }
    }
  }

  package internal(set) var state = State.creating
  package let type: InitializationType
  package let restoresSnapshot: Bool
  /// The processes of which generation are alive.
  package internal(set) var generation: Generation
  /// The invocation it works on or that waits for init; 0 for none, and always for Managed Instances.
  package internal(set) var invocation: Invocation = 0
  var runtimeIsReady = false
  var runtimeIsAlive = false
  var hasAnswered = false
  /// The shutdown under way is a reset, which the environment outlives.
  var isResetting = false
  /// Init runs inside the invocation: the suppressed init.
  var isSuppressedInit = false
  var reason = ShutdownReason.spindown
  var registered: UInt16 = 0
  var ready: UInt16 = 0
  /// External extensions whose processes run; internal ones live in the runtime's.
  var alive: UInt16 = 0
  /// Managed Instances: workers that wait for an invocation.
  var idleWorkers: UInt16 = 0
  /// The token of the latest deadline; odd while it stands.
  var deadline: UInt32 = 0
  /// When the init, invocation or shutdown under way began.
  var began: Timestamp = 0
  /// Length of what has ended and is still to be reported: of an init on demand, or of loading the snapshot while the
  /// restore goes on; -1 for none.
  var unreported: Nanoseconds = -1
  /// Managed Instances: the invocations in flight. Empty, which costs nothing, for all other types.
  var flights: [Flight] = []

  /// - Parameter generation: of its first processes. One that takes an earlier one's place in a table continues its
  ///   count, so that signals meant for the earlier one are stale.
  /// - Parameter restoresSnapshot: SnapStart: it is one that resumes from the snapshot, not the one that runs init when
  ///   the version is published.
  package init(
    generation: Generation = 1, type: InitializationType = .onDemand, restoresSnapshot: Bool = false
  ) {
    self.generation = generation
    self.type = type
    self.restoresSnapshot = restoresSnapshot && type == .snapStart
  }

  /// Invocations that it can take now, beside those in flight: at most one, but for Managed Instances, which can only
  /// once init has ended.
  package var freeWorkers: Int { type == .managedInstances ? Int(idleWorkers) : state.isIdle ? 1 : 0 }

  /// Invocations that it has taken and not yet released, those included that wait for init.
  package var inFlight: Int { flights.count + (invocation == 0 ? 0 : 1) }

  /// Its processes are being ended. What they ask for meanwhile comes too late, and is no anomaly.
  var isEnding: Bool { state == .runtimeShutdown || state == .extensionShutdown }

  /// Answers one signal.
  package mutating func receive(
    _ signal: Signal, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    into actions: inout ActionBuffer
  ) {
    switch signal {
    case .sandboxReady:
      guard state == .creating else { return reject(.sandboxReady, &actions) }
      // What a snapshot brings along is part of the restore.
      if !restoresSnapshot { actions.append(.ended(.create, .success, .none)) }
      if restoresSnapshot { return beginRestore(at: time, settings, &actions) }
      beginInit(at: time, limit: time &+ settings.initLimit(of: type), settings, &actions)
    case .snapshotLoaded(let generation):
      guard generation == self.generation, !isEnding else { return }
      snapshotLoaded(at: time, settings, &actions)
    case .restored(let generation):
      guard generation == self.generation, !isEnding else { return }
      restored(at: time, settings, &actions)
    case .restoreFailed(let error, let generation):
      guard generation == self.generation, !isEnding else { return }
      guard state == .restoring else { return reject(.restoreFailed, &actions) }
      failRestore(.error, error == .none ? .snapStart : error, at: time, settings, &actions)
    case .extensionRegistered(let index, let generation):
      guard generation == self.generation, !isEnding else { return }
      extensionRegistered(index, settings, &actions)
    case .extensionNext(let index, let generation):
      guard generation == self.generation, !isEnding else { return }
      extensionNext(index, at: time, settings, &actions)
    case .functionInitBegan(let generation):
      guard generation == self.generation, !isEnding else { return }
      guard state == .runtimeInit else { return reject(.functionInitBegan, &actions) }
      state = .functionInit
      actions.append(.ended(.runtimeInit, .success, .none))
      actions.append(.began(.functionInit))
    case .runtimeNext(let generation):
      guard generation == self.generation, !isEnding else { return }
      runtimeNext(at: time, settings, &actions)
    case .workerNext(let invocation, let generation):
      guard generation == self.generation, !isEnding else { return }
      workerNext(invocation, at: time, settings, &actions)
    case .workerExited(let invocation, let error, let generation):
      guard generation == self.generation, !isEnding else { return }
      workerExited(invocation, error, at: time, settings, &actions)
    case .request(let invocation):
      if type == .managedInstances { return workerRequest(invocation, at: time, settings, &actions) }
      request(invocation, at: time, settings, &actions)
    case .response(let invocation, let outcome):
      if type == .managedInstances { return workerResponse(invocation, outcome, &actions) }
      guard invocation == self.invocation else { return }
      guard state == .invoking, !hasAnswered else { return reject(.response, &actions) }
      hasAnswered = true
      actions.append(.respond(invocation, outcome, .none))
    case .runtimeExited(let error, let generation):
      guard generation == self.generation else { return }
      runtimeExited(error, at: time, settings, &actions)
    case .extensionExited(let index, let generation):
      guard generation == self.generation else { return }
      extensionEnded(index, .extensionCrash, .extensionExited, at: time, settings, &actions)
    case .extensionFailed(let index, let error, let generation):
      guard generation == self.generation else { return }
      extensionEnded(index, error, .extensionFailed, at: time, settings, &actions)
    case .deadline(let token):
      guard token == deadline, token & 1 == 1 else { return }
      deadlinePassed(at: time, settings, &actions)
    case .invocationDeadline(let invocation):
      invocationTimedOut(invocation, at: time, settings, &actions)
    case .reclaim:
      guard state.isIdle else { return reject(.reclaim, &actions) }
      shutDown(.spindown, resetting: false, at: time, settings, &actions)
    }
  }

  func reject(_ signal: Anomaly.Sign, _ actions: inout ActionBuffer) {
    actions.append(.anomaly(Anomaly(signal: signal, state: state)))
  }

  @inline(__always)
  func bit(_ index: UInt8) -> UInt16 { index < 16 ? 1 &<< UInt16(index) : 0 }

  mutating func arm(_ time: Timestamp, _ actions: inout ActionBuffer) {
    deadline = (deadline &+ 1) | 1
    actions.append(.arm(time, deadline))
  }

  mutating func disarm(_ actions: inout ActionBuffer) {
    deadline = (deadline | 1) &+ 1
    actions.append(.disarm)
  }
}
