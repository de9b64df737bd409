import LambdaLifecycle

extension ErrorType {
  /// Those that the platform gives.
  static let platform: [ErrorType] = [
    .none, .sandboxTimedout, .sandboxFailure, .runtimeExitError, .runtimeOutOfMemory, .runtimeInitError,
    .runtimeUnknown, .extensionLaunchError, .extensionInitError, .extensionExitError, .extensionCrash,
    .functionUnknown, .runtimeImportModuleError, .runtimeInvalidEntrypoint, .snapStartTimeout, .snapStart,
    .snapStartNotReady,
  ]

  /// AWS's spelling of what the platform gives.
  var text: String { Catalog().text(name) }
}
