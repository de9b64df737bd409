/// Probabilities, 0 to 1, of what goes wrong by itself. The first six exclude one another, for each request.
package struct FailureRates: Equatable, Sendable {
  package var handlerError = 0.0
  package var crash = 0.0
  package var outOfMemory = 0.0
  /// The handler does not come back before the timeout.
  package var timeout = 0.0
  /// An extension ends during the invocation.
  package var extensionCrash = 0.0
  /// An extension takes longer than it should, by `slowExtensionDelay`.
  package var slowExtension = 0.0
  package var slowExtensionDelay = DurationModel.fixed(.seconds(1))
  /// For each init: the runtime ends during function init; an extension fails to start.
  package var initError = 0.0
  package var extensionInitError = 0.0
  /// For each restore: a hook after restore fails.
  package var restoreError = 0.0

  package init() {}

  /// The kind of a request by these rates: what goes wrong with it.
  /// - Parameter dice: from 0 to 1.
  func kind(_ dice: Double) -> RequestKind {
    var limit = handlerError
    if dice < limit { return .handlerError }
    limit += crash
    if dice < limit { return .crash }
    limit += outOfMemory
    if dice < limit { return .outOfMemory }
    limit += timeout
    if dice < limit { return .hang }
    limit += extensionCrash
    if dice < limit { return .extensionCrash }
    limit += slowExtension
    return dice < limit ? .slowExtension : .normal
  }
}
