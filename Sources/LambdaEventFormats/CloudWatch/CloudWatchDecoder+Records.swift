internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// An extension may print events of the Telemetry API that are in the log already; their times differ by
  /// milliseconds.
  private static let sameInit: Nanoseconds = .seconds(1)

  /// Decodes a message in JSON; false if it is not one.
  mutating func decodeRecord(_ text: UnsafeRawBufferPointer, into log: inout EventLog) -> Bool {
    guard current.index >= 0 else { return false }
    var scanner = JSONScanner(text)
    if scanner.peek == UInt8(ascii: "[") { return decodeRecords(&scanner, into: &log) }
    let event = TelemetryEvent(&scanner)
    scanner.skipWhitespace()
    guard !scanner.failed, scanner.isAtEnd else { return false }
    let type = TelemetryType(event.type, in: scanner)
    // Without a time it is somebody's output that looks alike.
    if type != .unknown, !event.time.isEmpty {
      append(event, of: type, scanner, into: &log)
    } else {
      appendApplicationLog(text, into: &log)
    }
    return true
  }

  /// An array of events, as an extension receives it; false if it is another array.
  private mutating func decodeRecords(_ scanner: inout JSONScanner, into log: inout EventLog) -> Bool {
    var events: [TelemetryEvent] = []
    scanner.array { scanner in
      if scanner.peek == UInt8(ascii: "{") { events.append(TelemetryEvent(&scanner)) } else { scanner.fail() }
    }
    scanner.skipWhitespace()
    guard !scanner.failed, scanner.isAtEnd, !events.isEmpty,
      events.allSatisfy({ TelemetryType($0.type, in: scanner) != .unknown })
    else { return false }
    for event in events { append(event, of: TelemetryType(event.type, in: scanner), scanner, into: &log) }
    return true
  }

  /// The function's own log in JSON stays as it is written, on one line.
  private mutating func appendApplicationLog(_ text: UnsafeRawBufferPointer, into log: inout EventLog) {
    settleHeld(into: &log)
    settleLateFault(into: &log)
    if let failure = HandlerError.read(object: text) {
      note(failure, into: &log)
    } else if case .failed(let failure) = environments[current.index].handlerError.read(text) {
      note(failure, into: &log)
    }
    var scanner = JSONScanner(text)
    var id = JSONString.absent
    scanner.object { scanner, key in
      // Java's runtime writes the longer name.
      if scanner.matches(key, "requestId") || scanner.matches(key, "AWSRequestId") {
        id = scanner.stringIfPresent() ?? .absent
      } else {
        scanner.skipValue()
      }
    }
    let line = TelemetryLine(scanner: scanner, time: current.time, arrival: arrival)
    var request = records.request(id, line: line, into: &log)
    if request.isNone { request = environments[current.index].busyWith }
    if text.contains(0x0A) {
      text.onOneLine.withUnsafeBytes { append(output: $0, request: request, into: &log) }
    } else {
      append(output: text, request: request, into: &log)
    }
  }

  private mutating func append(
    _ event: TelemetryEvent, of type: TelemetryType, _ scanner: JSONScanner, into log: inout EventLog
  ) {
    sawRecords = true
    // Who wrote it, wrote it to this log.
    if type == .functionOutput || type == .extensionOutput { return }
    let written = current.time
    defer { current.time = written }
    if let time = clock.timestamp(scanner.bytes, from: Int(event.time.start), to: Int(event.time.end)) {
      current.time = time
    }
    let line = TelemetryLine(scanner: scanner, time: current.time, arrival: arrival)
    let request = records.request(event.requestID, line: line, into: &log)
    guard prepare(event, of: type, request, scanner, into: &log) else { return }
    let index = current.index
    swap(&records.environment, &environments[index].identity)
    let reason = records.append(event, of: type, line: line, into: &log)
    swap(&records.environment, &environments[index].identity)
    if let reason { undecodable(reason, scanner.bytes, into: &log) }
    conclude(event, of: type, request)
  }

  /// Emits the consequences of the record; false if the same has been read as text.
  private mutating func prepare(
    _ event: TelemetryEvent, of type: TelemetryType, _ request: RequestID, _ scanner: JSONScanner,
    into log: inout EventLog
  ) -> Bool {
    switch type {
    case .initStart, .restoreStart:
      let known = environments[current.index].initBegan
      if known != .never, abs(current.time - known) < Self.sameInit { return false }
      let isSuppressed = scanner.matches(event.phase, "invoke")
      if !isSuppressed { beginUnnamed(into: &log) }
      environments[current.index].initBegan = current.time
      environments[current.index].openInit = type == .initStart ? .initialization : .restore
      environments[current.index].identity.initIsTold = true
      environments[current.index].wasReset = false
    case .initReport, .restoreReport:
      // REPORT has given its length already.
      let environment = environments[current.index]
      if environment.initBegan != .never, environment.openInit == nil,
        !scanner.matches(event.phase, "invoke")
      {
        return false
      }
    case .start:
      if environments[current.index].identity.initializationType == .managedInstances { return true }
      route(beginOf: request, into: &log)
      release(current.index, into: &log)
      guard environments[current.index].recent.noteBegin(request, at: current.time, isTimed: true) else {
        return false
      }
      endUnreported(current.index, into: &log)
      takeSuppressedInit()
      environments[current.index].run = CloudWatchEnvironment.Run(request: request, begin: current.time)
    case .report:
      if environments[current.index].identity.initializationType == .managedInstances { return true }
      route(request)
      let told = ReportedRequest(
        request: request, time: current.time, duration: event.duration, length: event.duration,
        usedAllMemory: false)
      guard environments[current.index].recent.noteReport(told) else { return false }
      let report = Report(
        duration: event.duration, initDuration: event.initDuration, restoreDuration: event.restoreDuration)
      if environments[current.index].run?.request != request { beginUntold(request, report, into: &log) }
      if !event.outcome.isBad, let fault = environments[current.index].fault, fault.request == request {
        answer(fault, at: current.time, into: &log)
      }
      endInit(with: report, of: request, into: &log)
      let length = invokeLength(report, of: request, isTold: true, into: &log)
      // The record's own length is taken from Duration.
      if length != event.duration {
        environments[current.index].identity.delayed = (request, event.duration - length)
      }
    default:
      route(request)
    }
    return true
  }

  /// At system log level INFO a re-init has a begin and no report: it is over when START is written.
  private mutating func takeSuppressedInit() {
    let environment = environments[current.index]
    guard environment.openInit != nil, environment.identity.isInitialized else { return }
    environments[current.index].openInit = nil
    if environment.identity.suppressedInit == 0 {
      environments[current.index].identity.suppressedInit = max(0, current.time - environment.initBegan)
    }
  }

  private mutating func conclude(_ event: TelemetryEvent, of type: TelemetryType, _ request: RequestID) {
    switch type {
    case .initReport, .restoreReport: environments[current.index].endInit(event.outcome)
    case .report: environments[current.index].endRun(event.outcome, length: event.duration, at: current.time)
    default: break
    }
  }
}
