internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// Decodes a message in JSON; false if it is not one.
  mutating func decodeRecord(_ text: UnsafeRawBufferPointer, into log: inout EventLog) -> Bool {
    guard place >= 0 else { return false }
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
    environments[place].settleHeld(at: &moment, into: &log)
    environments[place].settleLateFault(at: moment, into: &log)
    if let failure = HandlerError.read(object: text) {
      note(failure, into: &log)
    } else if case .failed(let failure) = environments[place].faults.read(text) {
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
    let line = TelemetryLine(scanner: scanner, time: moment.time, arrival: moment.arrival)
    var request = records.request(id, line: line, into: &log)
    if request.isNone { request = environments[place].busyWith }
    if text.contains(0x0A) {
      text.onOneLine.withUnsafeBytes {
        environments[place].append(output: $0, request: request, at: moment, into: &log)
      }
    } else {
      environments[place].append(output: text, request: request, at: moment, into: &log)
    }
  }

  private mutating func append(
    _ event: TelemetryEvent, of type: TelemetryType, _ scanner: JSONScanner, into log: inout EventLog
  ) {
    sawRecords = true
    // Who wrote it, wrote it to this log.
    if type == .functionOutput || type == .extensionOutput { return }
    let written = moment.time
    defer { moment.time = written }
    if let time = clock.timestamp(scanner.bytes, from: Int(event.time.start), to: Int(event.time.end)) {
      moment.time = time
    }
    let line = TelemetryLine(scanner: scanner, time: moment.time, arrival: moment.arrival)
    let request = records.request(event.requestID, line: line, into: &log)
    guard prepare(event, of: type, request, scanner, into: &log) else { return }
    swap(&records.environment, &environments[place].identity)
    let reason = records.append(event, of: type, line: line, into: &log)
    swap(&records.environment, &environments[place].identity)
    if let reason { undecodable(reason, scanner.bytes, into: &log) }
    environments[place].conclude(event, of: type, at: moment.time)
  }

  /// Emits the consequences of the record; false if the same has been read as text.
  private mutating func prepare(
    _ event: TelemetryEvent, of type: TelemetryType, _ request: RequestID, _ scanner: JSONScanner,
    into log: inout EventLog
  ) -> Bool {
    switch type {
    case .initStart, .restoreStart:
      if environments[place].knowsInit(at: moment.time) { return false }
      if !scanner.matches(event.phase, "invoke") { beginUnnamed(into: &log) }
      environments[place].noteInit(type == .initStart ? .initialization : .restore, at: moment.time)
    case .initReport, .restoreReport:
      // REPORT has given its length already.
      return !environments[place].hasEndedInit || scanner.matches(event.phase, "invoke")
    case .start:
      if environments[place].isManagedInstance { return true }
      route(beginOf: request, into: &log)
      return environments[place].recordBegins(request, at: moment, into: &log)
    case .report:
      if environments[place].isManagedInstance { return true }
      route(request)
      return environments[place].recordReports(event, of: request, at: &moment, into: &log)
    default:
      route(request)
    }
    return true
  }
}
