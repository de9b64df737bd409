internal import LambdaLifecycle

// Failures of requests, where their REPORT does not say them.

extension CloudWatchEnvironment {
  /// The handler has failed, and the runtime lives on: the caller gets the error, the invocation is a success.
  mutating func answer(
    _ fault: Fault, at time: Timestamp, of moment: LogMoment, into log: inout EventLog
  ) {
    guard fault.isHandlers else { return }
    let answer = LifecycleEvent.Kind.requestAnswered(fault.outcome, errorType: fault.errorType)
    emit(answer, request: fault.request, at: time, of: moment, into: &log)
  }

  /// Notes a line that says how a request has failed. It belongs to the attempt that was running when it was
  /// written.
  mutating func note(_ fault: Fault, at moment: LogMoment) {
    let begin = runs.underWay?.begin ?? .never
    // Whole seconds may lie before the moment of the failure.
    let time = moment.hasExactTimes ? moment.time : .never - 1
    if busyWith == fault.request, time >= begin {
      faults.note(fault)
    } else if let told = recent.reported(fault.request, by: time) {
      faults.noteLate(fault, of: told)
    }
  }

  /// Reads the error type that a fault's line has announced, and emits what waited for it.
  /// - Returns: true if the line was one.
  mutating func takesErrorType(
    _ line: UnsafeRawBufferPointer, names: inout NameCache, at moment: LogMoment, into log: inout EventLog
  ) -> Bool {
    let isErrorType = faults.expectsErrorType && line.isErrorType
    faults.expectsErrorType = false
    if isErrorType { faults.setErrorType(names.name(line.withoutTrailingBlanks, of: &log.catalog)) }
    settleLateFault(at: moment, into: &log)
    return isErrorType
  }

  /// Emits a failure that was logged after REPORT: the invocation ended otherwise than was thought.
  mutating func settleLateFault(at moment: LogMoment, into log: inout EventLog) {
    guard let (fault, told) = faults.takeLate() else { return }
    let end = PhaseEnd(
      .invoke, outcome: fault.outcome, errorType: fault.errorType(of: told), duration: told.length)
    emit(.phaseEnded(end), request: told.request, at: told.time, of: moment, into: &log)
    if busyWith.isNone { initialization.noteReset(true) }
  }
}
