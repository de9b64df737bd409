internal import EventSources
package import LambdaLifecycle

/// The two clocks that the program looks at.
package struct ProgramClock: Sendable {
  /// Nanoseconds of a clock that never jumps.
  package let steady: @Sendable () -> Timestamp
  /// Nanoseconds since the Unix epoch.
  package let wall: @Sendable () -> Timestamp

  /// - Parameters:
  ///   - steady: never jumps.
  ///   - wall: since the Unix epoch.
  package init(
    steady: @escaping @Sendable () -> Timestamp, wall: @escaping @Sendable () -> Timestamp
  ) {
    self.steady = steady
    self.wall = wall
  }

  /// The machine's.
  package static let system = ProgramClock(steady: { monotonicTime() }, wall: { currentTime() })
}
