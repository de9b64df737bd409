internal import LambdaLifecycle

extension TelemetryDecoder {
  /// Appends a start, runtimeDone or report; returns why it says nothing.
  @inline(__always)
  mutating func appendInvoke(
    _ event: TelemetryEvent, of type: TelemetryType, line: TelemetryLine, into log: inout EventLog
  ) -> String? {
    let request = request(event.requestID, line: line, into: &log)
    guard !request.isNone else { return "a request's event without \"requestId\"" }
    switch type {
    case .start:
      if environment.suppressedInit > 0 {
        environment.delayed = (request, environment.suppressedInit)
        environment.suppressedInit = 0
      }
      emit(.phaseBegan(.invoke), request: request, line: line, into: &log)
      environment.isInitialized = true
      environment.running = (request, line.time)
      environment.handlerError = HandlerError()
    case .runtimeDone:
      let errorType = names.name(event.errorType, in: line.scanner, of: &log.catalog)
      emit(.runtimeDone(event.outcome, errorType: errorType), request: request, line: line, into: &log)
    default:
      appendReport(event, request: request, line: line, into: &log)
    }
    return nil
  }

  @inline(__always)
  private mutating func appendReport(
    _ event: TelemetryEvent, request: RequestID, line: TelemetryLine, into log: inout EventLog
  ) {
    let errorType = names.name(event.errorType, in: line.scanner, of: &log.catalog)
    if event.memoryMB >= 0, event.memoryMB != environment.described.memoryMB {
      environment.described.memoryMB = event.memoryMB
      emit(.functionDescribed(environment.described), line: line, into: &log)
    }
    if max(event.initDuration, event.restoreDuration) >= 0, environment.initIsOpen || !environment.initIsTold
    {
      tellInit(of: event, request, line: line, into: &log)
    }
    var length = event.duration
    let untold = untoldReinit(event, request, line: line)
    if untold > 0 {
      let begin = TelemetryLine(scanner: line.scanner, time: environment.running.begin, arrival: line.arrival)
      let end = PhaseEnd(.initialization, outcome: .success, duration: untold)
      emit(.phaseEnded(end), request: request, line: begin, into: &log)
      length -= untold
    }
    if !environment.delayed.request.isNone, environment.delayed.request == request {
      // The platform counts a suppressed init into Duration, although it ran before platform.start.
      length = max(-1, length - environment.delayed.initDuration)
      environment.delayed.request = .none
    }
    let end = PhaseEnd(.invoke, outcome: event.outcome, errorType: errorType, duration: length)
    emit(.phaseEnded(end), request: request, line: line, into: &log)
    let report = Report(
      duration: event.duration, initDuration: event.initDuration, restoreDuration: event.restoreDuration,
      billedRestoreMs: event.billedRestoreMs, billedMs: event.billedMs, memoryMB: event.memoryMB,
      maxMemoryUsedMB: event.maxMemoryUsedMB, outcome: event.outcome,
      errorType: errorType)
    emit(.report(report), request: request, line: line, into: &log)
    environment.wasReset = event.outcome.isBad
    environment.initIsOpen = false
  }

  /// The length of an init after a reset that no event reported, as in a log at system log level INFO: the
  /// part of Duration beyond the time between start and report. 0 where there was none.
  private func untoldReinit(
    _ event: TelemetryEvent, _ request: RequestID, line: TelemetryLine
  ) -> Nanoseconds {
    guard environment.wasReset, environment.running.request == request, environment.delayed.request != request
    else {
      return 0
    }
    let excess = event.duration - max(0, line.time - environment.running.begin)
    return excess > .milliseconds(10) ? excess : 0
  }

  /// The report of an environment's first request has the length of an init that no event reported: it ran
  /// right before.
  private mutating func tellInit(
    of event: TelemetryEvent, _ request: RequestID, line: TelemetryLine, into log: inout EventLog
  ) {
    environment.initIsTold = true
    environment.initIsOpen = false
    var line = line
    let begin = line.time &- max(0, event.duration)
    line.time = environment.running.request == request ? environment.running.begin : begin
    let phase: Phase = event.restoreDuration >= 0 ? .restore : .initialization
    let length = max(event.initDuration, event.restoreDuration)
    emit(.phaseEnded(PhaseEnd(phase, outcome: .success, duration: length)), line: line, into: &log)
  }

  /// A request id; a UUID is read in place.
  @inline(__always)
  func request(_ text: JSONString, line: TelemetryLine, into log: inout EventLog) -> RequestID {
    if text.isEmpty { return .none }
    let bytes = line.scanner.bytes
    if let uuid = RequestID(fastUUID: bytes, at: Int(text.start), end: Int(text.end)) { return uuid }
    return log.catalog.request(line.scanner.text(text))
  }

  @inline(__always)
  mutating func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, line: TelemetryLine, into log: inout EventLog
  ) {
    if environment.id == .none { environment.continueUnseen(catalog: &log.catalog) }
    log.events.append(
      LifecycleEvent(
        time: line.time, arrival: line.arrival, function: environment.function, environment: environment.id,
        request: request, kind: kind))
  }
}
