package import LambdaLifecycle

/// Decodes the output of the Runtime Interface Emulator in its mode of Managed Instances: one process is one
/// environment, which serves several requests at once; their ids keep them apart.
package struct ManagedRIEDecoder: EventDecoder {
  private var clock = ISO8601Reader()
  private var lastStamp: Timestamp?
  /// False for an old log that is piped in.
  private var isLive = true
  private var arrival: Timestamp?
  private var environment = EnvironmentID.none
  private var function = Name.none
  private var isCreated = false
  /// No line has reported the end of init yet.
  private var isInitializing = false
  private var fatalError = Name.none
  /// Requests since their START, with why they failed.
  private var running: [RequestID: Name] = [:]
  private var isShuttingDown = false
  /// Somebody has ended the emulator.
  private var isTerminated = false
  private var extensions: Set<String> = []

  /// START without an end, in a stream that lost some: more are not remembered.
  private static let maximumRunning = 4_096

  package init() {}

  package var source: SourceKind { .rieManaged }
  package var outputIsTimed: Bool { arrival != nil }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = isLive ? arrival : nil
    var reader = clock
    ManagedRIELine.split(line, clock: &reader) { decode($0, into: &log) }
    clock = reader
  }

  package mutating func finish(into log: inout EventLog) { arrival = nil }

  private mutating func decode(_ piece: ManagedRIELine, into log: inout EventLog) {
    switch piece {
    case .message(let time, let message):
      if lastStamp == nil, let arrival { isLive = abs(arrival &- time) <= .seconds(60) }
      if !isLive { arrival = nil }
      lastStamp = time
      told(message, at: time, into: &log)
    case .start(let id): started(log.catalog.request(id.text), into: &log)
    case .end: break
    case .report(let id, let length): reported(log.catalog.request(id.text), length, into: &log)
    case .text(let text): appendOutput(text, into: &log)
    }
  }

  // MARK: Messages

  private mutating func told(_ text: UnsafeRawBufferPointer, at time: Timestamp, into log: inout EventLog) {
    let fields = Fields(text)
    guard let message = fields["msg="] else { return }
    if message.hasPrefix("Start handling Init") {
      nameFunction(fields["initRequest="], into: &log)
    } else if message.hasPrefix("Init start data") || message.hasPrefix("The extension's directory") {
      initBegan(at: time, into: &log)
    } else if message.hasPrefix("LocalProcessSupervisor.Exec") {
      initBegan(at: time, into: &log)
      noteExtension(fields["path="])
    } else if message.hasPrefix("Init report data") {
      initReported(fields["data="], at: time, into: &log)
    } else if message.hasPrefix("First fatal error stored in appctx") {
      fatalError = log.catalog.name(fields["errorType="]?.text ?? "")
    } else if message.hasPrefix("INIT failed") {
      initFailed(fields["err="], at: time, into: &log)
    } else if message.hasPrefix("Received Runtime error") {
      failed(fields, into: &log)
    } else if message.hasPrefix("invoke failed") {
      ended(fields, at: time, into: &log)
    } else if message.hasPrefix("SignalHandler received") {
      isTerminated = true
    } else if message.hasPrefix("ShutdownContext shutdown() initiated") {
      isShuttingDown = isCreated
      if isCreated { emit(.phaseBegan(.shutdown), at: time, into: &log) }
    } else if message.hasPrefix("Waiting for runtime domain processes termination") {
      gone(at: time, into: &log)
    }
  }

  /// `… FunctionARN=arn:aws:lambda:REGION:ACCOUNT:function:NAME, …`
  private mutating func nameFunction(_ request: UnsafeRawBufferPointer?, into log: inout EventLog) {
    guard environment == .none, let request, let start = request.firstIndex(of: ":function:") else { return }
    let name = start + 10
    function = log.catalog.name(request.slice(name, request.firstIndex(of: ",", from: name) ?? name).text)
  }

  private mutating func initBegan(at time: Timestamp, into log: inout EventLog) {
    guard !isCreated else { return }
    identify(into: &log)
    isCreated = true
    isInitializing = true
    emit(.environmentCreated(.managedInstances), at: time, into: &log)
    emit(.phaseBegan(.initialization), at: time, into: &log)
  }

  private mutating func noteExtension(_ path: UnsafeRawBufferPointer?) {
    guard let name = path?.text, name.hasPrefix("/opt/extensions/") else { return }
    extensions.insert(String(name.dropFirst("/opt/extensions/".count)))
  }

  /// `INIT REPORT(initType: …, durationMs: 185.99, status: success, phase: init, errorType: nil)`
  private mutating func initReported(
    _ data: UnsafeRawBufferPointer?, at time: Timestamp, into log: inout EventLog
  ) {
    guard isInitializing, let data else { return }
    isInitializing = false
    func value(_ name: StaticString) -> UnsafeRawBufferPointer {
      guard let start = data.firstIndex(of: name).map({ $0 + name.utf8CodeUnitCount }) else {
        return data.slice(0, 0)
      }
      let end = [data.firstIndex(of: ",", from: start), data.firstIndex(of: ")", from: start)]
      return data.slice(start, end.compactMap { $0 }.min() ?? data.count)
    }
    let length = ReportFields.milliseconds(value("durationMs: ")) ?? -1
    let outcome = Outcome(wireName: value("status: ").text) ?? .none
    let type = value("errorType: ").text
    let error = outcome.isBad && type != "nil" ? log.catalog.name(type) : .none
    let end = PhaseEnd(.initialization, outcome: outcome, errorType: error, duration: length)
    emit(.phaseEnded(end), at: time, into: &log)
  }

  private mutating func initFailed(
    _ error: UnsafeRawBufferPointer?, at time: Timestamp, into log: inout EventLog
  ) {
    guard isInitializing, isCreated else { return }
    isInitializing = false
    let type = fatalError == .none ? log.catalog.name(error?.text ?? "") : fatalError
    emit(
      .phaseEnded(PhaseEnd(.initialization, outcome: .error, errorType: type)), at: time, into: &log)
  }

  private mutating func gone(at time: Timestamp, into log: inout EventLog) {
    guard isShuttingDown else { return }
    isShuttingDown = false
    initFailed(nil, at: time, into: &log)
    emit(.phaseEnded(PhaseEnd(.shutdown, outcome: isTerminated ? .success : .failure)), at: time, into: &log)
    emit(
      .environmentGone(isTerminated ? .terminated : .failure, detail: fatalError), at: time, into: &log)
  }

  // MARK: Requests

  private mutating func started(_ request: RequestID, into log: inout EventLog) {
    identify(into: &log)
    isInitializing = false
    if running.count < Self.maximumRunning { running[request] = Name.none }
    let time = arrival ?? lastStamp ?? 0
    emit(.requestArrived, request: request, at: time, into: &log)
    emit(.requestAssigned, request: request, at: time, into: &log)
    emit(.phaseBegan(.invoke), request: request, at: time, into: &log)
  }

  /// The runtime has sent an error instead of a response. Written twice for a request: with its type, and at the end.
  private mutating func failed(_ fields: Fields, into log: inout EventLog) {
    guard let id = fields["RequestId="], let type = fields["err="], type.text != "<nil>" else { return }
    let request = log.catalog.request(id.text)
    guard running[request] != nil else { return }
    running[request] = log.catalog.name(type.text)
  }

  private mutating func reported(_ request: RequestID, _ length: Nanoseconds, into log: inout EventLog) {
    guard let error = running.removeValue(forKey: request) else { return }
    let time = arrival ?? lastStamp ?? 0
    let outcome: Outcome = error == .none ? .success : .error
    let end = PhaseEnd(.invoke, outcome: outcome, errorType: error, duration: length)
    emit(.phaseEnded(end), request: request, at: time, into: &log)
    let report = Report(duration: length, outcome: outcome, errorType: error)
    emit(.report(report), request: request, at: time, into: &log)
    emit(.requestAnswered(outcome, errorType: error), request: request, at: time, into: &log)
  }

  /// A request that failed without a REPORT.
  private mutating func ended(_ fields: Fields, at time: Timestamp, into log: inout EventLog) {
    guard let id = fields["RequestId="] else { return }
    let request = log.catalog.request(id.text)
    guard running.removeValue(forKey: request) != nil else {
      return refused(request, fields, at: time, into: &log)
    }
    let error = log.catalog.name(fields["err="]?.text ?? "")
    let end = PhaseEnd(.invoke, outcome: .error, errorType: error)
    emit(.phaseEnded(end), request: request, at: time, into: &log)
    emit(.requestAnswered(.error, errorType: error), request: request, at: time, into: &log)
  }

  /// A request without a START: every worker was busy, and its caller got status 400, `Runtime.Unavailable` (measured).
  private mutating func refused(
    _ request: RequestID, _ fields: Fields, at time: Timestamp, into log: inout EventLog
  ) {
    guard let error = fields["err="], error.hasPrefix("Runtime.Unavailable") else { return }
    let type = log.catalog.name(
      error.slice(0, error.firstIndex(ofByte: UInt8(ascii: ":"), from: 0) ?? error.count).text)
    for kind in [LifecycleEvent.Kind.requestArrived, .requestAnswered(.error, errorType: type)] {
      log.append(
        LifecycleEvent(time: time, arrival: arrival, function: function, request: request, kind: kind))
    }
  }

  // MARK: Output

  private mutating func appendOutput(_ text: UnsafeRawBufferPointer, into log: inout EventLog) {
    guard text.isText else { return text.withRepairedText { appendOutput($0, into: &log) } }
    let time = arrival ?? lastStamp ?? 0
    identify(into: &log)
    let range = log.text.append(text)
    let isExtension =
      text.hasPrefix("[") && !extensions.isEmpty
      && text.firstIndex(of: "]").map { extensions.contains(text.slice(1, $0).text) } ?? false
    let origin: OutputOrigin = isExtension ? .extension : .function
    emit(
      .output(origin, range), request: isExtension ? .none : log.requestNamed(in: text), at: time, into: &log)
  }

  private mutating func identify(into log: inout EventLog) {
    if environment == .none { environment = log.catalog.unnamedEnvironment("rie", of: function) }
  }

  private func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, at time: Timestamp, into log: inout EventLog
  ) {
    log.append(
      LifecycleEvent(
        time: time, arrival: arrival, function: function,
        environment: kind == .requestArrived ? .none : environment, request: request, kind: kind))
  }
}

extension EventLog {
  /// The request that a line of a log in JSON belongs to: its `requestId`, as AWS's runtimes write it.
  mutating func requestNamed(in line: UnsafeRawBufferPointer) -> RequestID {
    guard line.first == UInt8(ascii: "{"), line.firstIndex(of: "\"requestId\"") != nil else { return .none }
    var scanner = JSONScanner(line)
    var id = JSONString.absent
    scanner.object { scanner, key in
      guard scanner.matches(key, "requestId"), let value = scanner.stringIfPresent() else {
        return scanner.skipValue()
      }
      id = value
    }
    return scanner.failed || id.isEmpty ? .none : RequestID(uuid: scanner.text(id)) ?? .none
  }
}
