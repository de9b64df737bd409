internal import LambdaLifecycle

// The further lines of log level debug: the true boundaries, by the calls that end them.

extension RIEDecoder {
  mutating func called(_ call: APICall, at time: Timestamp, into log: inout EventLog) {
    process.tellsCalls = true
    switch call {
    case .runtimeNext: runtimeBecameReady(at: time, into: &log)
    case .extensionNext(let identifier): extensionBecameReady(identifier, at: time, into: &log)
    case .invocationError(let type):
      guard let index = process.runningIndex else { return }
      process.invocations[index].answer = .error
      process.invocations[index].errorType = log.catalog.name(type)
    case .other: break
    }
  }

  /// The runtime has asked for its first event. Where an extension has not, init goes on without it.
  private mutating func runtimeBecameReady(at time: Timestamp, into log: inout EventLog) {
    guard process.initialization != nil, !process.starting.isEmpty else { return }
    decideWithoutExtensions(into: &log)
    guard case .done = process.initialization?.extensions, process.initialization?.runtimeIsReady == false
    else { return }
    process.initialization?.runtimeIsReady = true
    emit(.phaseEnded(PhaseEnd(.initialization, outcome: .success)), at: time, into: &log)
  }

  /// An extension that has registered may take its time until it asks for its first event.
  mutating func extensionStarted(
    _ name: String, _ identifier: String, isExternal: Bool, at time: Timestamp, into log: inout EventLog
  ) {
    process.starting[identifier] = name
    guard process.tellsCalls, isExternal, let initialization = process.initialization else { return }
    // Its process was started when init began.
    emit(
      .phaseBegan(.extensionInit, extensionName: log.catalog.name(name)), at: initialization.start, into: &log
    )
  }

  private mutating func extensionBecameReady(
    _ identifier: String, at time: Timestamp, into log: inout EventLog
  ) {
    guard let name = process.starting.removeValue(forKey: identifier) else { return }
    let interned = log.catalog.name(name)
    let end = PhaseEnd(.extensionInit, outcome: .success, extensionName: interned)
    emit(.phaseEnded(end), at: time, into: &log)
    emit(.extensionState(name: interned, .ready, errorType: .none), at: time, into: &log)
  }

  /// `Invoke() success`.
  mutating func invokeSucceeded(at time: Timestamp) {
    guard let index = process.runningIndex else { return }
    process.invocations[index].succeeded = time
  }
}
