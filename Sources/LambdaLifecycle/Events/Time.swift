/// A moment, in nanoseconds since the Unix epoch.
///
/// An integer, because time must add up exactly and because `Duration` (16 bytes) slowed the simulator by a
/// fifth.
package typealias Timestamp = Int64

/// A length of time, in nanoseconds.
package typealias Nanoseconds = Int64

extension Int64 {
  /// The timestamp of what never happens, and the end of what is still open.
  package static var never: Timestamp { .max }

  /// `count` milliseconds in nanoseconds.
  package static func milliseconds(_ count: Int64) -> Nanoseconds { count &* 1_000_000 }

  /// `count` seconds in nanoseconds.
  package static func seconds(_ count: Int64) -> Nanoseconds { count &* 1_000_000_000 }
}
