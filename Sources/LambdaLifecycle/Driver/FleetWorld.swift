/// The world of a fleet: what takes time, and what comes from outside. The simulator's world draws how long things take,
/// that of an emulator runs processes.
///
/// A world answers a request of the driver later, by `FleetDriver.receive`, and never while it is being
/// asked.
package protocol FleetWorld: Sendable {
  /// The part of a request that its fleet does not have to know.
  associatedtype Payload: Sendable

  /// Processes end later than they are killed. Each that was started is reported by `Signal.runtimeExited` or
  /// `extensionExited` when it has been reaped, one that could not be started by `.extensionLaunchError` or
  /// `runtimeExited`; until then none of the next generation is started.
  static var reapsProcesses: Bool { get }
  /// How long a request waits for a runtime that has answered and not yet asked for the next event, rather than get
  /// another environment or a 429; 0 where both come at once.
  static var patience: Nanoseconds { get }

  /// The driver's signals distinguish runtime init and function init. False: init is written as one piece,
  /// which a mark may divide.
  static var dividesInit: Bool { get }

  // MARK: Time

  /// The driver wants to be called by `FleetDriver.come` for `due` at a moment. That is not taken back: what
  /// has become void passes unheard.
  /// - Parameter place: the slot of an environment, or the place of a function, as `due` says; it comes back with it.
  mutating func wake(_ due: Due, _ place: Int, at time: Timestamp)
  /// How long an environment that has become idle is kept, where that is no fixed length.
  mutating func idleTimeout(_ model: DurationModel, in member: FleetMember) -> Nanoseconds
  /// After how long an environment is replaced, even under load.
  mutating func lifetime(_ model: DurationModel, in member: FleetMember) -> Nanoseconds

  // MARK: Requests

  /// A request, new or tried again, is about to look for an environment.
  mutating func arrives(_ request: inout FleetRequest<Payload>)
  /// The retries of a request that fails; nil for none, as of one whose caller waits.
  func retryPolicy(_ request: borrowing FleetRequest<Payload>) -> RetryPolicy?
  /// An event is given up.
  mutating func drop(_ request: borrowing FleetRequest<Payload>)
  /// The caller has this answer.
  mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, in member: FleetMember,
    _ requests: borrowing RequestTable<Payload>, at now: Timestamp)
  /// The request gets no environment now: the caller has a 429, or an error of the Invoke API.
  mutating func reject(_ request: borrowing FleetRequest<Payload>, _ rejection: Rejection)
  /// The world still has something that names the request, although its invocation is over.
  func keepsPlace(of invocation: Invocation, _ requests: borrowing RequestTable<Payload>) -> Bool

  // MARK: Environments

  /// A new environment: for a request, or ahead of any.
  mutating func created(
    _ member: FleetMember, for request: FleetRequest<Payload>?, at now: Timestamp)
  /// Creates the sandbox, with code and layers.
  /// - Returns: true where it is there at once; else `Signal.sandboxReady` follows.
  mutating func createSandbox(_ member: FleetMember, at now: Timestamp) -> Bool
  /// `Signal.snapshotLoaded` follows, then `restored` or `restoreFailed`.
  mutating func restoreSnapshot(
    _ generation: Generation, in member: FleetMember, at now: Timestamp)

  // MARK: Processes

  // An extension's index is its bit in a mask: those of the settings first, in their order. An internal extension gets, from
  // whoever reports its registration, an index that none of them has.

  /// Starts external extensions. `Signal.extensionRegistered` and `extensionNext` of each follow.
  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, in member: FleetMember, at now: Timestamp)
  /// Starts the runtime. `Signal.runtimeNext` follows; `functionInitBegan` before it where that is seen.
  mutating func startRuntime(
    _ generation: Generation, in member: FleetMember, _ requests: borrowing RequestTable<Payload>,
    at now: Timestamp)
  /// Hands the invocation to the runtime, which answers with `Signal.response` and asks for the next one.
  ///
  /// A Next that is waited with and whose connection closes is the world's to forget: the next one takes its place, and
  /// the environment hears of neither.
  mutating func deliver(
    _ invocation: Invocation, deadline: Timestamp, _ generation: Generation, in member: FleetMember,
    _ requests: inout RequestTable<Payload>, at now: Timestamp)
  /// Hands INVOKE to extensions, each of which asks for its next event when it is done.
  mutating func deliverToExtensions(
    _ mask: UInt16, _ invocation: Invocation, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, _ requests: borrowing RequestTable<Payload>)
  /// Managed Instances: when the invocation times out. `Signal.invocationDeadline` reports it, unless it is
  /// over by then.
  mutating func armInvocation(
    _ invocation: Invocation, at deadline: Timestamp, _ requests: inout RequestTable<Payload>)
  /// Stops all processes of the environment, and lets them go on. Nothing follows.
  mutating func freeze(_ member: FleetMember, at now: Timestamp)
  mutating func thaw(_ member: FleetMember, at now: Timestamp)
  /// The shutdown of an environment, or its reset, begins.
  mutating func shutsDown(_ member: FleetMember)
  /// SIGTERM; `Signal.runtimeExited` follows, or the deadline.
  mutating func terminateRuntime(_ generation: Generation, in member: FleetMember, at now: Timestamp)
  /// SIGKILL. Where processes are reaped, `Signal.runtimeExited` still follows.
  mutating func killRuntime(_ generation: Generation, in member: FleetMember)
  /// SHUTDOWN; `Signal.extensionExited` of each follows, or the deadline.
  mutating func sendShutdown(
    _ mask: UInt16, _ reason: ShutdownReason, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, at now: Timestamp)
  /// SIGKILL. Where processes are reaped, `Signal.extensionExited` of each still follows.
  mutating func killExtensions(_ mask: UInt16, _ generation: Generation, in member: FleetMember)
  /// The environment is gone; another one may take its slot. What still runs in it, as after a snapshot was taken, is the
  /// world's to end.
  mutating func gone(_ member: FleetMember, at now: Timestamp)

  // MARK: Settings

  /// A function's settings are about to change; what was paid for until now was paid for with these.
  mutating func settingsEnd(_ function: Int, allocationHasFailed: Bool, at now: Timestamp)
  /// A function has these settings from now on.
  /// - Parameter former: the place that the settings before have from now on, for the environments that keep them; nil
  ///   where there is none.
  mutating func configure(_ function: Int, _ settings: FunctionScenario, former: Int?)
  /// Steady traffic to a function from now on, in requests in 1,000 seconds.
  mutating func setRate(_ rate: Int64, of function: Int, at now: Timestamp)

  // MARK: Figures, where no events are written

  mutating func countCreated(_ member: FleetMember, at now: Timestamp)
  /// Counts what an action reports.
  mutating func count(
    _ action: Action, in member: FleetMember,
    _ requests: borrowing RequestTable<Payload>, at now: Timestamp)
  /// Counts what no action reports.
  mutating func count(_ fact: FleetFact, _ request: borrowing FleetRequest<Payload>)
  mutating func countAssigned(
    _ request: borrowing FleetRequest<Payload>, to member: FleetMember,
    at now: Timestamp)
}

extension FleetWorld {
  package static var reapsProcesses: Bool { false }
  package static var patience: Nanoseconds { 0 }
  package static var dividesInit: Bool { true }

  package mutating func drop(_ request: borrowing FleetRequest<Payload>) {}

  // A world whose events are written has nothing to count.

  package mutating func settingsEnd(_ function: Int, allocationHasFailed: Bool, at now: Timestamp) {}
  package mutating func countCreated(_ member: FleetMember, at now: Timestamp) {}
  package mutating func count(
    _ action: Action, in member: FleetMember,
    _ requests: borrowing RequestTable<Payload>, at now: Timestamp
  ) {}
  package mutating func count(_ fact: FleetFact, _ request: borrowing FleetRequest<Payload>) {}
  package mutating func countAssigned(
    _ request: borrowing FleetRequest<Payload>, to member: FleetMember,
    at now: Timestamp
  ) {}
}

/// Something that a driver has to do at a moment.
package enum Due: Sendable {
  /// Of an environment: a limit passes, or it has been idle for long enough.
  case deadline, reclaim
  /// An environment of a function is created ahead of requests.
  case creation
  /// An event is tried again.
  case retry(Invocation)
  /// A request waits no longer for the environment.
  case patience
}

/// Why a request gets no environment.
package enum Rejection: Sendable {
  /// 429.
  case throttled(ThrottleReason)
  /// An error of the Invoke API, no invocation.
  case refused(ErrorType)
}

/// Something that happens to a request without an environment.
package enum FleetFact: Sendable {
  case rejected(Rejection)
  /// It is a further attempt.
  case retried
  /// Its event is given up.
  case dropped
}
