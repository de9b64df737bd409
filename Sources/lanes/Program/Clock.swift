import Glibc
import LambdaLifecycle

/// The moment it is now.
func currentTime() -> Timestamp { read(CLOCK_REALTIME) }

/// Nanoseconds of a clock that never jumps.
func monotonicTime() -> Timestamp { read(CLOCK_MONOTONIC) }

private func read(_ clock: clockid_t) -> Timestamp {
  var now = timespec()
  clock_gettime(clock, &now)
  return .seconds(Int64(now.tv_sec)) &+ Int64(now.tv_nsec)
}
