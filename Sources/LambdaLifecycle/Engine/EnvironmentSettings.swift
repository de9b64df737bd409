/// The settings of a function that the state machine has to know.
package struct EnvironmentSettings: Sendable {
  /// External extensions, a bit each: those that have a process of their own. Any other that registers is an internal
  /// one, which runs inside the runtime's process (Extensions API page).
  package var extensions: UInt16 = 0
  /// The function's timeout: 1 to 900 s, default 3 (configuration-timeout page); `.never` for none.
  package var timeout: Nanoseconds = .seconds(3)
  /// On-demand init may take 10 s (execution environment page).
  package var initLimit: Nanoseconds = .seconds(10)
  /// After the snapshot is there, runtime and hooks may take 10 s (execution environment page).
  package var restoreLimit: Nanoseconds = .seconds(10)
  /// The runtime's share of 2,000 ms at shutdown: 300 ms by the documentation of 2022; the emulator's code gives
  /// 30 %. The present page is silent.
  package var runtimeShutdownShare: Nanoseconds = .milliseconds(300)
  /// It is frozen while it has nothing to do, as Lambda does it. False for an emulator that lets processes run on; Managed
  /// Instances are never frozen.
  package var freezes = true
  /// Invocations at once in one environment of Managed Instances (`AWS_LAMBDA_MAX_CONCURRENCY`).
  package var workers: UInt16 = 1

  package init() {}

  /// The limit of an environment's first init: 10 s on demand, else the greater of 130 s and the timeout
  /// (execution environment page).
  package func initLimit(of type: InitializationType) -> Nanoseconds {
    switch type {
    case .onDemand, .unknown: initLimit
    case .provisionedConcurrency, .snapStart, .managedInstances: max(.seconds(130), timeout)
    }
  }

  /// 0 ms without registered extensions, 500 ms with an internal one, 2,000 ms with external ones (Extensions API
  /// page).
  package func shutdownLimit(registered: UInt16) -> Nanoseconds {
    if registered & extensions != 0 { return .milliseconds(2_000) }
    return registered == 0 ? 0 : .milliseconds(500)
  }
}
