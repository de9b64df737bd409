import LambdaLifecycle

extension Life {
  /// The orders to the world, a line each: milliseconds and action.
  var orders: String { lines { $0.order } }

  /// The answers to callers and the log; for Managed Instances each with the invocation, and with what frees
  /// a worker.
  var answers: String {
    lines { $0.answer(environment.type == .managedInstances) }
  }

  /// The states that extensions went through.
  var extensionStates: String { lines { $0.extensionState } }

  /// The signals that were refused, each with the state that refused it.
  var anomalies: [String] {
    told.compactMap { told in
      guard case .anomaly(let anomaly) = told.action else { return nil }
      return "\(anomaly.signal) in \(anomaly.state)"
    }
  }

  private func lines(_ words: (Action) -> String?) -> String {
    told.compactMap { time, action in words(action).map { "\(time / .milliseconds(1)) \($0)" } }
      .joined(separator: "\n")
  }
}

extension Action {
  fileprivate var order: String? {
    switch self {
    case .startExtensions(let mask, _): "start extensions \(indices(of: mask))"
    case .startRuntime: "start runtime"
    case .deliver: "deliver to runtime"
    case .deliverToExtensions(let mask, _, _, _): "deliver to extensions \(indices(of: mask))"
    case .freeze: "freeze"
    case .thaw: "thaw"
    case .restoreSnapshot: "restore snapshot"
    case .takeSnapshot: "take snapshot"
    case .terminateRuntime: "SIGTERM runtime"
    case .killRuntime: "SIGKILL runtime"
    case .sendShutdown(let mask, let reason, let deadline, _):
      "SHUTDOWN \(reason) until \(deadline / .milliseconds(1)) to extensions \(indices(of: mask))"
    case .killExtensions(let mask, _): "SIGKILL extensions \(indices(of: mask))"
    case .gone(let reason): "gone \(reason)"
    default: nil
    }
  }

  fileprivate func answer(_ isNumbered: Bool) -> String? {
    func number(_ invocation: Invocation) -> String { isNumbered ? " \(invocation)" : "" }
    return switch self {
    case .respond(let invocation, let outcome, let error):
      "caller\(number(invocation)): \(outcome) \(error.text)".trimmed
    case .released(let invocation): isNumbered ? "free of \(invocation)" : nil
    case .runtimeDone(_, let outcome, let error): "runtime done: \(outcome) \(error.text)".trimmed
    case .initReport(let duration, let isSuppressed, let outcome, let error):
      ("init report: duration \(duration / .milliseconds(1))"
        + (isSuppressed ? " suppressed" : "") + " \(outcome) \(error.text)").trimmed
    case .restoreReport(let duration, let billed, let outcome, let error):
      ("restore report: duration \(duration / .milliseconds(1)) billed \(billed / .milliseconds(1))"
        + " \(outcome) \(error.text)").trimmed
    case .report(let invocation, let duration, let initDuration, let error, let outcome):
      ("report\(number(invocation)): duration \(duration / .milliseconds(1))"
        + (initDuration < 0 ? "" : " init \(initDuration / .milliseconds(1))")
        + " \(outcome) \(error.text)").trimmed
    default: nil
    }
  }

  fileprivate var extensionState: String? {
    guard case .extensionState(let index, let state, let error) = self else { return nil }
    return "extension \(index) \(state.wireName) \(error.text)".trimmed
  }

  private func indices(of mask: UInt16) -> String {
    (0..<16).filter { mask & 1 << $0 != 0 }.map { "\($0)" }.joined(separator: ",")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
