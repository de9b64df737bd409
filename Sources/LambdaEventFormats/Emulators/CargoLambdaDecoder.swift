package import LambdaLifecycle

/// Decodes the output of `cargo lambda watch`. Its lines have no times and show instances alone; with `-v`
/// also when an instance takes a request and when it waits for the next. Source: crates/cargo-lambda-watch of
/// cargo-lambda.
package struct CargoLambdaDecoder: EventDecoder {
  private struct Instance {
    var id: EnvironmentID
    var function: Name
    /// The moment when its command was started; nil once its first call was seen.
    var started: Timestamp?
    var request: RequestID?
  }

  private var arrival: Timestamp?
  private var instances: [String: Instance] = [:]

  private static let maximumInstances = 4_096

  package init() {}

  package var source: SourceKind { .cargoLambda }
  package var outputIsTimed: Bool { arrival != nil }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    self.arrival = arrival
    if let told = CargoLambdaLine(line) { apply(told, into: &log) }
    appendOutput(line, isOfTool: CargoLambdaLine.isOfTool(line), into: &log)
  }

  package mutating func finish(into log: inout EventLog) { arrival = nil }

  private mutating func apply(_ line: CargoLambdaLine, into log: inout EventLog) {
    switch line.kind {
    case .spawning: create(line, into: &log)
    case .starting:
      create(line, into: &log)
      instances[line.instance]?.started = arrival
    case .terminating:
      guard let gone = instances.removeValue(forKey: line.instance) else { return }
      emit(.environmentGone(.terminated, detail: .none), gone, into: &log)
    case .ready:
      asked(line.instance, into: &log)
    case .request(let id):
      asked(line.instance, into: &log)
      guard let instance = instances[line.instance] else { return }
      let request = log.catalog.request(id)
      instances[line.instance]?.request = request
      emit(.requestAssigned, instance, request, into: &log)
      emit(.phaseBegan(.invoke), instance, request, into: &log)
    }
  }

  private mutating func create(_ line: CargoLambdaLine, into log: inout EventLog) {
    guard instances[line.instance] == nil, instances.count < Self.maximumInstances else { return }
    let function = log.catalog.name(line.function)
    // Eight digits of the UUID are enough for people, as git's are.
    let name = log.catalog.name(String(line.instance.prefix(8)))
    let instance = Instance(id: log.catalog.environment(name, of: function), function: function)
    instances[line.instance] = instance
    emit(.environmentCreated(.unknown), instance, into: &log)
  }

  /// The runtime of an instance has asked for an event: its work on the one before is over.
  private mutating func asked(_ name: String, into log: inout EventLog) {
    guard let instance = instances[name] else { return }
    if let request = instance.request {
      emit(.phaseEnded(PhaseEnd(.invoke)), instance, request, into: &log)
      emit(.requestAnswered(.none, errorType: .none), instance, request, into: &log)
      instances[name]?.request = nil
    } else if let started = instance.started, let arrival {
      // Cargo may have built the function in this time.
      let length = CalendarDate.length(from: started, to: arrival)
      let end = PhaseEnd(.initialization, outcome: .success, duration: length)
      emit(.phaseEnded(end), instance, into: &log)
    }
    instances[name]?.started = nil
  }

  private mutating func appendOutput(
    _ text: UnsafeRawBufferPointer, isOfTool: Bool, into log: inout EventLog
  ) {
    guard text.isText else {
      return text.withRepairedText { appendOutput($0, isOfTool: isOfTool, into: &log) }
    }
    let range = log.text.append(text)
    // Where several instances live, a line may be of any of them.
    let only = isOfTool || instances.count != 1 ? nil : instances.first?.value
    let origin: OutputOrigin = isOfTool || instances.isEmpty ? .emulator : .function
    log.append(
      LifecycleEvent(
        time: arrival ?? 0, arrival: arrival, function: only?.function ?? .none,
        environment: only?.id ?? .none, request: only?.request ?? .none, kind: .output(origin, range)))
  }

  private func emit(
    _ kind: LifecycleEvent.Kind, _ instance: Instance, _ request: RequestID = .none, into log: inout EventLog
  ) {
    log.append(
      LifecycleEvent(
        time: arrival ?? 0, arrival: arrival, function: instance.function, environment: instance.id,
        request: request, kind: kind))
  }
}
