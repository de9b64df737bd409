package import LambdaLifecycle

/// Decodes the output of the Runtime Interface Emulator: its own `(rapid)` lines, START, END and REPORT, and
/// the output of function and extensions between them. One process of the emulator is one environment.
package struct RIEDecoder: EventDecoder {
  var process = RIEProcess()
  var clock = RIEClock()
  /// The moment when the current line reached us.
  var arrival: Timestamp?
  /// Events without a time that wait for the next stamp and take its time.
  private var held: [LifecycleEvent] = []
  private(set) var isHolding = false
  var crash: RIECrash?
  /// The emulator is of before mid-2023, and prints neither inits nor the begin of invocations.
  var isOlder = false
  /// The last message that is no part of the protocol: before a panic, the complaint of the emulator.
  private(set) var lastWords = TextRange(offset: 0, length: 0)

  /// More lines than this do not wait.
  private static let maximumHeld = 1_000

  package init() {}

  package var source: SourceKind { .rie }

  package var outputIsTimed: Bool { arrival != nil }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = clock.isLive ? arrival : nil
    RIELine.split(line) { piece in decode(piece, into: &log) }
  }

  package mutating func finish(into log: inout EventLog) {
    arrival = nil
    decideWithoutExtensions(into: &log)
    beginUntold(into: &log)
    release(at: clock.last ?? 0, into: &log)
    endReported(into: &log)
    if crash != nil { confirmCrash(into: &log) }
  }

  private mutating func decode(_ piece: RIELine, into log: inout EventLog) {
    switch piece {
    case .rapid(let stamp, let text): decode(text, stamped: stamp, into: &log)
    case .logfmt(let stamp, let text):
      isOlder = true
      decode(text, stamped: stamp, into: &log)
    case .text(let text):
      appendOutput(text, into: &log)
    case .start, .end, .report:
      if process.hasCrashed { return }
      identify(into: &log)
      applyPlatformLine(piece, into: &log)
    }
  }

  private mutating func decode(
    _ text: UnsafeRawBufferPointer, stamped stamp: Timestamp, into log: inout EventLog
  ) {
    var rest = text
    let message = RapidMessage(text, rest: &rest)
    if case .other = message { lastWords = log.text.append(text) }
    let time = clock.resolve(stamp, arrival: arrival)
    if !clock.isLive { arrival = nil }
    // The emulator goes on: the panic was the function's.
    if crash != nil { refuteCrash(into: &log) }
    release(at: time, into: &log)
    apply(message, at: time, into: &log)
    if !rest.isEmpty { RIELine.split(rest) { decode($0, into: &log) } }
  }

  private mutating func applyPlatformLine(_ piece: RIELine, into log: inout EventLog) {
    switch piece {
    case .start(let id): requestStarted(log.catalog.request(id.text), into: &log)
    case .report(let id, let report): requestReported(log.catalog.request(id.text), report, into: &log)
    case .end, .rapid, .logfmt, .text: break
    }
  }

  private mutating func apply(_ message: RapidMessage, at time: Timestamp, into log: inout EventLog) {
    if case .exec(let handler) = message { return processStarted(handler: handler, into: &log) }
    if process.hasCrashed { return }
    identify(into: &log)
    if applyInit(message, at: time, into: &log) { return }
    switch message {
    case .cannotListAgents: isOlder = true
    case .invokeStart(let id): invokeStarted(log.catalog.request(id), at: time, into: &log)
    case .invokeRuntimeDone(let outcome, let length): invokeRuntimeDone(outcome, length, at: time, into: &log)
    case .reserveFailed: requestRefused()
    case .called(let call): called(call, at: time, into: &log)
    case .invokeSucceeded: invokeSucceeded(at: time)
    case .fatalError(let type): process.fatalError = log.catalog.name(type)
    case .invokeDoneFailed(let type):
      // handleReset in the emulator's code: an error type of the sandbox is a failure, any other an error.
      fail(type.hasPrefix("Sandbox.") ? .failure : .error, log.catalog.name(type), at: time, into: &log)
    case .reset(let reason): resetBegan(reason, at: time, into: &log)
    case .shutdown: shutdownBegan(at: time, into: &log)
    case .agentMissedDeadline(let name): agentMissedDeadline(name, at: time, into: &log)
    case .waitingForTermination: shutdownEnded(at: time, into: &log)
    default: break
    }
  }

  /// A process of the emulator names the handler that it will run.
  private mutating func processStarted(handler: String, into log: inout EventLog) {
    if !process.isUntouched { process = RIEProcess() }
    process.function = log.catalog.name(handler)
    identify(into: &log)
  }

  /// Gives the environment its name.
  private mutating func identify(into log: inout EventLog) {
    guard process.isUntouched else { return }
    process.environment = log.catalog.unnamedEnvironment("rie", of: process.function)
  }

  /// The next lines take the time of the next stamp.
  mutating func hold() { isHolding = true }

  mutating func release(at time: Timestamp, into log: inout EventLog) {
    isHolding = false
    guard !held.isEmpty else { return }
    for var event in held {
      event.time = time
      event.arrival = time
      log.append(event)
    }
    held.removeAll()
  }

  /// Appends an event that happened at a known time.
  mutating func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, at time: Timestamp, into log: inout EventLog
  ) {
    log.append(event(kind, request: request, at: time))
  }

  /// Appends an event of a line without a stamp: it happened when the line arrived or, in a file, at the last stamp.
  mutating func emit(
    untimed kind: LifecycleEvent.Kind, request: RequestID = .none, into log: inout EventLog
  ) {
    if let time = arrival ?? (isHolding ? nil : clock.last) {
      log.append(event(kind, request: request, at: time))
    } else {
      held.append(event(kind, request: request, at: 0))
      if held.count >= RIEDecoder.maximumHeld { release(at: clock.last ?? 0, into: &log) }
    }
  }

  func event(_ kind: LifecycleEvent.Kind, request: RequestID, at time: Timestamp) -> LifecycleEvent {
    let environment = kind == .requestArrived ? EnvironmentID.none : process.environment
    return LifecycleEvent(
      time: time, arrival: arrival, function: process.function, environment: environment, request: request,
      kind: kind)
  }
}
