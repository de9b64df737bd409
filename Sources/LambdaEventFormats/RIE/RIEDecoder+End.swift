internal import LambdaLifecycle

extension RIEDecoder {
  /// A reset: the processes end, the environment stays. `SandboxTerminated` is the end of the emulator itself.
  mutating func resetBegan(_ reason: String, at time: Timestamp, into log: inout EventLog) {
    switch reason.lowercased() {
    case "timeout":
      fail(.timeout, ErrorType.sandboxTimedout.name, at: time, into: &log)
      process.shutdown = RIEShutdown(outcome: .timeout, isFinal: false)
    case "sandboxterminated":
      endReported(into: &log)
      fail(.killed, .none, answer: .failure, at: time, into: &log)
      process.shutdown = RIEShutdown(outcome: .success, isFinal: true)
    default:
      endReported(into: &log)
      let type = process.fatalError == .none ? ErrorType.sandboxFailure.name : process.fatalError
      // The emulator's own rule for the status (its handleReset): errors of the sandbox are failures.
      let isSandbox = log.catalog.text(type).hasPrefix("Sandbox.")
      fail(isSandbox ? .failure : .error, type, at: time, into: &log)
      process.shutdown = RIEShutdown(outcome: .failure, isFinal: false)
    }
    process.fatalError = .none
    emit(.phaseBegan(.shutdown), at: time, into: &log)
  }

  /// A shutdown that is no reset: the emulator tidies up after an init that failed, to try again.
  mutating func shutdownBegan(at time: Timestamp, into log: inout EventLog) {
    process.shutdown = RIEShutdown(outcome: process.lastInitFailed ? .failure : .success, isFinal: false)
    emit(.phaseBegan(.shutdown), at: time, into: &log)
  }

  /// `extension-NAME-GENERATION` did not exit in its time and is killed.
  mutating func agentMissedDeadline(_ processName: String, at time: Timestamp, into log: inout EventLog) {
    var name = Substring(processName)
    if name.hasPrefix("extension-") { name.removeFirst("extension-".count) }
    if let dash = name.lastIndex(of: "-") { name = name[..<dash] }
    process.shutdown?.outcome = .killed
    let state = LifecycleEvent.Kind.extensionState(
      name: log.catalog.name(String(name)), .shutdownFailed, errorType: .none)
    emit(state, at: time, into: &log)
  }

  mutating func shutdownEnded(at time: Timestamp, into log: inout EventLog) {
    guard let shutdown = process.shutdown else { return }
    process.shutdown = nil
    emit(.phaseEnded(PhaseEnd(.shutdown, outcome: shutdown.outcome)), at: time, into: &log)
    if shutdown.isFinal { emulatorEnded(.terminated, detail: .none, at: time, into: &log) }
  }

  /// The emulator is gone: who still waits gets nothing.
  func pending() -> [RequestID] { process.waiting.map(\.request) + process.refused }

  mutating func emulatorEnded(
    _ reason: ShutdownReason, detail: Name, at time: Timestamp, into log: inout EventLog
  ) {
    for request in pending() {
      emit(.requestAnswered(.failure, errorType: .none), request: request, at: time, into: &log)
    }
    process.waiting = []
    process.refused = []
    emit(.environmentGone(reason, detail: detail), at: time, into: &log)
  }
}
