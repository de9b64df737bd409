// Writing down what has happened.

extension Simulator {
  mutating func record(_ action: Action, _ slot: Int, _ log: inout EventLog) {
    switch action {
    case .began(let phase): emit(.phaseBegan(phase), slot, to: &log)
    case .ended(let phase, let outcome, let error):
      emit(.phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name)), slot, to: &log)
    case .invokeBegan(let invocation): emit(.phaseBegan(.invoke), slot, of: invocation, to: &log)
    case .invokeEnded(let invocation, let outcome, let error):
      let end = PhaseEnd(.invoke, outcome: outcome, errorType: error.name)
      emit(.phaseEnded(end), slot, of: invocation, to: &log)
    case .extensionState(let index, let state, let error):
      let name = functions[fleet.configuration(of: slot)].extensionNames[Int(index)]
      emit(.extensionState(name: name, state, errorType: error.name), slot, to: &log)
      let bit: UInt16 = 1 << UInt16(index)
      // An internal one begins where the function's code starts it, which nobody sees before it registers.
      if state == .registered, functions[fleet.configuration(of: slot)].internalExtensions & bit != 0 {
        slots[slot].initializing |= bit
        emit(.phaseBegan(.extensionInit, extensionName: name), slot, to: &log)
      }
      // What it does after its init is no end of it.
      if state == .ready || error != .none, slots[slot].initializing & bit != 0 {
        slots[slot].initializing &= ~bit
        let outcome: Outcome = state == .ready ? .success : .error
        let end = PhaseEnd(.extensionInit, outcome: outcome, errorType: error.name, extensionName: name)
        emit(.phaseEnded(end), slot, to: &log)
      }
    case .runtimeDone(let invocation, let outcome, let error):
      emit(.runtimeDone(outcome, errorType: error.name), slot, of: invocation, to: &log)
    default: break
    }
  }

  @inline(__always)
  func emit(_ kind: LifecycleEvent.Kind, _ slot: Int, of invocation: Invocation = 0, to log: inout EventLog) {
    guard keepsEvents else { return }
    log.append(
      LifecycleEvent(
        time: now, function: functions[fleet.function(of: slot)].name, environment: slots[slot].environment,
        request: invocation == 0 ? .none : requests[invocation].id, kind: kind))
  }

  /// What has no environment (yet).
  @inline(__always)
  func emit(_ kind: LifecycleEvent.Kind, of request: SimulatedRequest, to log: inout EventLog) {
    guard keepsEvents else { return }
    emit(kind, function: functions[Int(request.function)].name, request: request.id, to: &log)
  }

  func emit(
    _ kind: LifecycleEvent.Kind, function: Name? = nil, request: RequestID = .none, to log: inout EventLog
  ) {
    guard keepsEvents else { return }
    let function = function ?? (scenario.functions.count == 1 ? functions[0].name : .none)
    log.append(LifecycleEvent(time: now, function: function, request: request, kind: kind))
  }
}
