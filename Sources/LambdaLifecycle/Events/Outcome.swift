/// How a phase or a request ended. `none` means that nobody said.
package enum Outcome: UInt8, CaseIterable, Sendable {
  case none, success, error, timeout, failure, killed

  /// The name in recordings and JSON; empty for `none`.
  package var wireName: String {
    switch self {
    case .none: ""
    case .success: "success"
    case .error: "error"
    case .timeout: "timeout"
    case .failure: "failure"
    case .killed: "killed"
    }
  }

  package init?(wireName: String) {
    guard let outcome = Outcome.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = outcome
  }

  /// Ended, and not well.
  package var isBad: Bool {
    switch self {
    case .none, .success: false
    case .error, .timeout, .failure, .killed: true
    }
  }
}

/// Why an environment is shut down or reset. AWS documents SPINDOWN, TIMEOUT and FAILURE and sends them in lower
/// case (Extensions API page; shutdown.go of the emulator).
package enum ShutdownReason: UInt8, CaseIterable, Sendable {
  /// Reclaimed: idle, too old, or on request.
  case spindown
  case timeout
  case failure
  /// Somebody ended the emulator.
  case terminated
  /// The emulator itself crashed.
  case emulatorFailure

  package var wireName: String {
    switch self {
    case .spindown: "spindown"
    case .timeout: "timeout"
    case .failure: "failure"
    case .terminated: "terminated"
    case .emulatorFailure: "emulatorFailure"
    }
  }

  /// AWS documents the reasons in upper case and sends them in lower case: both are accepted.
  package init?(wireName: String) {
    let lower = wireName.lowercased()
    guard let reason = ShutdownReason.allCases.first(where: { $0.wireName.lowercased() == lower }) else {
      return nil
    }
    self = reason
  }
}

/// More about the reason of an end, where Lambda has one reason for several causes.
package enum ShutdownDetail: UInt8, CaseIterable, Sendable {
  case none
  /// Somebody wanted it: a key, an action of a scenario.
  case onRequest

  /// In recordings; empty for `none`.
  package var wireName: String {
    switch self {
    case .none: ""
    case .onRequest: "on request"
    }
  }
}

/// `AWS_LAMBDA_INITIALIZATION_TYPE` (configuration-envvars page).
package enum InitializationType: UInt8, CaseIterable, Sendable {
  case unknown, onDemand, provisionedConcurrency, snapStart, managedInstances

  package var wireName: String {
    switch self {
    case .unknown: ""
    case .onDemand: "on-demand"
    case .provisionedConcurrency: "provisioned-concurrency"
    case .snapStart: "snap-start"
    case .managedInstances: "lambda-managed-instances"
    }
  }

  package init?(wireName: String) {
    guard let type = InitializationType.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = type
  }
}

/// States of an extension, as `platform.extension` names them (schema reference; core/agent states of the emulator).
package enum ExtensionState: UInt8, CaseIterable, Sendable {
  case started, registered, ready, running, initError, exitError, shutdownFailed, exited, launchError

  package var wireName: String {
    switch self {
    case .started: "Started"
    case .registered: "Registered"
    case .ready: "Ready"
    case .running: "Running"
    case .initError: "InitError"
    case .exitError: "ExitError"
    case .shutdownFailed: "ShutdownFailed"
    case .exited: "Exited"
    case .launchError: "LaunchError"
    }
  }

  package init?(wireName: String) {
    guard let state = ExtensionState.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = state
  }
}

/// Who wrote a line of output.
package enum OutputOrigin: UInt8, CaseIterable, Sendable {
  case function, `extension`, emulator

  package var wireName: String {
    switch self {
    case .function: "function"
    case .extension: "extension"
    case .emulator: "emulator"
    }
  }

  package init?(wireName: String) {
    guard let origin = OutputOrigin.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = origin
  }
}

/// A setting that can change while a session runs, and what its value is.
package enum Setting: UInt8, CaseIterable, Sendable {
  /// Nanoseconds that an idle environment is kept.
  case idleTimeout
  /// MB of a function.
  case memory
  /// Nanoseconds that an invocation may take.
  case timeout
  /// Environments; negative for none reserved.
  case reservedConcurrency
  /// Requests in flight of the whole account.
  case accountConcurrency
  /// Environments; 0 for none.
  case provisionedConcurrency
  /// Requests in 1,000 seconds that arrive steadily beside all others.
  case requestRate

  package var wireName: String {
    switch self {
    case .idleTimeout: "idleTimeout"
    case .memory: "memory"
    case .timeout: "timeout"
    case .reservedConcurrency: "reservedConcurrency"
    case .accountConcurrency: "accountConcurrency"
    case .provisionedConcurrency: "provisionedConcurrency"
    case .requestRate: "requestRate"
    }
  }

  package init?(wireName: String) {
    guard let setting = Setting.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = setting
  }
}
