internal import LambdaLifecycle
internal import NIOCore

/// Hears what an environment's processes do: a fleet.
protocol EnvironmentOwner: AnyObject {
  /// Takes a signal and does what follows.
  func receive(_ signal: Signal, _ environment: EmulatedEnvironment)
  /// Its runtime asks for its next event.
  /// - Parameter accepted: called before an event may come.
  func runtimeAsks(
    _ environment: EmulatedEnvironment, _ generation: Generation, accepted: () -> Void
  ) -> Reception
  /// Its runtime answers the request that it works on. Followed by `settle`.
  func runtimeAnswers(
    _ answer: FunctionAnswer, _ work: EmulatedEnvironment.Work, _ environment: EmulatedEnvironment
  ) -> Reception
  /// Its runtime begins to stream its answer, of some type; nil where the whole of it is wanted.
  func runtimeStreams(
    _ contentType: String, _ work: EmulatedEnvironment.Work, _ environment: EmulatedEnvironment
  ) -> (any CallerStream)?
  /// Its runtime says that init has failed. Followed by `settle`.
  func runtimeInitFailed(
    _ answer: FunctionAnswer, _ environment: EmulatedEnvironment, _ generation: Generation
  ) -> Reception
  /// The name of its runtime's state in the Runtime API.
  func runtimeState(of environment: EmulatedEnvironment) -> String
  /// Its runtime asks for its first event, or has ended before.
  func initEnds(of environment: EmulatedEnvironment)
  /// An extension registers. Followed by `settle`, as what follows.
  func extensionRegisters(
    _ index: UInt8, _ name: String, _ subscriptions: Subscriptions, _ generation: Generation,
    _ environment: EmulatedEnvironment
  ) -> Reception
  /// An extension asks to be registered that is none of the external ones.
  func extensionHasNoFile(_ name: String, _ environment: EmulatedEnvironment)
  /// An extension asks for its next event.
  func extensionAsks(
    _ index: UInt8, _ generation: Generation, _ environment: EmulatedEnvironment
  ) -> Reception
  /// An extension says that it has failed.
  func extensionFails(
    _ index: UInt8, _ name: String, _ error: ErrorType, told: ExtensionFailure, _ generation: Generation,
    _ environment: EmulatedEnvironment)
  /// - Parameter why: the reason why an extension's process could not be started.
  func extensionNotStarted(
    _ index: UInt8, _ why: String, _ generation: Generation, _ environment: EmulatedEnvironment)
  /// An extension's process has ended, and what it had sent has been heard.
  func extensionEnded(
    _ index: UInt8, _ end: ProcessEnd, _ generation: Generation, _ environment: EmulatedEnvironment)
  /// Its processes have been asked to end, and have not all ended.
  func isShuttingDown(_ environment: EmulatedEnvironment) -> Bool
  /// The clock's time.
  var now: Timestamp { get }
  /// Records a remark beside the lifecycle.
  func note(_ words: String, _ environment: EmulatedEnvironment)
  /// So many events did not reach an extension that had subscribed to them.
  func telemetryLost(_ count: Int, _ why: String, _ environment: EmulatedEnvironment)
  /// An id that nothing else has.
  func newID() -> RequestID
  /// The body that answers the registration of an extension.
  func registrationAnswer(withAccount: Bool) -> String
  /// Does what follows from the last word.
  func settle()
  /// The function's processes have written.
  func printed(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment)
  /// Nothing follows, for now, the lines printed last.
  func printedAll(_ environment: EmulatedEnvironment)
  /// As `printed` and `printedAll`, for extensions.
  func extensionsPrinted(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment)
  func extensionsPrintedAll(_ environment: EmulatedEnvironment)
  /// No process can be started in it any more, and none runs.
  func sandboxFailed(_ environment: EmulatedEnvironment, _ why: String)
  /// Nothing is left of it.
  func environmentClosed(_ environment: EmulatedEnvironment)
}
