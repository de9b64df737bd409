internal import LambdaLifecycle

/// The processes that init waits for when the runtime is ready, by name where that is known.
func readiness(_ track: EnvironmentTrack, _ catalog: Catalog, _ time: Timestamp) -> String {
  let names = track.extensionsNotReady(at: time)
  switch names.count {
  case 0: return "the last extension asks for its first event"
  case 1: return "\(list(names, catalog)) asks for its first event"
  default: return "\(list(names, catalog)) ask for their first event"
  }
}

/// Extensions by name, the first few of many.
private func list(_ names: [Name], _ catalog: Catalog) -> String {
  let few = names.prefix(3).map { catalog.text($0) }.joined(separator: ", ")
  let more = names.count > 3 ? " and \(names.count - 3) more" : ""
  return "\(names.count == 1 ? "extension" : "extensions") \(few)\(more)"
}

/// Why an environment waits after a reset.
func resetText(_ cause: ResetCause?, _ catalog: Catalog) -> String {
  guard let cause else { return "After its reset no process runs here." }
  let type = catalog.text(cause.errorType)
  let told = type.isEmpty ? "" : ": \(type)"
  switch cause.extension {
  case .failed(let name, let state):
    return "No process runs here: reset because extension \(catalog.text(name)) \(state.failureWords)\(told)."
  case .hung(let name):
    let text = catalog.text(name)
    let who = text.isEmpty ? "an extension" : "extension \(text)"
    return
      "No process runs here: reset because \(who) had not asked for the next event by the timeout\(told)."
  case .unregistered(let names):
    return "No process runs here: reset because \(list(names, catalog)) never registered\(told)."
  case .unready(let names):
    return
      "No process runs here: reset because \(list(names, catalog)) never asked for the first event\(told)."
  // Short, so that it stands in one line of a small screen.
  case nil where !type.isEmpty: return "Its cause: \(type). No process runs here."
  case nil:
    let what = cause.phase == .invoke ? "the invocation" : cause.phase.map(\.title) ?? "it"
    let how = cause.outcome == .timeout ? "took too long" : "failed"
    return "No process runs here: reset because \(what) \(how)."
  }
}

extension ExtensionState {
  /// A predicate for the failure of an extension.
  var failureWords: String {
    switch self {
    case .initError: "told of an error in its init"
    case .launchError: "could not be started"
    case .shutdownFailed: "ended with an error at shutdown"
    default: "ended by itself"
    }
  }
}
