internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// Decodes a line of a message that is no JSON.
  mutating func decodeText(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    guard current.index >= 0 else { return undecodable("no log event: no time before it", line, into: &log) }
    guard let platform = PlatformLine(line) else { return appendOutput(line, into: &log) }
    sawText = true
    settleLateFault(into: &log)
    environments[current.index].expectsErrorType = false
    switch platform {
    case .start(let id):
      let request = request(id, into: &log)
      route(beginOf: request, into: &log)
      settleHeld(into: &log)
      started(request, line, into: &log)
    case .end(let id):
      let request = request(id, into: &log)
      route(request)
      settleHeld(into: &log)
      if isPrinted(request) { return printed(line, into: &log) }
      environments[current.index].noteEnd(request, at: current.time)
    case .report(let id, let fields):
      let request = request(id, into: &log)
      route(request)
      settleHeld(into: &log)
      reported(request, fields, line, into: &log)
    case .timedOut(let id):
      let request = request(id, into: &log)
      note(CloudWatchEnvironment.Fault(request: request, outcome: .timeout, time: current.time), into: &log)
      settleLateFault(into: &log)
    case .fault(let id, let told):
      let fault = CloudWatchEnvironment.Fault(
        request: request(id, into: &log), outcome: .error, time: current.time,
        errorType: text(told.errorType, into: &log), wasKilled: told.wasKilled)
      note(fault, into: &log)
      environments[current.index].expectsErrorType = told.errorType.isEmpty
      append(output: line, request: fault.request, into: &log)
    default:
      settleHeld(into: &log)
      decodeRare(platform, into: &log)
    }
  }

  private mutating func decodeRare(_ line: PlatformLine, into log: inout EventLog) {
    switch line {
    case .initStart(let runtime): initStarted(.initialization, runtime, into: &log)
    case .restoreStart(let runtime): initStarted(.restore, runtime, into: &log)
    case .initReport(let report): initReported(.initialization, report, into: &log)
    case .restoreReport(let report): initReported(.restore, report, into: &log)
    case .extensionState(let name, let state, let errorType):
      guard let state = ExtensionState(wireName: state.text) else { return }
      emit(
        .extensionState(name: text(name, into: &log), state, errorType: text(errorType, into: &log)),
        at: current.time, into: &log)
    case .start, .end, .report, .timedOut, .fault, .other: break
    }
  }

  private mutating func appendOutput(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    settleHeld(into: &log)
    let index = current.index
    if environments[index].expectsErrorType {
      environments[index].expectsErrorType = false
      if line.isErrorType {
        let type = names.name(line.withoutTrailingBlanks, of: &log.catalog)
        if environments[index].lateFault != nil {
          environments[index].lateFault?.fault.errorType = type
        } else {
          environments[index].fault?.errorType = type
        }
        return settleLateFault(into: &log)
      }
    }
    settleLateFault(into: &log)
    switch environments[index].handlerError.read(line) {
    case .failed(let failure): note(failure, into: &log)
    case .takenBack: takeBackFailure()
    case nil: break
    }
    append(output: line, request: environments[index].busyWith, into: &log)
  }

  /// Notes that a runtime client has reported a failure of the handler.
  mutating func note(_ failure: HandlerError.Failure, into log: inout EventLog) {
    let named = failure.request.isEmpty ? RequestID.none : log.catalog.request(failure.request)
    let request = named.isNone ? busyRequest : named
    // While no request is under way, it is the init that failed, which has lines of its own.
    guard !request.isNone, environments[current.index].fault == nil else { return }
    let fault = CloudWatchEnvironment.Fault(
      request: request, outcome: .error, time: current.time, errorType: log.catalog.name(failure.type),
      isHandlers: failure.isSurvived)
    note(fault, into: &log)
  }

  /// The line taken for the runtime client's was a logger's.
  private mutating func takeBackFailure() {
    if environments[current.index].fault?.isHandlers == true { environments[current.index].fault = nil }
  }

  /// The request that the function works on. Where streams have no names, another environment may have begun
  /// meanwhile.
  private var busyRequest: RequestID {
    let own = environments[current.index].busyWith
    guard own.isNone, !current.isNamed else { return own }
    let busy = unnamed.places.filter { !environments[$0].busyWith.isNone }
    return busy.count == 1 ? environments[busy[0]].busyWith : .none
  }

  /// Keeps a line of somebody's output, a blank line excepted.
  mutating func append(
    output line: UnsafeRawBufferPointer, request: RequestID, into log: inout EventLog
  ) {
    let text = line.withoutTrailingBlanks
    if text.isEmpty { return }
    let first = log.events.count
    let range = log.text.append(text)
    emit(.output(.function, range), request: request, at: current.time, into: &log)
    log.readOutput(from: first, isTimed: outputIsTimed)
  }

  // MARK: Init

  private mutating func initStarted(
    _ phase: Phase, _ runtime: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    beginUnnamed(into: &log)
    let index = current.index
    beginInterrupting(index, into: &log)
    endUnreported(index, into: &log)
    if hasExactTimes { times = .exact }
    let isNew = environments[index].beginInit(
      phase, at: current.time, type: phase == .restore ? .snapStart : .unknown, catalog: &log.catalog)
    if isNew {
      let type = environments[index].identity.initializationType
      emit(.environmentCreated(type), at: current.time, into: &log)
    }
    let runtime = text(runtime, into: &log)
    if runtime != .none, runtime != environments[index].identity.described.runtime {
      environments[index].identity.described.runtime = runtime
      describe(into: &log)
    }
    if current.precision == .seconds {
      environments[index].heldInit = phase
    } else {
      emit(.phaseBegan(phase), at: current.time, into: &log)
    }
  }

  private mutating func initReported(_ phase: Phase, _ report: PlatformReport, into log: inout EventLog) {
    let index = current.index
    let errorType = text(report.errorType, into: &log)
    beginHeldInit(into: &log)
    if hasNoTimes, report.duration > 0 { advance(by: report.duration) }
    let end = PhaseEnd(phase, outcome: report.outcome, errorType: errorType, duration: report.duration)
    emit(.phaseEnded(end), at: current.time, into: &log)
    environments[index].endInit(report.outcome)
    if phase == .restore { return }
    if report.isSuppressed { environments[index].identity.suppressedInit = max(0, report.duration) }
    let initReport = InitReport(
      initializationType: environments[index].identity.initializationType,
      isSuppressed: report.isSuppressed, duration: report.duration, outcome: report.outcome,
      errorType: errorType)
    emit(.initReport(initReport), at: current.time, into: &log)
  }

  // MARK: Names and events

  private mutating func request(_ id: UnsafeRawBufferPointer, into log: inout EventLog) -> RequestID {
    RequestID(fastUUID: id, at: 0, end: id.count) ?? log.catalog.request(id.text)
  }

  mutating func text(_ text: UnsafeRawBufferPointer, into log: inout EventLog) -> Name {
    text.isEmpty ? .none : names.name(text, of: &log.catalog)
  }

  /// Emits the known facts of the current environment's function.
  mutating func describe(into log: inout EventLog) {
    let described = environments[current.index].identity.described
    emit(.functionDescribed(described), at: current.time, into: &log)
  }

  /// Appends an event of the current environment.
  @inline(__always)
  mutating func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, at time: Timestamp, into log: inout EventLog
  ) {
    let index = current.index
    if environments[index].identity.id == .none {
      environments[index].identity.continueUnseen(catalog: &log.catalog)
    }
    log.events.append(
      LifecycleEvent(
        time: time, arrival: arrival, function: environments[index].identity.function,
        environment: environments[index].identity.id, request: request, kind: kind))
  }
}
