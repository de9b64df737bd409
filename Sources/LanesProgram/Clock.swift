internal import Glibc
package import LambdaLifecycle

/// Nanoseconds of a clock that never jumps.
package func monotonicTime() -> Timestamp {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return .seconds(Int64(now.tv_sec)) &+ Int64(now.tv_nsec)
}
