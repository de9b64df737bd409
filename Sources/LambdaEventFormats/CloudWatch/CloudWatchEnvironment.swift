internal import LambdaLifecycle

/// One environment, which is one log stream: it takes the lines that `CloudWatchDecoder` has found to be its own, and
/// emits the events that follow.
///
/// Functions are lent what all environments share: the moment of the line, the names known, and the log.
struct CloudWatchEnvironment: Sendable {
  typealias Run = CloudWatchRuns.Run
  typealias Fault = CloudWatchFaults.Fault

  /// The envelope of its lines names its log stream.
  let isNamed: Bool
  var identity: TelemetryEnvironment
  var runs = CloudWatchRuns()
  var faults = CloudWatchFaults()
  var initialization = CloudWatchInit()
  var recent = RecentRequests()

  init(logStream: Name, function: Name) {
    isNamed = logStream != .none
    identity = TelemetryEnvironment(logStream: logStream, function: function)
  }

  /// The request that it works on.
  @inline(__always) var busyWith: RequestID { runs.underWay?.request ?? .none }

  /// It serves many requests at a time, and their lines say whose they are.
  var isManagedInstance: Bool { identity.initializationType == .managedInstances }

  /// True if the output of a line of that moment has a time of its own: not where all lines of an invocation
  /// have one time, or have none, or have whole seconds.
  @inline(__always)
  func outputIsTimed(at moment: LogMoment) -> Bool { moment.isOfLine && runs.held == nil }

  /// Emits what is held until something shows its time, and what could only be known at the log's end.
  mutating func finish(at moment: LogMoment, into log: inout EventLog) {
    release(at: moment, into: &log)
    beginHeldInit(at: moment, into: &log)
    settleLateFault(at: moment, into: &log)
    beginInterrupting(at: moment, into: &log)
    endUnreported(at: moment, into: &log)
  }

  // MARK: Events

  /// Keeps a line of somebody's output, a blank line excepted.
  mutating func append(
    output line: UnsafeRawBufferPointer, request: RequestID, at moment: LogMoment, into log: inout EventLog
  ) {
    let text = line.withoutTrailingBlanks
    if text.isEmpty { return }
    let first = log.events.count
    let range = log.text.append(text)
    emit(.output(.function, range), request: request, at: moment.time, of: moment, into: &log)
    log.readOutput(from: first, isTimed: outputIsTimed(at: moment))
  }

  /// Emits the known facts of its function.
  mutating func describe(at moment: LogMoment, into log: inout EventLog) {
    emit(.functionDescribed(identity.described), at: moment.time, of: moment, into: &log)
  }

  /// Appends an event that a line of `moment` shows to have happened at `time`.
  @inline(__always)
  mutating func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, at time: Timestamp, of moment: LogMoment,
    into log: inout EventLog
  ) {
    if identity.id == .none { identity.continueUnseen(catalog: &log.catalog) }
    log.events.append(
      LifecycleEvent(
        time: time, arrival: moment.arrival, function: identity.function, environment: identity.id,
        request: request, kind: kind))
  }
}
