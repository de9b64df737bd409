internal import LambdaLifecycle

extension Finding.Kind {
  /// What it is called in JSON.
  var wireName: String {
    switch self {
    case .emulatorFailure: "emulatorFailure"
    case .timeout: "timeout"
    case .timeoutInInit: "timeoutInInit"
    case .outOfMemory: "outOfMemory"
    case .error: "error"
    case .failedInit: "failedInit"
    case .failedRestore: "failedRestore"
    case .reset: "reset"
    case .throttle: "throttle"
    case .killedExtension: "killedExtension"
    case .coldStart: "coldStart"
    case .reinit: "reinit"
    case .slowRequest: "slowRequest"
    case .slowMark: "slowMark"
    case .undecodable: "undecodable"
    case .dropped: "dropped"
    }
  }

  /// What tells it from others of its kind: an error type, a reason, an extension, a mark; `.none` where nothing does.
  var name: Name {
    switch self {
    case .emulatorFailure(let name), .error(let name), .failedInit(let name), .failedRestore(let name),
      .throttle(let name),
      .killedExtension(let name), .slowMark(let name):
      name
    case .timeout, .timeoutInInit, .outOfMemory, .reset, .coldStart, .reinit, .slowRequest, .undecodable,
      .dropped:
      .none
    }
  }
}
