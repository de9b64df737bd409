internal import LambdaLifecycle

extension TelemetryDecoder {
  /// Appends the meaning of an event; returns the reason if it has none.
  @inline(__always)
  mutating func append(
    _ event: TelemetryEvent, of type: TelemetryType, line: TelemetryLine, into log: inout EventLog
  ) -> String? {
    switch type {
    case .start, .runtimeDone, .report:
      appendInvoke(event, of: type, line: line, into: &log)
    default:
      appendOther(event, of: type, line: line, into: &log)
    }
  }

  private mutating func appendOther(
    _ event: TelemetryEvent, of type: TelemetryType, line: TelemetryLine, into log: inout EventLog
  ) -> String? {
    switch type {
    case .initStart, .restoreStart:
      begin(event, isRestore: type == .restoreStart, line: line, into: &log)
    case .initRuntimeDone, .restoreRuntimeDone:
      environment.runtimeOutcome = event.outcome
      environment.runtimeErrorType = names.name(event.errorType, in: line.scanner, of: &log.catalog)
    case .initReport, .restoreReport:
      end(event, isRestore: type == .restoreReport, line: line, into: &log)
    case .extension:
      return appendExtension(event, line: line, into: &log)
    case .logsDropped:
      let reason = names.name(event.reason, in: line.scanner, of: &log.catalog)
      emit(.dropped(count: max(0, event.droppedRecords), reason: reason), line: line, into: &log)
    case .functionOutput:
      appendOutput(event, origin: .function, line: line, into: &log)
    case .extensionOutput:
      appendOutput(event, origin: .extension, line: line, into: &log)
    case .telemetrySubscription, .logsSubscription, .end, .fault:
      // Understood, but not shown by the lanes: `platform.report` has the end and the error of a request.
      break
    case .unknown:
      return unknownType(event, line: line)
    case .start, .runtimeDone, .report:
      break
    }
    return nil
  }

  private mutating func begin(
    _ event: TelemetryEvent, isRestore: Bool, line: TelemetryLine, into log: inout EventLog
  ) {
    let scanner = line.scanner
    // The emulator writes the version where the instance should stand.
    let instance =
      scanner.matches(event.instanceID, "$LATEST")
      ? Name.none : names.name(event.instanceID, in: scanner, of: &log.catalog)
    let type = InitializationType(wireName: scanner.text(event.initializationType)) ?? .unknown
    let isNew = environment.begin(
      function: names.name(event.functionName, in: scanner, of: &log.catalog), instance: instance,
      type: isRestore ? .snapStart : type, isFirstInit: !scanner.matches(event.phase, "invoke"),
      catalog: &log.catalog)
    environment.initIsTold = true
    environment.initIsOpen = true
    environment.wasReset = false
    environment.runtimeOutcome = .none
    environment.runtimeErrorType = .none
    if isNew {
      emit(.environmentCreated(environment.initializationType), line: line, into: &log)
    }
    let runtime = names.name(event.runtimeVersion, in: scanner, of: &log.catalog)
    if runtime != .none, runtime != environment.described.runtime {
      environment.described.runtime = runtime
      emit(.functionDescribed(environment.described), line: line, into: &log)
    }
    emit(.phaseBegan(isRestore ? .restore : .initialization), line: line, into: &log)
  }

  private mutating func end(
    _ event: TelemetryEvent, isRestore: Bool, line: TelemetryLine, into log: inout EventLog
  ) {
    let errorType = names.name(event.errorType, in: line.scanner, of: &log.catalog)
    let end = PhaseEnd(
      isRestore ? .restore : .initialization,
      outcome: event.outcome == .none ? environment.runtimeOutcome : event.outcome,
      errorType: errorType == .none ? environment.runtimeErrorType : errorType, duration: event.duration)
    emit(.phaseEnded(end), line: line, into: &log)
    environment.isInitialized = true
    environment.initIsTold = true
    environment.initIsOpen = false
    // A restore's report comes with the phase's end alone: REPORT repeats its length.
    if isRestore { return }
    let isSuppressed = line.scanner.matches(event.phase, "invoke")
    if isSuppressed { environment.suppressedInit = max(0, event.duration) }
    let type = InitializationType(wireName: line.scanner.text(event.initializationType))
    let report = InitReport(
      initializationType: type ?? environment.initializationType, isSuppressed: isSuppressed,
      duration: event.duration, billedMs: event.billedMs, memoryMB: event.memoryMB, outcome: end.outcome,
      errorType: end.errorType)
    emit(.initReport(report), line: line, into: &log)
  }

  private mutating func appendExtension(
    _ event: TelemetryEvent, line: TelemetryLine, into log: inout EventLog
  ) -> String? {
    guard let state = ExtensionState(wireName: line.scanner.text(event.state)) else {
      return "platform.extension without a state that is known"
    }
    let name = names.name(event.name, in: line.scanner, of: &log.catalog)
    let errorType = names.name(event.errorType, in: line.scanner, of: &log.catalog)
    emit(.extensionState(name: name, state, errorType: errorType), line: line, into: &log)
    return nil
  }

  /// Keeps a line of output: text as it is, without the newline it usually ends with; an object as it is written.
  private mutating func appendOutput(
    _ event: TelemetryEvent, origin: OutputOrigin, line: TelemetryLine, into log: inout EventLog
  ) {
    let scanner = line.scanner
    let range: TextRange
    if event.recordText.isAbsent {
      range = log.text.append(scanner.bytes.slice(event.recordStart, event.recordEnd))
    } else if event.recordText.isEscaped {
      range = scanner.unescaped(event.recordText).withUnsafeBytes { log.text.append($0.withoutLineEnd) }
    } else {
      range = log.text.append(scanner.raw(event.recordText))
    }
    let request = request(event.requestID, line: line, into: &log)
    emit(.output(origin, range), request: request, line: line, into: &log)
    if origin == .function { readFailure(inObject: event.recordText.isAbsent, range, line: line, into: &log) }
  }

  /// A log in JSON format has the function's own log among the same events: `{"timestamp": …, "level": …,
  /// …}`.
  /// - Returns: false for another object.
  mutating func appendApplicationLog(
    _ object: UnsafeRawBufferPointer, arrival: Timestamp?, into log: inout EventLog
  ) -> Bool {
    var scanner = JSONScanner(object)
    var (time, id) = (JSONString.absent, JSONString.absent)
    var hasText = false
    scanner.object { scanner, key in
      if scanner.matches(key, "timestamp") {
        time = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "requestId") || scanner.matches(key, "AWSRequestId") {
        id = scanner.stringIfPresent() ?? .absent
      } else {
        hasText = hasText || scanner.matches(key, "message") || scanner.matches(key, "errorMessage")
        scanner.skipValue()
      }
    }
    var clock = ISO8601Reader()
    guard !scanner.failed, hasText,
      let moment = clock.timestamp(object, from: Int(time.start), to: Int(time.end))
    else { return false }
    // Its own clock may count whole seconds: it was written among the events around it.
    let line = TelemetryLine(scanner: scanner, time: max(moment, lastTime), arrival: arrival)
    let range = log.text.append(object)
    let request = request(id, line: line, into: &log)
    emit(.output(.function, range), request: request, line: line, into: &log)
    readFailure(inObject: true, range, line: line, into: &log)
    return true
  }

  /// A runtime client reports in its output that the handler has failed: the invocation is a success all the
  /// same.
  private mutating func readFailure(
    inObject isObject: Bool, _ range: TextRange, line: TelemetryLine, into log: inout EventLog
  ) {
    let read = log.text.withBytes(range) { text in
      isObject ? HandlerError.read(object: text).map { .failed($0) } : environment.handlerError.read(text)
    }
    guard case .failed(let failure) = read ?? nil, failure.isSurvived else { return }
    let request =
      failure.request.isEmpty ? environment.running.request : log.catalog.request(failure.request)
    guard !request.isNone else { return }
    let type = log.catalog.name(failure.type)
    emit(.requestAnswered(.error, errorType: type), request: request, line: line, into: &log)
  }

  /// The reason names the type, as far as a person wants to read it.
  private func unknownType(_ event: TelemetryEvent, line: TelemetryLine) -> String {
    if event.type.isAbsent { return "no Telemetry API event: it has no \"type\"" }
    return "unknown event type \(line.scanner.text(event.type).prefix(60))"
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var withoutLineEnd: UnsafeRawBufferPointer {
    last == UInt8(ascii: "\n") ? slice(0, count - 1).withoutCarriageReturn : self
  }
}
