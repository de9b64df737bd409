internal import EventSources
internal import LambdaLifecycle

/// The time of the emulator's events: the wall clock's when it began, and from there on by a clock that nobody sets.
struct EmulatorClock: Sendable {
  /// The moment at which it began.
  let start: Timestamp
  private let steadyStart: Nanoseconds

  init() {
    start = currentTime()
    steadyStart = monotonicTime()
  }

  /// The moment it is.
  var now: Timestamp { start &+ monotonicTime() &- steadyStart }

  /// A moment by the wall clock, which may have been set since: deadlines are given by it.
  func wall(_ time: Timestamp) -> Timestamp { time &+ currentTime() &- now }
}
