internal import LambdaLifecycle

extension CloudWatchEnvironment {
  /// A request whose START and REPORT have one time although it took longer: the time is that of their writing.
  private static let surelyLonger: Nanoseconds = .milliseconds(20)
  /// Between START and END of a log are whole milliseconds; if Duration is longer by more than this, the rest
  /// was before START.
  private static let tolerance: Nanoseconds = .milliseconds(10)
  /// The same where no line has reported a reset: the log may begin after it.
  private static let clearly: Nanoseconds = .milliseconds(100)
  /// Times of whole seconds are off by less.
  private static let second: Nanoseconds = .seconds(1)
  /// An init that ended longer before its request ran ahead of it.
  private static let ahead: Nanoseconds = .milliseconds(100)

  // MARK: START

  /// - Parameter line: as it was written.
  mutating func started(
    _ request: RequestID, _ line: UnsafeRawBufferPointer, at moment: inout LogMoment,
    into log: inout EventLog
  ) {
    settleHeld(at: &moment, into: &log)
    beginInterrupting(at: moment, into: &log)
    if interrupts(request, line, at: moment) { return }
    let isTimed = moment.precision != .none
    guard recent.noteBegin(request, at: moment.time, isTimed: isTimed) else { return }
    release(at: moment, into: &log)
    endUnreported(at: moment, into: &log)
    let run = Run(request: request, begin: moment.time)
    if !moment.hasExactTimes || moment.times != .exact && initialization.began == .never {
      runs.hold(run)
    } else {
      begin(run, at: moment, into: &log)
    }
  }

  /// Emits the begin of an invocation.
  mutating func begin(_ run: Run, at moment: LogMoment, into log: inout EventLog) {
    if identity.suppressedInit > 0 {
      identity.delayed = (run.request, identity.suppressedInit)
      identity.suppressedInit = 0
    }
    identity.isInitialized = true
    runs.begin(run)
    emit(.phaseBegan(.invoke), request: run.request, at: run.begin, of: moment, into: &log)
  }

  /// A line with another time than the START that is held: START has its own.
  @inline(__always)
  mutating func settleHeld(at moment: inout LogMoment, into log: inout EventLog) {
    guard let held = runs.held, held.begin != moment.time else { return }
    moment.learn(.exact)
    // In whole seconds nothing is settled before the lengths are known.
    if moment.precision == .seconds { return }
    release(at: moment, into: &log)
  }

  /// Emits the held events as they were read.
  mutating func release(at moment: LogMoment, into log: inout EventLog) {
    guard var held = runs.takeHeld() else { return }
    beginHeldInit(at: moment, into: &log)
    if !moment.hasExactTimes { held.begin = max(held.begin, runs.freeFrom) }
    begin(held, at: moment, into: &log)
  }

  // MARK: END

  /// - Parameter line: as it was written.
  mutating func ended(
    _ request: RequestID, _ line: UnsafeRawBufferPointer, at moment: inout LogMoment,
    into log: inout EventLog
  ) {
    settleHeld(at: &moment, into: &log)
    if isPrinted(request) { return printed(line, at: moment, into: &log) }
    recent.noteEnd(request)
    runs.noteEnd(request, at: moment.time)
  }

  /// A request that has an END and no REPORT, for something else begins: that was its end.
  mutating func endUnreported(at moment: LogMoment, into log: inout EventLog) {
    guard let run = runs.running else { return }
    let fault = faults.of(run.request)
    // A line of its failure ends it, too.
    let failed = fault.flatMap { $0.isHandlers ? nil : $0.time }
    guard let end = run.end ?? failed else { return }
    var outcome = Outcome.success
    var errorType = Name.none
    if let fault {
      answer(fault, at: end, of: moment, into: &log)
      if !fault.isHandlers { (outcome, errorType) = (fault.outcome, fault.errorType) }
    }
    let phaseEnd = PhaseEnd(.invoke, outcome: outcome, errorType: errorType)
    emit(.phaseEnded(phaseEnd), request: run.request, at: end, of: moment, into: &log)
    endRun(outcome, length: -1, at: end)
  }

  /// - Parameter length: of the invocation; negative if it is not known.
  mutating func endRun(_ outcome: Outcome, length: Nanoseconds, at time: Timestamp) {
    runs.end(length: length, at: time)
    faults.end()
    initialization.noteReset(outcome.isBad)
  }

  // MARK: REPORT

  /// - Parameter line: as it was written.
  mutating func reported(
    _ request: RequestID, _ fields: ReportFields, _ line: UnsafeRawBufferPointer, names: inout NameCache,
    at moment: inout LogMoment, into log: inout EventLog
  ) {
    settleHeld(at: &moment, into: &log)
    var report = fields.report
    if tellsInterrupting(request, report, line, at: moment, into: &log) { return }
    if busyWith != request {
      let again = ReportedRequest(
        request: request, time: moment.time, duration: report.duration, length: -1, usedAllMemory: false)
      if recent.isKnown(again) { return }
      if isPrinted(request) { return printed(line, at: moment, into: &log) }
    }
    if let held = runs.takeHeld(request) {
      var run = held
      run.begin = begin(of: held, report, at: &moment, into: &log)
      moment.advance(to: max(moment.time, LogMoment.later(run.begin, by: max(0, report.duration))))
      begin(run, at: moment, into: &log)
    } else if runs.running?.request != request {
      beginUntold(request, report, at: &moment, into: &log)
    } else {
      moment.advanceUntimed(by: report.duration)
    }
    let usedAll = report.memoryMB > 0 && report.maxMemoryUsedMB >= report.memoryMB
    let told = ReportedRequest(
      request: request, time: moment.time, duration: report.duration, length: report.duration,
      usedAllMemory: usedAll)
    guard recent.noteReport(told) else { return }
    if report.memoryMB >= 0, report.memoryMB != identity.described.memoryMB {
      identity.described.memoryMB = report.memoryMB
      describe(at: moment, into: &log)
    }
    report.errorType = names.name(ofField: fields.errorType, of: &log.catalog)
    complete(&report, told, at: moment, into: &log)
    endInit(with: report, of: request, at: moment, into: &log)
    let length = invokeLength(report, of: request, isTold: moment.isOfLine, at: moment, into: &log)
    recent.setLength(length, of: request)
    let end = PhaseEnd(.invoke, outcome: report.outcome, errorType: report.errorType, duration: length)
    emit(.phaseEnded(end), request: request, at: moment.time, of: moment, into: &log)
    emit(.report(report), request: request, at: moment.time, of: moment, into: &log)
    endRun(report.outcome, length: length, at: moment.time)
  }

  /// A REPORT alone is evidence of an invocation of its length before it.
  mutating func beginUntold(
    _ request: RequestID, _ report: Report, at moment: inout LogMoment, into log: inout EventLog
  ) {
    let length = max(0, report.duration)
    // Another request is over by then.
    endUnreported(at: moment, into: &log)
    if moment.hasNoTimes {
      var run = Run(request: request, begin: moment.untimed)
      if !identity.initIsTold {
        run.begin = LogMoment.later(run.begin, by: max(0, report.initDuration, report.restoreDuration))
      }
      moment.advance(to: LogMoment.later(run.begin, by: length))
      return begin(run, at: moment, into: &log)
    }
    let begun = max(moment.time &- length, min(moment.time, runs.freeFrom))
    begin(Run(request: request, begin: begun), at: moment, into: &log)
  }

  /// The begin of an invocation whose START has the time of its REPORT, or is known to the second.
  private mutating func begin(
    of held: Run, _ report: Report, at moment: inout LogMoment, into log: inout EventLog
  ) -> Timestamp {
    let length = max(0, report.duration)
    if initialization.open != nil {
      let initBegan = initialization.began
      let initLength = max(0, report.initDuration, report.restoreDuration)
      let begin = max(held.begin, LogMoment.later(initBegan, by: initLength))
      // Of an init that ran for it the begin is off by the rounding, not its length.
      let isForIt = begin - initBegan - initLength < Self.second + Self.ahead
      beginHeldInit(from: isForIt ? begin - initLength : initBegan, at: moment, into: &log)
      return begin
    }
    if moment.hasNoTimes {
      let initLength = max(0, report.initDuration, report.restoreDuration)
      return identity.initIsTold ? held.begin : LogMoment.later(held.begin, by: initLength)
    }
    if moment.precision == .seconds { return max(held.begin, runs.freeFrom) }
    guard moment.precision == .none || moment.times == .atEnd || length >= Self.surelyLonger else {
      return held.begin
    }
    moment.learn(.atEnd)
    return max(held.begin - length, runs.freeFrom)
  }

  /// Adds the failure that other lines have reported.
  private mutating func complete(
    _ report: inout Report, _ told: ReportedRequest, at moment: LogMoment, into log: inout EventLog
  ) {
    let isTold = report.outcome != .none
    if !isTold { report.outcome = .success }
    guard let fault = faults.of(told.request), !report.outcome.isBad else { return }
    answer(fault, at: moment.time, of: moment, into: &log)
    if fault.isHandlers || isTold { return }
    report.outcome = fault.outcome
    report.errorType = fault.errorType(of: told)
  }

  /// The length of the invocation itself. Duration includes an init after a reset, which is over before START
  /// is written (execution environment page; real logs). The log reports only a failed init; where it is
  /// silent, the length of the init is the part of Duration beyond the time between START and END.
  ///
  /// - Parameter isTold: the times of the log are those of its lines.
  mutating func invokeLength(
    _ report: Report, of request: RequestID, isTold: Bool, at moment: LogMoment, into log: inout EventLog
  ) -> Nanoseconds {
    let delayed = identity.delayed
    if !delayed.request.isNone, delayed.request == request {
      identity.delayed.request = .none
      return max(-1, report.duration - delayed.initDuration)
    }
    let wasReset = initialization.wasReset
    guard isTold, let run = runs.running(request) else {
      // It is known that one ran, but not for how long.
      if wasReset {
        let report = InitReport(initializationType: identity.initializationType, isSuppressed: true)
        emit(.initReport(report), request: request, at: moment.time, of: moment, into: &log)
      }
      return report.duration
    }
    let seen = CalendarDate.length(from: run.begin, to: max(run.begin, run.end ?? moment.time))
    guard seen >= 0, report.duration - seen > Self.tolerance else { return report.duration }
    // The first request in the log may follow on a reset that is not in it.
    let mayBeReset = !runs.hasServed && initialization.began == .never && report.initDuration < 0
    let least = wasReset ? Self.tolerance : Self.clearly
    // Where streams have no names, the one that was reset may be taken for another.
    let isGuessed = !isNamed && report.initDuration < 0
    guard wasReset || mayBeReset || isGuessed, report.duration - seen > least else {
      return report.duration
    }
    let initEnd = PhaseEnd(.initialization, outcome: .success, duration: report.duration - seen)
    emit(.phaseEnded(initEnd), request: request, at: run.begin, of: moment, into: &log)
    return seen
  }
}
