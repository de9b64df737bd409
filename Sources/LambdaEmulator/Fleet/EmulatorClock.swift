internal import Glibc
internal import LambdaLifecycle

/// The time of the emulator's events: the wall clock's when it began, and from there on by a clock that nobody sets.
struct EmulatorClock: Sendable {
  /// The moment at which it began.
  let start: Timestamp
  private let steadyStart: Nanoseconds

  init() {
    start = Self.read(CLOCK_REALTIME)
    steadyStart = Self.read(CLOCK_MONOTONIC)
  }

  /// The moment it is.
  var now: Timestamp { start &+ Self.read(CLOCK_MONOTONIC) &- steadyStart }

  /// A moment by the wall clock, which may have been set since: what deadlines are told by.
  func wall(_ time: Timestamp) -> Timestamp { time &+ Self.read(CLOCK_REALTIME) &- now }

  private static func read(_ clock: clockid_t) -> Nanoseconds {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(Int64(time.tv_sec)) + Int64(time.tv_nsec)
  }
}
