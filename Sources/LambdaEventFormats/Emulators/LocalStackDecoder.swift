package import LambdaLifecycle

/// Decodes LocalStack's container log at level debug (DEBUG=1): environments that start, take invocations and are stopped
/// when they idle. The functions' output and REPORT come when an invocation is over.
package struct LocalStackDecoder: EventDecoder {
  private struct Environment {
    var id: EnvironmentID
    var function: Name
    var request: RequestID?
  }
  /// A request since its arrival.
  private struct Invocation {
    var function: Name
    var thread: String
    /// Its place in the order of arrivals: of several that wait, the first is meant.
    var number: Int
    var environment: EnvironmentID?
    /// The moment when its logs were ready: it was over then. They have its outcome.
    var done: Timestamp?
    var outcome = Outcome.none
  }

  private var reader = ISO8601Reader()
  private var clock = RIEClock()
  private var arrival: Timestamp?
  private var environments: [Environment] = []
  private var invocations: [RequestID: Invocation] = [:]
  private var arrivals = 0
  /// Threads that start an environment, with when they began to.
  private var starting: [(thread: String, time: Timestamp)] = []
  private var memoryMB: [Name: Int32] = [:]

  private static let maximumPending = 4_096

  package init() {}

  package var source: SourceKind { .localStack }
  /// The output of an invocation comes at its end, all at once.
  package var outputIsTimed: Bool { false }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = clock.isLive ? arrival : nil
    // A line of another form belongs to one of the other services.
    guard let line = LocalStackLine(line, clock: &reader) else { return }
    let time = clock.resolve(line.time, arrival: arrival)
    if !clock.isLive { self.arrival = nil }
    apply(line, at: time, into: &log)
  }

  package mutating func finish(into log: inout EventLog) {
    arrival = nil
    for request in invocations.keys.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
      if invocations[request]?.done != nil { end(request, nil, into: &log) }
    }
  }

  private mutating func apply(_ line: LocalStackLine, at time: Timestamp, into log: inout EventLog) {
    let thread = line.thread.text
    switch line.kind {
    case .starting:
      if starting.count < Self.maximumPending { starting.append((thread, time)) }
    case .started(let name, let function, let took):
      starting.removeAll { $0.thread == thread }
      started(name, function, from: time - took, to: time, thread: thread, into: &log)
    case .failedToStart(let name, let function, let outcome):
      failedToStart(name, function, outcome, thread, at: time, into: &log)
    case .invocation(let function, let request):
      arrived(log.catalog.request(request), name(function, &log), thread, at: time, into: &log)
    case .logs(let request):
      let id = log.catalog.request(request)
      invocations[id]?.done = time
    case .log(let request, let text): appendLog(text, request, at: time, into: &log)
    case .idle(let name): stopped(name, at: time, into: &log)
    case .other: break
    }
  }

  /// The function of `arn:aws:lambda:us-east-1:000000000000:function:NAME:$LATEST`; a version is part of it.
  private func name(_ arn: String, _ log: inout EventLog) -> Name {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    let name = parts.count > 6 ? parts[6...].joined(separator: ":") : arn
    return log.catalog.name(name.hasSuffix(":$LATEST") ? String(name.dropLast(8)) : name)
  }

  // MARK: Environments

  /// The start includes the creation of the container and all of init; the log does not separate the two.
  private mutating func started(
    _ name: String, _ arn: String, from begin: Timestamp, to time: Timestamp, thread: String,
    into log: inout EventLog
  ) {
    let function = self.name(arn, &log)
    let id = log.catalog.environment(log.catalog.name(name), of: function)
    guard !environments.contains(where: { $0.id == id }) else { return }
    environments.append(Environment(id: id, function: function))
    emit(.environmentCreated(.unknown), in: id, function, at: begin, into: &log)
    emit(.phaseBegan(.initialization), in: id, function, at: begin, into: &log)
    let length = CalendarDate.length(from: begin, to: time)
    let end = PhaseEnd(.initialization, outcome: .success, duration: length)
    emit(.phaseEnded(end), in: id, function, at: time, into: &log)
    if let request = waiting(in: thread) { invoke(request, in: environments.count - 1, at: time, into: &log) }
  }

  private mutating func failedToStart(
    _ name: String, _ arn: String, _ outcome: Outcome, _ thread: String, at time: Timestamp,
    into log: inout EventLog
  ) {
    let function = self.name(arn, &log)
    let id = log.catalog.environment(log.catalog.name(name), of: function)
    // A timer's thread reports a timeout: then it is the start that has waited longest.
    let index = starting.firstIndex { $0.thread == thread } ?? starting.indices.first
    let start = index.map { starting.remove(at: $0) }
    let begin = start?.time ?? time
    emit(.environmentCreated(.unknown), in: id, function, at: begin, into: &log)
    emit(.phaseBegan(.initialization), in: id, function, at: begin, into: &log)
    emit(.phaseEnded(PhaseEnd(.initialization, outcome: outcome)), in: id, function, at: time, into: &log)
    emit(
      .environmentGone(outcome == .timeout ? .timeout : .failure, detail: .none), in: id, function, at: time,
      into: &log)
    if let start, let request = waiting(in: start.thread) {
      invocations[request] = nil
      emit(.requestAnswered(outcome, errorType: .none), request, in: id, function, at: time, into: &log)
    }
  }

  private mutating func stopped(_ name: String, at time: Timestamp, into log: inout EventLog) {
    guard let index = environments.firstIndex(where: { log.catalog.text($0.id) == name }) else { return }
    let gone = environments.remove(at: index)
    emit(.environmentGone(.spindown, detail: .none), in: gone.id, gone.function, at: time, into: &log)
  }

  // MARK: Requests

  /// No line says which environment takes a request: LocalStack takes the first that idles (assignment.py).
  private mutating func arrived(
    _ request: RequestID, _ function: Name, _ thread: String, at time: Timestamp, into log: inout EventLog
  ) {
    guard invocations[request] == nil, invocations.count < Self.maximumPending else { return }
    arrivals += 1
    invocations[request] = Invocation(function: function, thread: thread, number: arrivals)
    emit(.requestArrived, request, in: .none, function, at: time, into: &log)
    if let idle = environments.firstIndex(where: { $0.function == function && $0.request == nil }) {
      invoke(request, in: idle, at: time, into: &log)
    }
  }

  /// The first request of that thread that has no environment.
  private func waiting(in thread: String) -> RequestID? {
    invocations.lazy.filter { $0.value.thread == thread && $0.value.environment == nil }
      .min { $0.value.number < $1.value.number }?.key
  }

  private mutating func invoke(
    _ request: RequestID, in index: Int, at time: Timestamp, into log: inout EventLog
  ) {
    environments[index].request = request
    invocations[request]?.environment = environments[index].id
    let environment = environments[index]
    emit(.requestAssigned, request, in: environment.id, environment.function, at: time, into: &log)
    emit(.phaseBegan(.invoke), request, in: environment.id, environment.function, at: time, into: &log)
  }

  /// A line of the log of an invocation that is over.
  private mutating func appendLog(
    _ text: UnsafeRawBufferPointer, _ request: RequestID, at time: Timestamp, into log: inout EventLog
  ) {
    guard text.isText else {
      return text.withRepairedText { appendLog($0, request, at: time, into: &log) }
    }
    if text.firstIndex(of: " Task timed out after ") != nil { invocations[request]?.outcome = .timeout }
    RIELine.split(text) { piece in
      switch piece {
      case .start, .end: break
      case .report(_, let report): end(request, report, into: &log)
      case .text(let text), .rapid(_, let text), .logfmt(_, let text):
        let range = log.text.append(text)
        let invocation = invocations[request]
        emit(
          .output(.function, range), request, in: invocation?.environment ?? .none,
          invocation?.function ?? .none, at: invocation?.done ?? time, into: &log)
      }
    }
  }

  private mutating func end(_ request: RequestID, _ report: Report?, into log: inout EventLog) {
    guard let invocation = invocations.removeValue(forKey: request) else { return }
    let function = invocation.function
    let time = invocation.done ?? clock.last ?? 0
    if let index = environments.firstIndex(where: { $0.request == request }) {
      environments[index].request = nil
    }
    let id = invocation.environment ?? .none
    if let memory = report?.memoryMB, memory >= 0, memoryMB.updateValue(memory, forKey: function) != memory {
      emit(
        .functionDescribed(FunctionDescription(memoryMB: memory)), in: .none, function, at: time, into: &log)
    }
    if id != .none {
      let end = PhaseEnd(.invoke, outcome: invocation.outcome)
      emit(.phaseEnded(end), request, in: id, function, at: time, into: &log)
    }
    if let report { emit(.report(report), request, in: id, function, at: time, into: &log) }
    emit(
      .requestAnswered(invocation.outcome, errorType: .none), request, in: id, function, at: time, into: &log)
  }

  private func emit(
    _ kind: LifecycleEvent.Kind, _ request: RequestID = .none, in environment: EnvironmentID,
    _ function: Name,
    at time: Timestamp, into log: inout EventLog
  ) {
    log.append(
      LifecycleEvent(
        time: time, arrival: arrival, function: function, environment: environment, request: request,
        kind: kind))
  }
}
