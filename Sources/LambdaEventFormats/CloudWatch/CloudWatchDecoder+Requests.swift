internal import LambdaLifecycle

extension CloudWatchDecoder {
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

  /// Lines have times to the millisecond.
  var hasExactTimes: Bool { current.precision == .milliseconds }

  /// Neither the lines nor their arrival have a time.
  var hasNoTimes: Bool { current.precision == .none && arrival == nil }

  // MARK: START

  /// - Parameter line: as it was written.
  mutating func started(_ request: RequestID, _ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    let index = current.index
    beginInterrupting(index, into: &log)
    if interrupts(request, line) { return }
    let isTimed = current.precision != .none
    guard environments[index].recent.noteBegin(request, at: current.time, isTimed: isTimed) else { return }
    release(index, into: &log)
    endUnreported(index, into: &log)
    let run = CloudWatchEnvironment.Run(request: request, begin: current.time)
    if !hasExactTimes || times != .exact && environments[index].initBegan == .never {
      environments[index].held = run
    } else {
      begin(run, into: &log)
    }
  }

  mutating func begin(_ run: CloudWatchEnvironment.Run, into log: inout EventLog) {
    let index = current.index
    let suppressed = environments[index].identity.suppressedInit
    if suppressed > 0 {
      environments[index].identity.delayed = (run.request, suppressed)
      environments[index].identity.suppressedInit = 0
    }
    environments[index].identity.isInitialized = true
    environments[index].run = run
    emit(.phaseBegan(.invoke), request: run.request, at: run.begin, into: &log)
  }

  /// A line with another time than the START that is held: START has its own.
  @inline(__always)
  mutating func settleHeld(into log: inout EventLog) {
    guard let held = environments[current.index].held, held.begin != current.time else { return }
    if hasExactTimes { times = .exact }
    // In whole seconds nothing is settled before the lengths are known.
    if current.precision == .seconds { return }
    release(current.index, into: &log)
  }

  /// Emits the held events as they were read.
  mutating func release(_ index: Int, into log: inout EventLog) {
    let before = current.index
    current.index = index
    defer { current.index = before }
    guard var held = environments[index].held else { return }
    beginHeldInit(into: &log)
    if !hasExactTimes { held.begin = max(held.begin, environments[index].freeFrom) }
    environments[index].held = nil
    begin(held, into: &log)
  }

  /// - Parameter time: where it lies; nil where its line is the best source.
  mutating func beginHeldInit(at time: Timestamp? = nil, into log: inout EventLog) {
    guard let phase = environments[current.index].heldInit else { return }
    let time = time ?? environments[current.index].initBegan
    environments[current.index].heldInit = nil
    environments[current.index].initBegan = time
    emit(.phaseBegan(phase), at: time, into: &log)
  }

  // MARK: END

  /// A request that has an END and no REPORT, for something else begins: that was its end.
  mutating func endUnreported(_ index: Int, into log: inout EventLog) {
    guard let run = environments[index].run else { return }
    // A line of its failure ends it, too.
    let failed = environments[index].fault.flatMap {
      $0.request == run.request && !$0.isHandlers ? $0.time : nil
    }
    guard let end = run.end ?? failed else { return }
    let before = current.index
    current.index = index
    defer { current.index = before }
    var outcome = Outcome.success
    var errorType = Name.none
    if let fault = environments[index].fault, fault.request == run.request {
      answer(fault, at: end, into: &log)
      if !fault.isHandlers { (outcome, errorType) = (fault.outcome, fault.errorType) }
    }
    let phaseEnd = PhaseEnd(.invoke, outcome: outcome, errorType: errorType)
    emit(.phaseEnded(phaseEnd), request: run.request, at: end, into: &log)
    environments[index].endRun(outcome, length: -1, at: end)
  }

  // MARK: REPORT

  /// - Parameter line: as it was written.
  mutating func reported(
    _ request: RequestID, _ fields: ReportFields, _ line: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    let index = current.index
    var report = fields.report
    if tellsInterrupting(request, report, line, into: &log) { return }
    if environments[index].busyWith != request {
      let again = ReportedRequest(
        request: request, time: current.time, duration: report.duration, length: -1, usedAllMemory: false)
      if environments[index].recent.isKnown(again) { return }
      if isPrinted(request) { return printed(line, into: &log) }
    }
    if let held = environments[index].held, held.request == request {
      environments[index].held = nil
      var run = CloudWatchEnvironment.Run(request: request, begin: begin(of: held, report, into: &log))
      run.end = held.end
      current.time = max(current.time, later(run.begin, by: max(0, report.duration)))
      if hasNoTimes { untimed = current.time }
      begin(run, into: &log)
    } else if environments[index].run?.request != request {
      beginUntold(request, report, into: &log)
    } else if hasNoTimes, report.duration > 0 {
      advance(by: report.duration)
    }
    let usedAll = report.memoryMB > 0 && report.maxMemoryUsedMB >= report.memoryMB
    let told = ReportedRequest(
      request: request, time: current.time, duration: report.duration, length: report.duration,
      usedAllMemory: usedAll)
    guard environments[index].recent.noteReport(told) else { return }
    if report.memoryMB >= 0, report.memoryMB != environments[index].identity.described.memoryMB {
      environments[index].identity.described.memoryMB = report.memoryMB
      describe(into: &log)
    }
    report.errorType = text(fields.errorType, into: &log)
    complete(&report, told, into: &log)
    endInit(with: report, of: request, into: &log)
    let length = invokeLength(
      report, of: request, isTold: hasExactTimes && times != .atEnd, into: &log)
    environments[index].recent.setLength(length, of: request)
    let end = PhaseEnd(.invoke, outcome: report.outcome, errorType: report.errorType, duration: length)
    emit(.phaseEnded(end), request: request, at: current.time, into: &log)
    emit(.report(report), request: request, at: current.time, into: &log)
    environments[index].endRun(report.outcome, length: length, at: current.time)
  }

  /// A REPORT alone is evidence of an invocation of its length before it.
  mutating func beginUntold(_ request: RequestID, _ report: Report, into log: inout EventLog) {
    let length = max(0, report.duration)
    // Another request is over by then.
    endUnreported(current.index, into: &log)
    if hasNoTimes {
      var run = CloudWatchEnvironment.Run(request: request, begin: untimed)
      if !environments[current.index].identity.initIsTold {
        run.begin = later(run.begin, by: max(0, report.initDuration, report.restoreDuration))
      }
      untimed = later(run.begin, by: length)
      current.time = untimed
      return begin(run, into: &log)
    }
    let begun = max(current.time &- length, min(current.time, environments[current.index].freeFrom))
    begin(CloudWatchEnvironment.Run(request: request, begin: begun), into: &log)
  }

  /// The begin of an invocation whose START has the time of its REPORT, or is known to the second.
  private mutating func begin(
    of held: CloudWatchEnvironment.Run, _ report: Report, into log: inout EventLog
  ) -> Timestamp {
    let environment = environments[current.index]
    let length = max(0, report.duration)
    if environment.openInit != nil {
      let initLength = max(0, report.initDuration, report.restoreDuration)
      let begin = max(held.begin, later(environment.initBegan, by: initLength))
      // Of an init that ran for it the begin is off by the rounding, not its length.
      let isForIt = begin - environment.initBegan - initLength < Self.second + Self.ahead
      beginHeldInit(at: isForIt ? begin - initLength : environment.initBegan, into: &log)
      return begin
    }
    if hasNoTimes {
      let initLength = max(0, report.initDuration, report.restoreDuration)
      return environment.identity.initIsTold ? held.begin : later(held.begin, by: initLength)
    }
    if current.precision == .seconds { return max(held.begin, environment.freeFrom) }
    guard current.precision == .none || times == .atEnd || length >= Self.surelyLonger else {
      return held.begin
    }
    if hasExactTimes { times = .atEnd }
    return max(held.begin - length, environment.freeFrom)
  }

  /// Adds the failure that other lines have reported.
  private mutating func complete(
    _ report: inout Report, _ told: ReportedRequest, into log: inout EventLog
  ) {
    let isTold = report.outcome != .none
    if !isTold { report.outcome = .success }
    guard let fault = environments[current.index].fault, fault.request == told.request,
      !report.outcome.isBad
    else { return }
    answer(fault, at: current.time, into: &log)
    if fault.isHandlers || isTold { return }
    report.outcome = fault.outcome
    report.errorType = fault.errorType(of: told)
  }

  /// Init Duration: the length of an init whose end no line has reported. Without its begin, it ran right
  /// before START.
  mutating func endInit(with report: Report, of request: RequestID, into log: inout EventLog) {
    let index = current.index
    let length = max(report.initDuration, report.restoreDuration)
    let isFirst = !environments[index].identity.initIsTold
    environments[index].identity.initIsTold = true
    environments[index].identity.initIsOpen = false
    // An init after a reset is reported here, and not once more with the record.
    environments[index].identity.wasReset = false
    guard length >= 0, let run = environments[index].run, run.request == request else { return }
    let phase = environments[index].openInit ?? (report.restoreDuration >= 0 ? .restore : .initialization)
    guard isFirst || environments[index].openInit != nil else { return }
    environments[index].openInit = nil
    let end = PhaseEnd(phase, outcome: .success, duration: length)
    emit(.phaseEnded(end), at: run.begin, into: &log)
  }

  /// The length of the invocation itself. Duration includes an init after a reset, which is over before START
  /// is written (execution environment page; real logs). The log reports only a failed init; where it is
  /// silent, the length of the init is the part of Duration beyond the time between START and END.
  ///
  /// - Parameter isTold: the times of the log are those of its lines.
  mutating func invokeLength(
    _ report: Report, of request: RequestID, isTold: Bool, into log: inout EventLog
  ) -> Nanoseconds {
    let index = current.index
    let delayed = environments[index].identity.delayed
    if !delayed.request.isNone, delayed.request == request {
      environments[index].identity.delayed.request = .none
      return max(-1, report.duration - delayed.initDuration)
    }
    guard isTold, let run = environments[index].run, run.request == request else {
      // It is known that one ran, but not for how long.
      if environments[index].wasReset {
        let report = InitReport(
          initializationType: environments[index].identity.initializationType, isSuppressed: true)
        emit(.initReport(report), request: request, at: current.time, into: &log)
      }
      return report.duration
    }
    let seen = CalendarDate.length(from: run.begin, to: max(run.begin, run.end ?? current.time))
    guard seen >= 0, report.duration - seen > Self.tolerance else { return report.duration }
    let environment = environments[index]
    // The first request in the log may follow on a reset that is not in it.
    let mayBeReset = !environment.hasServed && environment.initBegan == .never && report.initDuration < 0
    let least = environment.wasReset ? Self.tolerance : Self.clearly
    // Where streams have no names, the one that was reset may be taken for another.
    let isGuessed = !current.isNamed && report.initDuration < 0
    guard environment.wasReset || mayBeReset || isGuessed, report.duration - seen > least else {
      return report.duration
    }
    let initEnd = PhaseEnd(.initialization, outcome: .success, duration: report.duration - seen)
    emit(.phaseEnded(initEnd), request: request, at: run.begin, into: &log)
    return seen
  }

  /// Time goes on although no line has one.
  mutating func advance(by length: Nanoseconds) {
    untimed = later(untimed, by: length)
    current.time = untimed
  }

  /// Lengths that add up to more than there is time stay at its end.
  func later(_ time: Timestamp, by length: Nanoseconds) -> Timestamp {
    min(time &+ length, CalendarDate.timestamps.upperBound)
  }
}
