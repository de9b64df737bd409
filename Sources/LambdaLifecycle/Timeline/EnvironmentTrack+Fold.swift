extension EnvironmentTrack {
  /// Folds one event of the environment.
  mutating func fold(_ event: LifecycleEvent, into session: inout SessionFold) {
    if event.time &+ source.clockResolution < lastEvent {
      session.late += 1
      late += 1
    }
    if event.time > lastEvent { lastEvent = event.time }
    switch event.kind {
    case .environmentCreated(let type):
      initializationType = type
      session.inFlight.setConcurrency(runsConcurrently, of: id)
      creationIsTold = true
    case .environmentGone(let reason, let detail): environmentGone(reason, detail, event.time, &session)
    case .phaseBegan(let phase, let name): phaseBegan(phase, extensionName: name, event, &session)
    case .phaseEnded(let end): phaseEnded(end, event, &session)
    case .runtimeDone: runtimeDone(event, &session)
    case .thawed: firstThaw = min(firstThaw, event.time)
    case .extensionState(let name, let state, _): extensionState(name, state, event.time, &session)
    case .requestAssigned: requestAssigned(event, &session)
    case .requestAnswered(let outcome, let type): requestAnswered(outcome, type, event, &session)
    case .report(let report): reported(report, event, &session)
    case .initReport(let report): initReported(report, event, &session)
    default: break
    }
  }
}
