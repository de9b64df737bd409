internal import LambdaLifecycle

extension CloudWatchEnvironment {
  /// An extension may print events of the Telemetry API that are in the log already; their times differ by
  /// milliseconds.
  private static let sameInit: Nanoseconds = .seconds(1)

  // MARK: Lines

  /// INIT_START or RESTORE_START.
  mutating func initStarted(
    _ phase: Phase, _ runtime: UnsafeRawBufferPointer, names: inout NameCache, at moment: inout LogMoment,
    into log: inout EventLog
  ) {
    beginInterrupting(at: moment, into: &log)
    endUnreported(at: moment, into: &log)
    moment.learn(.exact)
    noteInit(phase, at: moment.time)
    let isNew = identity.begin(
      function: .none, instance: .none, type: phase == .restore ? .snapStart : .unknown, isFirstInit: true,
      catalog: &log.catalog)
    if isNew {
      emit(.environmentCreated(identity.initializationType), at: moment.time, of: moment, into: &log)
    }
    let runtime = names.name(ofField: runtime, of: &log.catalog)
    if runtime != .none, runtime != identity.described.runtime {
      identity.described.runtime = runtime
      describe(at: moment, into: &log)
    }
    if moment.precision == .seconds {
      initialization.hold(phase)
    } else {
      emit(.phaseBegan(phase), at: moment.time, of: moment, into: &log)
    }
  }

  /// INIT_REPORT or RESTORE_REPORT.
  mutating func initReported(
    _ phase: Phase, _ report: PlatformReport, names: inout NameCache, at moment: inout LogMoment,
    into log: inout EventLog
  ) {
    let errorType = names.name(ofField: report.errorType, of: &log.catalog)
    beginHeldInit(at: moment, into: &log)
    moment.advanceUntimed(by: report.duration)
    let end = PhaseEnd(phase, outcome: report.outcome, errorType: errorType, duration: report.duration)
    emit(.phaseEnded(end), at: moment.time, of: moment, into: &log)
    endInit(report.outcome)
    if phase == .restore { return }
    if report.isSuppressed { identity.suppressedInit = max(0, report.duration) }
    let initReport = InitReport(
      initializationType: identity.initializationType, isSuppressed: report.isSuppressed,
      duration: report.duration, outcome: report.outcome, errorType: errorType)
    emit(.initReport(initReport), at: moment.time, of: moment, into: &log)
  }

  // MARK: Begin and end

  /// True if the init that begins then has been read already, as text or as a record.
  func knowsInit(at time: Timestamp) -> Bool {
    initialization.began != .never && abs(time - initialization.began) < Self.sameInit
  }

  /// The init that began has been ended by a line, as text or as a record.
  var hasEndedInit: Bool { initialization.began != .never && initialization.open == nil }

  /// An init or a restore begins.
  mutating func noteInit(_ phase: Phase, at time: Timestamp) {
    initialization.begin(phase, at: time)
    identity.initIsTold = true
  }

  /// - Parameter time: where it lies; nil where its line is the best source.
  mutating func beginHeldInit(
    from time: Timestamp? = nil, at moment: LogMoment, into log: inout EventLog
  ) {
    guard let phase = initialization.takeHeld(at: time) else { return }
    emit(.phaseBegan(phase), at: initialization.began, of: moment, into: &log)
  }

  mutating func endInit(_ outcome: Outcome) {
    initialization.close()
    initialization.noteReset(outcome.isBad)
    identity.initIsTold = true
  }

  /// At system log level INFO a re-init has a begin and no report: it is over when START is written.
  mutating func takeSuppressedInit(at time: Timestamp) {
    guard initialization.open != nil, identity.isInitialized else { return }
    initialization.close()
    if identity.suppressedInit == 0 { identity.suppressedInit = max(0, time - initialization.began) }
  }

  /// Init Duration: the length of an init whose end no line has reported. Without its begin, it ran right
  /// before START.
  mutating func endInit(
    with report: Report, of request: RequestID, at moment: LogMoment, into log: inout EventLog
  ) {
    let length = max(report.initDuration, report.restoreDuration)
    let isFirst = !identity.initIsTold
    identity.initIsTold = true
    identity.initIsOpen = false
    // An init after a reset is reported here, and not once more with the record.
    identity.wasReset = false
    guard length >= 0, let run = runs.running(request) else { return }
    let phase = initialization.open ?? (report.restoreDuration >= 0 ? .restore : .initialization)
    guard isFirst || initialization.open != nil else { return }
    initialization.close()
    let end = PhaseEnd(phase, outcome: .success, duration: length)
    emit(.phaseEnded(end), at: run.begin, of: moment, into: &log)
  }
}
