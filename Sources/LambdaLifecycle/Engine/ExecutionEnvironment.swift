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
    /// Runtime and extensions wait for the next event: frozen, as a rule.
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

  // The largest come first, so that nothing is lost between them: there are very many environments.

  /// Managed Instances: the invocations in flight. Empty, which costs nothing, for all other types.
  var flights: [Flight] = []
  /// When the init, invocation or shutdown under way began.
  var began: Timestamp = 0
  /// Length of what has ended and is still to be reported: of an init on demand, or of loading the snapshot while the
  /// restore goes on; -1 for none.
  var unreported: Nanoseconds = -1
  /// The token of the latest deadline; odd while it stands.
  var deadline: UInt32 = 0
  /// The invocation it works on or that waits for init; 0 for none, and always for Managed Instances.
  package internal(set) var invocation: Invocation = 0
  /// The extensions that have registered.
  package internal(set) var registrations: Registrations
  var ready: UInt16 = 0
  /// External extensions whose processes run; internal ones live in the runtime's.
  var alive: UInt16 = 0
  /// Managed Instances: workers that wait for an invocation.
  var idleWorkers: UInt16 = 0
  /// The processes of which generation are alive.
  package internal(set) var generation: Generation
  package internal(set) var state = State.creating
  package let type: InitializationType
  package let restoresSnapshot: Bool
  var runtimeIsReady = false
  var runtimeIsAlive = false
  var hasAnswered = false
  /// The shutdown under way is a reset, which the environment outlives.
  var isResetting = false
  /// Init runs inside the invocation: the suppressed init.
  var isSuppressedInit = false
  var reason = ShutdownReason.spindown

  /// - Parameter generation: of its first processes. One that takes an earlier one's place in a table continues its
  ///   count, so that signals meant for the earlier one are stale.
  /// - Parameter snapshot: SnapStart: the extensions in the snapshot that it resumes from; nil for the environment that
  ///   runs init when the version is published.
  package init(
    generation: Generation = 1, type: InitializationType = .onDemand, restoring snapshot: Registrations? = nil
  ) {
    self.generation = generation
    self.type = type
    restoresSnapshot = snapshot != nil && type == .snapStart
    registrations = snapshot ?? Registrations()
  }

  /// Invocations that it can take now, beside those in flight: at most one, but for Managed Instances, which can only
  /// once init has ended.
  package var freeWorkers: Int { type == .managedInstances ? Int(idleWorkers) : state.isIdle ? 1 : 0 }

  /// Invocations that it has taken and not yet released, those included that wait for init.
  package var inFlight: Int { flights.count + (invocation == 0 ? 0 : 1) }

  /// Its runtime has answered and only has still to ask for the next event, which most do at once. Extensions that are at
  /// work may take long.
  package var isAboutToBeFree: Bool {
    state == .invoking && hasAnswered && !runtimeIsReady && ready == registrations.all
      && type != .managedInstances
  }

  /// Its processes are being ended. What they ask for meanwhile comes too late, and is no anomaly.
  var isEnding: Bool { state == .runtimeShutdown || state == .extensionShutdown }

  /// Answers one signal.
  @discardableResult
  package mutating func receive(
    _ signal: Signal, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    into actions: inout ActionBuffer
  ) -> Reception {
    switch signal {
    case .sandboxReady: return sandboxReady(at: time, settings, &actions)
    case .request(let invocation):
      if type == .managedInstances { return workerRequest(invocation, at: time, settings, &actions) }
      return request(invocation, at: time, settings, &actions)
    case .response(let invocation, let outcome, let error):
      if type == .managedInstances { return workerResponse(invocation, outcome, error, &actions) }
      return response(invocation, outcome, error, &actions)
    case .runtimeExited(let error, let generation):
      guard generation == self.generation else { return .stale }
      return runtimeExited(error, at: time, settings, &actions)
    case .extensionExited(let index, let generation):
      guard generation == self.generation else { return .stale }
      return extensionEnded(index, .extensionCrash, .extensionExited, at: time, settings, &actions)
    case .extensionFailed(let index, let error, let generation):
      guard generation == self.generation else { return .stale }
      return extensionEnded(index, error, .extensionFailed, at: time, settings, &actions)
    case .deadline(let token):
      guard token == deadline, token & 1 == 1 else { return .stale }
      deadlinePassed(at: time, settings, &actions)
      return .accepted
    case .invocationDeadline(let invocation):
      return invocationTimedOut(invocation, at: time, settings, &actions)
    case .reclaim:
      guard state.isIdle else { return reject(.reclaim, &actions) }
      shutDown(.spindown, resetting: false, at: time, settings, &actions)
      return .accepted
    case .snapshotLoaded(let generation):
      guard hears(generation) else { return .stale }
      return snapshotLoaded(at: time, settings, &actions)
    case .restored(let generation):
      guard hears(generation) else { return .stale }
      return restored(at: time, settings, &actions)
    case .restoreFailed(let error, let generation):
      guard hears(generation) else { return .stale }
      return restoreFailed(error, at: time, settings, &actions)
    case .extensionRegistered(let index, let subscriptions, let generation):
      guard hears(generation) else { return .stale }
      return extensionRegistered(index, subscriptions, settings, &actions)
    case .extensionNext(let index, let generation):
      guard hears(generation) else { return .stale }
      return extensionNext(index, at: time, settings, &actions)
    case .functionInitBegan(let generation):
      guard hears(generation) else { return .stale }
      return functionInitBegan(&actions)
    case .runtimeInitFailed(let error, let generation):
      guard hears(generation) else { return .stale }
      return runtimeInitFailed(error, at: time, settings, &actions)
    case .runtimeNext(let generation):
      guard hears(generation) else { return .stale }
      return runtimeNext(at: time, settings, &actions)
    case .workerNext(let invocation, let generation):
      guard hears(generation) else { return .stale }
      return workerNext(invocation, at: time, settings, &actions)
    case .workerExited(let invocation, let error, let generation):
      guard hears(generation) else { return .stale }
      return workerExited(invocation, error, at: time, settings, &actions)
    }
  }

  /// Processes of that generation are alive and are not being ended.
  @inline(__always)
  private func hears(_ generation: Generation) -> Bool { generation == self.generation && !isEnding }

  /// Notes an anomaly.
  @inline(never)
  func reject(_ signal: Anomaly.Sign, _ actions: inout ActionBuffer) -> Reception {
    actions.append(.anomaly(Anomaly(signal: signal, state: state)))
    return .rejected
  }

  @inline(__always)
  func bit(_ index: UInt8) -> UInt16 { index < 16 ? 1 &<< UInt16(index) : 0 }

  /// A limit from a moment on; `.never` where there is none.
  @inline(__always)
  func limit(_ length: Nanoseconds, from time: Timestamp) -> Timestamp {
    let (sum, isBeyond) = time.addingReportingOverflow(length)
    return isBeyond ? .never : sum
  }

  mutating func arm(_ time: Timestamp, _ actions: inout ActionBuffer) {
    deadline = (deadline &+ 1) | 1
    actions.append(.arm(time, deadline))
  }

  mutating func disarm(_ actions: inout ActionBuffer) {
    deadline = (deadline | 1) &+ 1
    actions.append(.disarm)
  }
}
