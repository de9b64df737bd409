internal import LambdaLifecycle

extension Finding.Kind {
  /// Its name in JSON.
  var wireName: String {
    switch self {
    case .emulatorFailure: "emulatorFailure"
    case .timeout: "timeout"
    case .timeoutInInit: "timeoutInInit"
    case .outOfMemory: "outOfMemory"
    case .error: "error"
    case .failedInit: "failedInit"
    case .failedRestore: "failedRestore"
    case .unregisteredExtension: "unregisteredExtension"
    case .unreadyExtension: "unreadyExtension"
    case .failedExtension: "failedExtension"
    case .hungExtension: "hungExtension"
    case .busyExtension: "busyExtension"
    case .reset: "reset"
    case .throttle: "throttle"
    case .droppedEvent: "droppedEvent"
    case .killedExtension: "killedExtension"
    case .killedRuntime: "killedRuntime"
    case .coldStart: "coldStart"
    case .reinit: "reinit"
    case .slowRequest: "slowRequest"
    case .slowMark: "slowMark"
    case .undecodable: "undecodable"
    case .dropped: "dropped"
    }
  }

  /// The name that sets it apart from others of its kind: an error type, a reason, an extension, a mark;
  /// `.none` where there is none.
  var name: Name {
    switch self {
    case .emulatorFailure(let name), .error(let name), .failedInit(let name), .failedRestore(let name),
      .throttle(let name), .droppedEvent(let name), .killedExtension(let name), .slowMark(let name),
      .unregisteredExtension(let name), .unreadyExtension(let name), .failedExtension(let name, _),
      .hungExtension(let name), .busyExtension(let name):
      name
    case .timeout, .timeoutInInit, .outOfMemory, .reset, .killedRuntime, .coldStart, .reinit, .slowRequest,
      .undecodable,
      .dropped:
      .none
    }
  }

  /// The extension that it is about; `.none` where it is about none, or it is not known which.
  var extensionName: Name {
    switch self {
    case .unregisteredExtension, .unreadyExtension, .failedExtension, .hungExtension, .busyExtension,
      .killedExtension:
      name
    default: .none
    }
  }
}
