internal import LambdaLifecycle

/// Stamps that show local time without a zone, as RIE's and LocalStack's do; most other lines of RIE have no time at all.
struct RIEClock: Sendable {
  /// The time of the last stamp.
  private(set) var last: Timestamp?
  private var offset: Nanoseconds?
  /// The stream shows the present. False for an old log that is piped in: its lines arrive long after they
  /// were written, so their arrival says nothing.
  private(set) var isLive = true

  /// Zones differ from UTC by multiples of this, and by at most a day.
  private static let quarter: Nanoseconds = .seconds(15 * 60)
  private static let day: Nanoseconds = .seconds(24 * 3_600)
  /// A stamp of a live stream arrives within this.
  private static let patience: Nanoseconds = .seconds(60)

  /// The moment of a stamp that was read as UTC. The first arrival decides the zone; without one it is UTC.
  mutating func resolve(_ stamp: Timestamp, arrival: Timestamp?) -> Timestamp {
    if offset == nil { decideZone(stamp, arrival: arrival) }
    let time = stamp &+ (offset ?? 0)
    last = time
    return time
  }

  private mutating func decideZone(_ stamp: Timestamp, arrival: Timestamp?) {
    offset = 0
    guard let arrival else { return }
    let (difference, overflow) = arrival.subtractingReportingOverflow(stamp)
    isLive = false
    guard !overflow, abs(difference) <= Self.day else { return }
    let half = Self.quarter / 2
    let zone = (difference + (difference < 0 ? -half : half)) / Self.quarter * Self.quarter
    guard abs(difference - zone) <= Self.patience else { return }
    isLive = true
    offset = zone
  }
}
