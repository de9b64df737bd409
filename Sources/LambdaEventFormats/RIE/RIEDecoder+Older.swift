internal import LambdaLifecycle

// Emulators of before mid-2023, which base images still carry: they print START, END and REPORT, and neither inits nor when an
// invocation begins. START is that; the init before the first one is a part of it.

extension RIEDecoder {
  /// START of a live stream, which begins an invocation.
  mutating func startedInOlder(_ id: RequestID, into log: inout EventLog) {
    let time = arrival ?? clock.last ?? 0
    emit(.requestArrived, request: id, at: time, into: &log)
    begin(RIEWaiting(request: id, isAssigned: false), at: time, into: &log)
  }

  /// A REPORT has come and no init, nor the begin of its invocation: the emulator is one that does not print
  /// them. In a file the moment of START follows only from the length of what came of it.
  mutating func beginUntold(into log: inout EventLog) {
    guard isOlder || !process.isCreated, process.waiting.contains(where: { $0.report != nil }) else { return }
    isOlder = true
    let waiting = process.waiting
    process.waiting = []
    for request in waiting {
      let length = max(0, request.report?.duration ?? 0)
      let earliest = max(clock.last ?? 0, process.freeFrom)
      let time = request.failure.map { max(process.freeFrom, $0.time - length) } ?? earliest
      release(at: time, into: &log)
      begin(request, at: time, into: &log)
    }
  }

  private mutating func begin(_ waiting: RIEWaiting, at time: Timestamp, into log: inout EventLog) {
    // A reset is over when something is invoked; its own follows.
    if waiting.failure == nil { shutdownEnded(at: time, into: &log) }
    if !process.isCreated {
      process.isCreated = true
      emit(.environmentCreated(.onDemand), at: time, into: &log)
    }
    emit(.requestAssigned, request: waiting.request, at: time, into: &log)
    append(
      RIEInvocation(
        request: waiting.request, otherID: waiting.request, start: time, hasStarted: true, initDuration: 0,
        firstInitDuration: -1))
    emit(.phaseBegan(.invoke), request: waiting.request, at: time, into: &log)
    let index = process.invocations.count - 1
    if let handler = process.untoldError {
      process.invocations[index].answer = .error
      process.invocations[index].errorType = handler
      process.untoldError = nil
    }
    guard let report = waiting.report else { return }
    process.invocations[index].report = report
    if let failure = waiting.failure {
      process.invocations[index].outcome = failure.outcome
      process.invocations[index].errorType = failure.errorType
    }
    end(at: index, into: &log)
  }
}
