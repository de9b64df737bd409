/// Why something failed: a type that the platform gives, or any other text of a runtime's or an extension's.
package struct ErrorType: Hashable, Sendable {
  package let name: Name

  /// A type that a runtime or an extension gives itself.
  package init(_ name: Name) { self.name = name }

  private init(of type: PlatformErrorType) { name = Name(rawValue: UInt32(type.rawValue)) }

  package static var none: ErrorType { ErrorType(of: .none) }
  package static var sandboxTimedout: ErrorType { ErrorType(of: .sandboxTimedout) }
  package static var sandboxFailure: ErrorType { ErrorType(of: .sandboxFailure) }
  package static var runtimeExitError: ErrorType { ErrorType(of: .runtimeExitError) }
  package static var runtimeOutOfMemory: ErrorType { ErrorType(of: .runtimeOutOfMemory) }
  package static var runtimeInitError: ErrorType { ErrorType(of: .runtimeInitError) }
  package static var runtimeUnknown: ErrorType { ErrorType(of: .runtimeUnknown) }
  package static var extensionLaunchError: ErrorType { ErrorType(of: .extensionLaunchError) }
  package static var extensionInitError: ErrorType { ErrorType(of: .extensionInitError) }
  package static var extensionExitError: ErrorType { ErrorType(of: .extensionExitError) }
  package static var extensionCrash: ErrorType { ErrorType(of: .extensionCrash) }
  package static var functionUnknown: ErrorType { ErrorType(of: .functionUnknown) }
  package static var runtimeImportModuleError: ErrorType { ErrorType(of: .runtimeImportModuleError) }
  package static var runtimeInvalidEntrypoint: ErrorType { ErrorType(of: .runtimeInvalidEntrypoint) }
  package static var snapStartTimeout: ErrorType { ErrorType(of: .snapStartTimeout) }
  package static var snapStart: ErrorType { ErrorType(of: .snapStart) }
  package static var snapStartNotReady: ErrorType { ErrorType(of: .snapStartNotReady) }

  /// The platform's types for what an extension did.
  package var isOfExtension: Bool {
    self == .extensionCrash || self == .extensionExitError || self == .extensionInitError
      || self == .extensionLaunchError
  }

  /// AWS's spelling of the platform's types: `Catalog` interns these first, in this order.
  static var platformTexts: [String] { PlatformErrorType.allCases.map(\.text) }
}

/// Error types that the platform itself gives (fatalerror.go of the emulator; troubleshooting-invocation page).
private enum PlatformErrorType: UInt8, CaseIterable {
  case none
  case sandboxTimedout
  case sandboxFailure
  case runtimeExitError
  case runtimeOutOfMemory
  case runtimeInitError
  case runtimeUnknown
  case extensionLaunchError
  case extensionInitError
  case extensionExitError
  case extensionCrash
  case functionUnknown
  case runtimeImportModuleError
  case runtimeInvalidEntrypoint
  case snapStartTimeout
  case snapStart
  case snapStartNotReady

  /// AWS's spelling; empty for `none`.
  var text: String {
    switch self {
    case .none: ""
    case .sandboxTimedout: "Sandbox.Timedout"
    case .sandboxFailure: "Sandbox.Failure"
    case .runtimeExitError: "Runtime.ExitError"
    case .runtimeOutOfMemory: "Runtime.OutOfMemory"
    case .runtimeInitError: "Runtime.InitError"
    case .runtimeUnknown: "Runtime.Unknown"
    case .extensionLaunchError: "Extension.LaunchError"
    case .extensionInitError: "Extension.InitError"
    case .extensionExitError: "Extension.ExitError"
    case .extensionCrash: "Extension.Crash"
    case .functionUnknown: "Function.Unknown"
    case .runtimeImportModuleError: "Runtime.ImportModuleError"
    case .runtimeInvalidEntrypoint: "Runtime.InvalidEntrypoint"
    // Of the Invoke API, for a version whose snapshot cannot be restored or is not there yet.
    case .snapStartTimeout: "SnapStartTimeoutException"
    case .snapStart: "SnapStartException"
    case .snapStartNotReady: "SnapStartNotReadyException"
    }
  }
}
