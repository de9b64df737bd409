extension EnvironmentTrack {
  /// Folds one event of the environment.
  mutating func fold(_ event: LifecycleEvent, into session: inout SessionFold) {
    if arrivalOrder.note(event.time, within: source.clockResolution) { session.late += 1 }
    switch event.kind {
    case .environmentCreated(let type):
      creation.tell(type)
      session.inFlight.setConcurrency(runsConcurrently, of: id)
    case .environmentGone(let reason, let detail): environmentGone(reason, detail, event.time, &session)
    case .phaseBegan(let phase, let name): phaseBegan(phase, extensionName: name, event, &session)
    case .phaseEnded(let end): phaseEnded(end, event, &session)
    case .runtimeDone: runtimeDone(event, &session)
    case .thawed: service.thawed(at: event.time)
    case .extensionState(let name, let state, _): extensionState(name, state, event.time, &session)
    case .requestAssigned: requestAssigned(event, &session)
    case .requestAnswered(let outcome, let type): requestAnswered(outcome, type, event, &session)
    case .report(let report): reported(report, event, &session)
    case .initReport(let report): initReported(report, event, &session)
    default: break
    }
  }
}
