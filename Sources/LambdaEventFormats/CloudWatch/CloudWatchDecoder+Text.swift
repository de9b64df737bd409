internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// Decodes a line of a message that is no JSON.
  mutating func decodeText(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    guard place >= 0 else { return undecodable("no log event: no time before it", line, into: &log) }
    guard let platform = PlatformLine(line) else { return appendOutput(line, into: &log) }
    sawText = true
    environments[place].settleLateFault(at: moment, into: &log)
    environments[place].faults.expectsErrorType = false
    switch platform {
    case .start(let id):
      let request = request(id, into: &log)
      route(beginOf: request, into: &log)
      environments[place].started(request, line, at: &moment, into: &log)
    case .end(let id):
      let request = request(id, into: &log)
      route(request)
      environments[place].ended(request, line, at: &moment, into: &log)
    case .report(let id, let fields):
      let request = request(id, into: &log)
      route(request)
      environments[place].reported(request, fields, line, names: &names, at: &moment, into: &log)
    case .timedOut(let id):
      let request = request(id, into: &log)
      note(CloudWatchFaults.Fault(request: request, outcome: .timeout, time: moment.time))
      environments[place].settleLateFault(at: moment, into: &log)
    case .fault(let id, let told):
      let fault = CloudWatchFaults.Fault(
        request: request(id, into: &log), outcome: .error, time: moment.time,
        errorType: names.name(ofField: told.errorType, of: &log.catalog), wasKilled: told.wasKilled)
      note(fault)
      environments[place].faults.expectsErrorType = told.errorType.isEmpty
      environments[place].append(output: line, request: fault.request, at: moment, into: &log)
    default:
      environments[place].settleHeld(at: &moment, into: &log)
      decodeRare(platform, into: &log)
    }
  }

  private mutating func decodeRare(_ line: PlatformLine, into log: inout EventLog) {
    switch line {
    case .initStart(let runtime): initStarted(.initialization, runtime, into: &log)
    case .restoreStart(let runtime): initStarted(.restore, runtime, into: &log)
    case .initReport(let report):
      environments[place].initReported(.initialization, report, names: &names, at: &moment, into: &log)
    case .restoreReport(let report):
      environments[place].initReported(.restore, report, names: &names, at: &moment, into: &log)
    case .extensionState(let name, let state, let errorType):
      guard let state = ExtensionState(wireName: state.text) else { return }
      let name = names.name(ofField: name, of: &log.catalog)
      let errorType = names.name(ofField: errorType, of: &log.catalog)
      let kind = LifecycleEvent.Kind.extensionState(name: name, state, errorType: errorType)
      environments[place].emit(kind, at: moment.time, of: moment, into: &log)
    case .start, .end, .report, .timedOut, .fault, .other: break
    }
  }

  private mutating func initStarted(
    _ phase: Phase, _ runtime: UnsafeRawBufferPointer, into log: inout EventLog
  ) {
    beginUnnamed(into: &log)
    environments[place].initStarted(phase, runtime, names: &names, at: &moment, into: &log)
  }

  private mutating func appendOutput(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    environments[place].settleHeld(at: &moment, into: &log)
    if environments[place].takesErrorType(line, names: &names, at: moment, into: &log) { return }
    // The line may report on a request that another environment has served.
    let request = environments[place].busyWith
    switch environments[place].faults.read(line) {
    case .failed(let failure): note(failure, into: &log)
    case .takenBack: environments[place].faults.takeBackHandlers()
    case nil: break
    }
    environments[place].append(output: line, request: request, at: moment, into: &log)
  }

  // MARK: Failures

  /// Notes that a runtime client has reported a failure of the handler.
  mutating func note(_ failure: HandlerError.Failure, into log: inout EventLog) {
    let named = failure.request.isEmpty ? RequestID.none : log.catalog.request(failure.request)
    let request = named.isNone ? busyRequest : named
    // While no request is under way, it is the init that failed, which has lines of its own.
    guard !request.isNone, environments[place].faults.latest == nil else { return }
    let fault = CloudWatchFaults.Fault(
      request: request, outcome: .error, time: moment.time, errorType: log.catalog.name(failure.type),
      isHandlers: failure.isSurvived)
    note(fault)
  }

  /// Notes a line that says how a request has failed, in the environment that serves it.
  private mutating func note(_ fault: CloudWatchFaults.Fault) {
    route(fault.request)
    environments[place].note(fault, at: moment)
  }

  /// The request that the function works on. Where streams have no names, another environment may have begun
  /// meanwhile.
  private var busyRequest: RequestID {
    let own = environments[place].busyWith
    guard own.isNone, !environments[place].isNamed else { return own }
    let busy = unnamed.places.filter { !environments[$0].busyWith.isNone }
    return busy.count == 1 ? environments[busy[0]].busyWith : .none
  }

  private func request(_ id: UnsafeRawBufferPointer, into log: inout EventLog) -> RequestID {
    RequestID(fastUUID: id, at: 0, end: id.count) ?? log.catalog.request(id.text)
  }
}
