internal import LambdaLifecycle

/// The emulator's stamps show local time without a zone; most other lines have no time at all.
struct RIEClock: Sendable {
  /// The time of the last stamp.
  private(set) var last: Timestamp?
  private var offset: Nanoseconds?

  /// Zones differ from UTC by multiples of this.
  private static let quarter: Nanoseconds = .seconds(15 * 60)

  /// The moment of a stamp that was read as UTC. The first arrival decides the zone; without one it is UTC.
  mutating func resolve(_ stamp: Timestamp, arrival: Timestamp?) -> Timestamp {
    if offset == nil {
      offset = arrival.map { RIEClock.offset(from: stamp, to: $0) } ?? 0
    }
    let time = stamp &+ (offset ?? 0)
    last = time
    return time
  }

  private static func offset(from stamp: Timestamp, to arrival: Timestamp) -> Nanoseconds {
    let (difference, overflow) = arrival.subtractingReportingOverflow(stamp)
    // No zone is farther than a day away: the clocks do not belong together.
    guard !overflow, abs(difference / quarter) <= 96 else { return 0 }
    let half = quarter / 2
    return (difference + (difference < 0 ? -half : half)) / quarter * quarter
  }
}
