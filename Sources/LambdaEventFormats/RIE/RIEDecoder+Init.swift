internal import LambdaLifecycle

extension RIEDecoder {
  /// Between INIT START and the start of the runtime nothing but extensions takes longer.
  private static let immediately: Nanoseconds = .milliseconds(2)

  /// Applies a message that belongs to an init; false if the message does not.
  mutating func applyInit(_ message: RapidMessage, at time: Timestamp, into log: inout EventLog) -> Bool {
    decideExtensions(by: message, into: &log)
    switch message {
    case .initStart(let type): initStarted(type, at: time, into: &log)
    case .noExtensions: break
    case .startingRuntime: runtimeStarting(at: time, into: &log)
    case .agentRegistered(let name, let identifier, let isExternal):
      extensionStarted(name, identifier, isExternal: isExternal, at: time, into: &log)
      process.extensions.insert(name)
      let state = LifecycleEvent.Kind.extensionState(
        name: log.catalog.name(name), .registered, errorType: .none)
      emit(state, at: time, into: &log)
    case .initRuntimeDone(let outcome): process.initialization?.outcome = outcome
    case .initReport(let length): initEnded(length: length, at: time, into: &log)
    default: return false
    }
    return true
  }

  private mutating func initStarted(
    _ type: InitializationType, at time: Timestamp, into log: inout EventLog
  ) {
    endReported(into: &log)
    if !process.isCreated {
      process.isCreated = true
      emit(.environmentCreated(type), at: time, into: &log)
    }
    process.initialization = RIEInit(start: time)
    assignOldest(at: time, into: &log)
  }

  /// Lets a line decide if extensions are being started.
  private mutating func decideExtensions(by message: RapidMessage, into log: inout EventLog) {
    guard let initialization = process.initialization else { return }
    switch (initialization.extensions, message) {
    case (.undecided, .noExtensions), (.undecided, .initReport), (.undecided, .reset),
      (.undecided, .shutdown):
      decideWithoutExtensions(into: &log)
    case (.undecided, .agentRegistered(_, _, isExternal: true)):
      decideWithExtensions(into: &log)
    case (.runtimeStartedAt(let time), .agentRegistered(_, _, isExternal: true)):
      decideWithExtensions(into: &log)
      beginRest(at: time, into: &log)
    case (.runtimeStartedAt, .other), (.runtimeStartedAt, .called(.other)):
      break
    case (.runtimeStartedAt, _):
      decideWithoutExtensions(into: &log)
    default: break
    }
  }

  /// All that is being initialised is runtime and function. Nothing happens if that is decided already.
  mutating func decideWithoutExtensions(into log: inout EventLog) {
    guard let initialization = process.initialization else { return }
    switch initialization.extensions {
    case .undecided, .runtimeStartedAt:
      process.initialization?.extensions = .done(initialization.start)
      emit(.phaseBegan(.initialization), at: initialization.start, into: &log)
    case .starting, .done:
      break
    }
  }

  /// Extensions are being started. Nothing happens if that is decided already.
  mutating func decideWithExtensions(into log: inout EventLog) {
    guard let initialization = process.initialization else { return }
    switch initialization.extensions {
    case .undecided, .runtimeStartedAt:
      process.initialization?.extensions = .starting
      emit(.phaseBegan(.extensionInit), at: initialization.start, into: &log)
    case .starting, .done:
      break
    }
  }

  /// The runtime is started when the last external extension has registered: the end of extension init.
  private mutating func runtimeStarting(at time: Timestamp, into log: inout EventLog) {
    guard let initialization = process.initialization else { return }
    switch initialization.extensions {
    case .starting:
      beginRest(at: time, into: &log)
    case .undecided where time - initialization.start <= RIEDecoder.immediately:
      decideWithoutExtensions(into: &log)
    case .undecided:
      // The last registration is printed at this time too, perhaps after this line.
      process.initialization?.extensions = .runtimeStartedAt(time)
    case .runtimeStartedAt, .done:
      break
    }
  }

  private mutating func beginRest(at time: Timestamp, into log: inout EventLog) {
    process.initialization?.extensions = .done(time)
    emit(.phaseEnded(PhaseEnd(.extensionInit, outcome: .success)), at: time, into: &log)
    emit(.phaseBegan(.initialization), at: time, into: &log)
  }

  /// INIT REPORT: its length is exact, the stamps are milliseconds.
  private mutating func initEnded(length: Nanoseconds, at time: Timestamp, into log: inout EventLog) {
    guard let initialization = process.initialization else { return }
    let failed = process.fatalError != .none
    let outcome = initialization.outcome == .none ? (failed ? .error : .success) : initialization.outcome
    let end = length >= 0 ? initialization.start + length : time
    endInit(outcome, outcome.isBad ? process.fatalError : .none, at: end, isExact: length >= 0, into: &log)
    process.initDuration = min(process.initDuration &+ max(0, length), CalendarDate.lengths.upperBound)
    if process.firstInitDuration < 0, process.invocations.isEmpty, process.initDuration == length {
      process.firstInitDuration = length
    }
  }

  /// Ends the part of init that runs.
  mutating func endInit(
    _ outcome: Outcome, _ errorType: Name, at end: Timestamp, isExact: Bool, into log: inout EventLog
  ) {
    guard let initialization = process.initialization else { return }
    process.initialization = nil
    process.lastInitFailed = outcome.isBad
    process.starting = [:]
    if initialization.runtimeIsReady { return }
    var phaseEnd = PhaseEnd(.initialization, outcome: outcome, errorType: errorType)
    switch initialization.extensions {
    case .done(let start):
      if isExact { phaseEnd.duration = CalendarDate.length(from: start, to: max(start, end)) }
    case .starting:
      // An extension did not register: the runtime was never started.
      phaseEnd.phase = .extensionInit
      if isExact {
        phaseEnd.duration = CalendarDate.length(
          from: initialization.start, to: max(initialization.start, end))
      }
    case .undecided, .runtimeStartedAt:
      emit(.phaseBegan(.initialization), at: initialization.start, into: &log)
      if isExact {
        phaseEnd.duration = CalendarDate.length(
          from: initialization.start, to: max(initialization.start, end))
      }
    }
    emit(.phaseEnded(phaseEnd), at: end, into: &log)
  }
}
