/// What the state machine has to know of a function.
package struct EnvironmentSettings: Sendable {
  /// External extensions, a bit each; at most ten (Extensions API page).
  package var extensions: UInt16 = 0
  /// Those of them that registered for SHUTDOWN; the others are killed at once (shutdown.go of the emulator).
  package var shutdownSubscribers: UInt16 = 0
  /// An internal extension, one that runs inside the runtime's process, is registered.
  package var hasInternalExtension = false
  /// The function's timeout: 1 to 900 s, default 3 (configuration-timeout page).
  package var timeout: Nanoseconds = .seconds(3)
  /// On-demand init may take 10 s (execution environment page).
  package var initLimit: Nanoseconds = .seconds(10)
  /// The runtime's share of 2,000 ms at shutdown: 300 ms by the documentation of 2022; the emulator's code gives
  /// 30 %. The present page is silent.
  package var runtimeShutdownShare: Nanoseconds = .milliseconds(300)

  package init() {}

  /// 0 ms without extensions, 500 ms with an internal one, 2,000 ms with external ones (Extensions API page).
  package var shutdownLimit: Nanoseconds {
    if extensions != 0 { return .milliseconds(2_000) }
    return hasInternalExtension ? .milliseconds(500) : 0
  }
}
