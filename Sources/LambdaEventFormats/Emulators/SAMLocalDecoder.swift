package import LambdaLifecycle

/// Decodes the output of `sam local invoke`, `start-api` and `start-lambda`. The Runtime Interface Emulator
/// in their containers prints START, END and REPORT alone; a container is an environment.
package struct SAMLocalDecoder: EventDecoder {
  private struct Container {
    var id: EnvironmentID
    var function: Name
    var request: RequestID?
  }

  private var arrival: Timestamp?
  /// Without arrivals there is no clock: lengths follow on one another.
  private var lastTime: Timestamp = 0
  private var function = Name.none
  private var runtime = Name.none
  private var memoryMB: [Name: Int32] = [:]
  /// The containers that may still live, in the order of their creation.
  private var containers: [Container] = []

  /// SAM does not report the removal of a container: more are not remembered.
  private static let maximumContainers = 256

  package init() {}

  package var source: SourceKind { .samLocal }
  package var outputIsTimed: Bool { arrival != nil }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = arrival
    if let arrival { lastTime = arrival }
    if let message = SAMLocalLine(line) {
      apply(message, into: &log)
      return appendOutput(line, origin: .emulator, into: &log)
    }
    RIELine.split(line) { decode($0, stream, into: &log) }
  }

  package mutating func finish(into log: inout EventLog) { arrival = nil }

  private mutating func apply(_ line: SAMLocalLine, into log: inout EventLog) {
    switch line {
    case .invoking(let handler, let runtime):
      function = log.catalog.name(handler)
      self.runtime = log.catalog.name(runtime)
    case .invokingImage(let image):
      function = log.catalog.name(image)
      runtime = .none
    case .container(let id): created(id, into: &log)
    case .timedOut:
      // The message has a name of its own for the function: the oldest that runs is the one.
      if let index = containers.firstIndex(where: { $0.request != nil }) {
        ended(index, .timeout, ErrorType.sandboxTimedout.name, .timeout, into: &log)
      }
    case .interrupted:
      while let index = containers.firstIndex(where: { $0.request != nil }) {
        ended(index, .killed, .none, .terminated, into: &log)
      }
    case .other: break
    }
  }

  private mutating func created(_ name: String, into log: inout EventLog) {
    let id = log.catalog.environment(log.catalog.name(name), of: function)
    guard !containers.contains(where: { $0.id == id }) else { return }
    if containers.count == Self.maximumContainers { containers.removeFirst() }
    containers.append(Container(id: id, function: function))
    emit(.environmentCreated(.onDemand), in: containers.count - 1, into: &log)
    if runtime != .none {
      emit(.functionDescribed(FunctionDescription(runtime: runtime)), in: containers.count - 1, into: &log)
    }
  }

  private mutating func decode(_ piece: RIELine, _ stream: OutputStream?, into log: inout EventLog) {
    switch piece {
    case .start(let id): started(log.catalog.request(id.text), into: &log)
    case .report(let id, let report): reported(log.catalog.request(id.text), report, into: &log)
    case .end: break
    case .text(let text), .rapid(_, let text), .logfmt(_, let text):
      let isOfFunction = stream != .stdout && containers.contains { $0.request != nil }
      appendOutput(text, origin: isOfFunction ? .function : .emulator, into: &log)
    }
  }

  /// START does not name its container: it is one that has none, the newest of the function that was invoked last.
  private mutating func started(_ request: RequestID, into log: inout EventLog) {
    let idle = containers.lastIndex { $0.request == nil && $0.function == function }
    let index = idle ?? containers.lastIndex { $0.request == nil } ?? unnamed(into: &log)
    containers[index].request = request
    emit(.requestArrived, request: request, in: index, into: &log)
    emit(.requestAssigned, request: request, in: index, into: &log)
    emit(.phaseBegan(.invoke), request: request, in: index, into: &log)
  }

  /// A container whose id was printed before we began to listen.
  private mutating func unnamed(into log: inout EventLog) -> Int {
    containers.append(
      Container(id: log.catalog.unnamedEnvironment("sam", of: function), function: function))
    return containers.count - 1
  }

  private mutating func reported(_ request: RequestID, _ report: Report, into log: inout EventLog) {
    // The emulator's START and REPORT may name different requests: then the oldest that runs is the one.
    let running =
      containers.firstIndex { $0.request == request } ?? containers.firstIndex { $0.request != nil }
    guard let index = running, let id = containers[index].request else { return }
    if arrival == nil { lastTime = lastTime &+ max(0, report.duration) }
    containers[index].request = nil
    if report.memoryMB >= 0,
      memoryMB.updateValue(report.memoryMB, forKey: containers[index].function) != report.memoryMB
    {
      emit(.functionDescribed(FunctionDescription(memoryMB: report.memoryMB)), in: index, into: &log)
    }
    // A handler's exception is a success here: no line reports it.
    let end = PhaseEnd(.invoke, outcome: .success, duration: report.duration)
    emit(.phaseEnded(end), request: id, in: index, into: &log)
    emit(.report(report), request: id, in: index, into: &log)
    emit(.requestAnswered(.none, errorType: .none), request: id, in: index, into: &log)
  }

  /// SAM stops the container of an invocation that it ends.
  private mutating func ended(
    _ index: Int, _ outcome: Outcome, _ error: Name, _ reason: ShutdownReason, into log: inout EventLog
  ) {
    guard let request = containers[index].request else { return }
    emit(
      .phaseEnded(PhaseEnd(.invoke, outcome: outcome, errorType: error)), request: request, in: index,
      into: &log)
    emit(.requestAnswered(outcome, errorType: error), request: request, in: index, into: &log)
    emit(.environmentGone(reason, detail: .none), in: index, into: &log)
    containers.remove(at: index)
  }

  private mutating func appendOutput(
    _ text: UnsafeRawBufferPointer, origin: OutputOrigin, into log: inout EventLog
  ) {
    guard text.isText else {
      return text.withRepairedText { appendOutput($0, origin: origin, into: &log) }
    }
    // Where several run at once, a line may be of any of them.
    let running = containers.indices.filter { containers[$0].request != nil }
    let index = origin == .function && running.count == 1 ? running.first : nil
    let range = log.text.append(text)
    emit(
      .output(origin, range), request: index.flatMap { containers[$0].request } ?? .none, in: index,
      into: &log)
  }

  private func emit(
    _ kind: LifecycleEvent.Kind, request: RequestID = .none, in index: Int?, into log: inout EventLog
  ) {
    let container = index.map { containers[$0] }
    log.append(
      LifecycleEvent(
        time: lastTime, arrival: arrival, function: container?.function ?? function,
        environment: kind == .requestArrived ? .none : container?.id ?? .none, request: request, kind: kind))
  }
}
