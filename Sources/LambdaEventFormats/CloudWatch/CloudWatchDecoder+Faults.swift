internal import LambdaLifecycle

// Failures of requests, where their REPORT does not say them.

extension CloudWatchDecoder {
  /// The handler has failed, and the runtime lives on: the caller gets the error, the invocation is a success.
  mutating func answer(
    _ fault: CloudWatchEnvironment.Fault, at time: Timestamp, into log: inout EventLog
  ) {
    guard fault.isHandlers else { return }
    let answer = LifecycleEvent.Kind.requestAnswered(fault.outcome, errorType: fault.errorType)
    emit(answer, request: fault.request, at: time, into: &log)
  }

  /// Notes a line that says how a request has failed. It belongs to the attempt that was running when it was
  /// written.
  mutating func note(_ fault: CloudWatchEnvironment.Fault, into log: inout EventLog) {
    route(fault.request)
    let environment = environments[current.index]
    let begin = (environment.run ?? environment.held)?.begin ?? .never
    // Whole seconds may lie before the moment of the failure.
    let time = hasExactTimes ? current.time : .never - 1
    if environment.busyWith == fault.request, time >= begin {
      environments[current.index].fault = fault
    } else if let told = environment.recent.reported(fault.request, by: time) {
      environments[current.index].lateFault = (fault, told)
    }
  }

  /// Emits a failure that was logged after REPORT: the invocation ended otherwise than was thought.
  mutating func settleLateFault(into log: inout EventLog) {
    guard let (fault, told) = environments[current.index].lateFault else { return }
    environments[current.index].lateFault = nil
    let end = PhaseEnd(
      .invoke, outcome: fault.outcome, errorType: fault.errorType(of: told), duration: told.length)
    emit(.phaseEnded(end), request: told.request, at: told.time, into: &log)
    if environments[current.index].busyWith.isNone { environments[current.index].wasReset = true }
  }
}

extension CloudWatchEnvironment.Fault {
  /// Lambda's own words for it until 2025 were those of any process that is killed.
  func errorType(of report: ReportedRequest) -> Name {
    wasKilled && report.usedAllMemory ? ErrorType.runtimeOutOfMemory.name : errorType
  }
}
