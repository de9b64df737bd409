internal import LambdaLifecycle

/// An init that runs.
struct RIEInit: Sendable {
  /// The state of knowledge about extensions. The emulator says at once if there are none; otherwise the
  /// first other line shows if they are being started.
  enum Extensions: Sendable {
    case undecided
    /// The runtime was started some time after the init began; the next line shows if an extension was the
    /// reason.
    case runtimeStartedAt(Timestamp)
    case starting
    /// None, or all have registered: the undivided rest runs since then.
    case done(Timestamp)
  }

  var start: Timestamp
  var extensions = Extensions.undecided
  /// As INIT RTDONE gave it.
  var outcome = Outcome.none
  /// The runtime's own part is over and emitted; an extension goes on.
  var runtimeIsReady = false
}

/// A request whose START was seen and whose INVOKE START was not.
struct RIEWaiting: Sendable {
  var request: RequestID
  var isAssigned: Bool
  /// Its REPORT, which comes through another pipe and may overtake INVOKE START.
  var report: Report?
  /// The failure and its moment, where its invocation is not reported.
  var failure: (outcome: Outcome, errorType: Name, time: Timestamp)?
}

/// A request since its INVOKE START. It ends when both INVOKE RTDONE and REPORT were seen, which come in either order.
struct RIEInvocation: Sendable {
  /// The id seen first; START, INVOKE START and REPORT need not agree.
  var request: RequestID
  var otherID: RequestID
  var start: Timestamp
  /// Its START has been seen.
  var hasStarted: Bool
  /// The length of the inits that ran for it: the emulator counts them into Duration.
  var initDuration: Nanoseconds
  /// The length of the environment's first init, if that ran for it.
  var firstInitDuration: Nanoseconds
  var outcome = Outcome.none
  var errorType = Name.none
  /// The caller's answer, where it is known to be another: an exception of the handler is no failed
  /// invocation.
  var answer: Outcome?
  /// The moment when runtime and extensions were done, where the emulator says it.
  var succeeded: Timestamp?
  var report: Report?
  var isRuntimeDone = false
  var hasEnded = false

  func isNamed(_ id: RequestID) -> Bool { id == request || id == otherID }
}

/// A reset or a shutdown that runs.
struct RIEShutdown: Sendable {
  var outcome: Outcome
  /// The emulator itself ends with it.
  var isFinal: Bool
}

/// One process of the emulator, which is one environment.
struct RIEProcess: Sendable {
  var environment = EnvironmentID.none
  var function = Name.none
  /// The first INIT START has been seen.
  var isCreated = false
  /// The emulator has crashed; the lines that follow are its own output.
  var hasCrashed = false
  var initialization: RIEInit?
  /// Lengths of the inits since the last INVOKE START.
  var initDuration: Nanoseconds = 0
  var firstInitDuration: Nanoseconds = -1
  var lastInitFailed = false
  /// `First fatal error stored in appctx`: why the running phase will fail. A reset clears it, a shutdown does not.
  var fatalError = Name.none
  var extensions: Set<String> = []
  /// Names of extensions that have registered and not yet asked for an event, by identifier.
  var starting: [String: String] = [:]
  /// The log level is debug.
  var tellsCalls = false
  var waiting: [RIEWaiting] = []
  /// Requests that the emulator refused because it serves one at a time.
  var refused: [RequestID] = []
  /// ReserveFailed lines whose START was not seen yet.
  var refusedAhead = 0
  var invocations: [RIEInvocation] = []
  var shutdown: RIEShutdown?
  /// Without a time in the log, an invocation begins when the one before has ended.
  var freeFrom = Timestamp.min
  var handlerError = HandlerError()
  /// The type of a handler's error, as long as no line shows that an invocation runs.
  var untoldError: Name?
  var memoryMB: Int32 = -1

  /// The request that the function works on.
  var runningIndex: Int? { invocations.lastIndex { !$0.hasEnded } }

  /// Nothing is known of it: it may still be given a name.
  var isUntouched: Bool { environment == .none }
}
