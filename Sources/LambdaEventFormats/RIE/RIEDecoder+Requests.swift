internal import LambdaLifecycle

extension RIEDecoder {
  /// Ended invocations that are remembered, because their REPORT may come late.
  private static let maximumInvocations = 16
  /// Two stamps of one moment differ by less.
  private static let stampWidth: Nanoseconds = .milliseconds(2)

  /// START. The emulator prints it apart from its `(rapid)` lines, so that it comes before or after them; it belongs to
  /// the oldest invocation without one, or to the next.
  mutating func requestStarted(_ id: RequestID, into log: inout EventLog) {
    if let index = process.invocations.firstIndex(where: { !$0.hasStarted }) {
      process.invocations[index].hasStarted = true
      process.invocations[index].otherID = id
      let (request, begin) = (process.invocations[index].request, process.invocations[index].start)
      // Nobody's request arrives after its invocation has begun; on a busy machine START may be read after all of it.
      guard let arrival, arrival > begin else {
        emit(untimed: .requestArrived, request: request, into: &log)
        emit(untimed: .requestAssigned, request: request, into: &log)
        return
      }
      emit(.requestArrived, request: request, at: begin, into: &log)
      emit(.requestAssigned, request: request, at: begin, into: &log)
      return
    }
    beginUntold(into: &log)
    if isOlder, arrival != nil { return startedInOlder(id, into: &log) }
    let isBusy = process.runningIndex.map { !process.invocations[$0].isRuntimeDone } ?? false
    let isInitializing = process.initialization != nil && process.waiting.isEmpty
    if arrival == nil, !isInitializing { hold() }
    emit(untimed: .requestArrived, request: id, into: &log)
    if process.refusedAhead > 0 {
      process.refusedAhead -= 1
      process.refused.append(id)
      return
    }
    let isAssigned = process.isCreated && !isBusy && process.waiting.isEmpty
    process.waiting.append(RIEWaiting(request: id, isAssigned: isAssigned))
    if isAssigned { emit(untimed: .requestAssigned, request: id, into: &log) }
  }

  /// The environment is made for the request that has waited longest.
  mutating func assignOldest(at time: Timestamp, into log: inout EventLog) {
    guard let oldest = process.waiting.first, !oldest.isAssigned else { return }
    process.waiting[0].isAssigned = true
    emit(.requestAssigned, request: oldest.request, at: time, into: &log)
  }

  /// INVOKE START.
  mutating func invokeStarted(_ id: RequestID, at time: Timestamp, into log: inout EventLog) {
    endReported(into: &log)
    var invocation = RIEInvocation(
      request: id, otherID: id, start: time, hasStarted: false, initDuration: process.initDuration,
      firstInitDuration: process.firstInitDuration)
    if !process.waiting.isEmpty {
      // START may name another id: then order decides.
      let index = process.waiting.firstIndex { $0.request == id } ?? 0
      let waiting = process.waiting.remove(at: index)
      invocation.request = waiting.request
      invocation.hasStarted = true
      invocation.report = waiting.report
      if !waiting.isAssigned { emit(.requestAssigned, request: waiting.request, at: time, into: &log) }
    }
    process.initDuration = 0
    process.firstInitDuration = -1
    process.handlerError = HandlerError()
    append(invocation)
    emit(.phaseBegan(.invoke), request: invocation.request, at: time, into: &log)
  }

  mutating func append(_ invocation: RIEInvocation) {
    process.invocations.append(invocation)
    if process.invocations.count > RIEDecoder.maximumInvocations { process.invocations.removeFirst() }
  }

  /// INVOKE RTDONE, which names no request.
  mutating func invokeRuntimeDone(
    _ outcome: Outcome, _ length: Nanoseconds, at time: Timestamp, into log: inout EventLog
  ) {
    guard let index = process.invocations.indices.last, !process.invocations[index].isRuntimeDone else {
      return
    }
    process.invocations[index].isRuntimeDone = true
    process.invocations[index].outcome = outcome
    let invocation = process.invocations[index]
    let done = length >= 0 ? invocation.start + length : time
    emit(.runtimeDone(outcome, errorType: .none), request: invocation.request, at: done, into: &log)
    if invocation.report != nil { end(at: index, into: &log) }
  }

  /// REPORT. It may come before INVOKE RTDONE, and after the end of a request that timed out.
  mutating func requestReported(_ id: RequestID, _ report: Report, into log: inout EventLog) {
    if report.memoryMB >= 0, report.memoryMB != process.memoryMB {
      process.memoryMB = report.memoryMB
      emit(untimed: .functionDescribed(FunctionDescription(memoryMB: report.memoryMB)), into: &log)
    }
    guard let index = process.invocations.lastIndex(where: { $0.isNamed(id) && $0.report == nil }) else {
      if let early = process.waiting.firstIndex(where: { $0.request == id }) {
        process.waiting[early].report = report
        if isOlder { beginUntold(into: &log) }
        return
      }
      emit(untimed: .report(report), request: id, into: &log)
      return
    }
    process.invocations[index].report = report
    if process.invocations[index].hasEnded {
      appendReport(of: index, at: nil, into: &log)
    } else if process.invocations[index].isRuntimeDone || isOlder {
      end(at: index, into: &log)
    }
  }

  /// Ends the invocations whose INVOKE RTDONE never came.
  mutating func endReported(into log: inout EventLog) {
    for index in process.invocations.indices
    where !process.invocations[index].hasEnded && process.invocations[index].report != nil {
      end(at: index, into: &log)
    }
  }

  /// The end of an invocation that was reported: INVOKE START and Duration, less the inits inside it, give it
  /// exactly.
  mutating func end(at index: Int, into log: inout EventLog) {
    let invocation = process.invocations[index]
    let outcome = invocation.outcome == .none ? Outcome.success : invocation.outcome
    var length = max(-1, (invocation.report?.duration ?? -1) - invocation.initDuration)
    var time = length >= 0 ? invocation.start + length : (arrival ?? clock.last ?? invocation.start)
    if let succeeded = invocation.succeeded, abs(succeeded - time) > RIEDecoder.stampWidth {
      // An init that is not in the log is in the Duration: the end that is in the log wins.
      time = max(succeeded, invocation.start)
      length = -1
    }
    process.invocations[index].outcome = outcome
    process.invocations[index].hasEnded = true
    process.freeFrom = max(process.freeFrom, time)
    let answered = LifecycleEvent.Kind.requestAnswered(
      invocation.answer ?? outcome, errorType: invocation.errorType)
    // An answer that differs from the outcome comes first: nobody has to conclude it.
    if invocation.answer != nil { emit(answered, request: invocation.request, at: time, into: &log) }
    let phaseEnd = PhaseEnd(.invoke, outcome: outcome, duration: length)
    emit(.phaseEnded(phaseEnd), request: invocation.request, at: time, into: &log)
    appendReport(of: index, at: time, into: &log)
    if invocation.answer == nil { emit(answered, request: invocation.request, at: time, into: &log) }
  }

  private mutating func appendReport(of index: Int, at time: Timestamp?, into log: inout EventLog) {
    let invocation = process.invocations[index]
    guard var report = invocation.report else { return }
    report.initDuration = invocation.firstInitDuration
    report.outcome = invocation.outcome
    if invocation.outcome.isBad { report.errorType = invocation.errorType }
    if let time {
      emit(.report(report), request: invocation.request, at: time, into: &log)
    } else {
      emit(untimed: .report(report), request: invocation.request, into: &log)
    }
  }

  /// ReserveFailed: the newest request cannot be taken, for the emulator serves one at a time.
  mutating func requestRefused() {
    if let newest = process.waiting.popLast() {
      process.refused.append(newest.request)
    } else {
      process.refusedAhead += 1
    }
  }

  /// The running invocation, or the init for it, has failed: the request is answered with that.
  mutating func fail(
    _ outcome: Outcome, _ errorType: Name, answer: Outcome? = nil, at time: Timestamp,
    into log: inout EventLog
  ) {
    let isInitializing = process.initialization != nil
    endInit(outcome, errorType, at: time, isExact: false, into: &log)
    let request: RequestID
    if let index = process.runningIndex {
      request = process.invocations[index].request
      process.invocations[index].hasEnded = true
      process.invocations[index].outcome = outcome
      process.invocations[index].errorType = errorType
      let end = PhaseEnd(.invoke, outcome: outcome, errorType: errorType)
      emit(.phaseEnded(end), request: request, at: time, into: &log)
      appendReport(of: index, at: time, into: &log)
    } else if process.waiting.first?.isAssigned == true, isInitializing || process.initDuration > 0 {
      request = process.waiting.removeFirst().request
      process.initDuration = 0
    } else {
      // Its REPORT shows when it began.
      if isOlder, !process.waiting.isEmpty { process.waiting[0].failure = (outcome, errorType, time) }
      return
    }
    emit(.requestAnswered(answer ?? outcome, errorType: errorType), request: request, at: time, into: &log)
  }
}
