/// How far the events of an environment have come, and how many came after a later one.
struct ArrivalOrder: Sendable {
  /// The latest moment that an event was of; `.min` before the first.
  private(set) var latest = Timestamp.min
  /// Events that arrived after a later one.
  private(set) var late = 0

  /// Takes in an event.
  /// - Parameter resolution: of the clock that gave its time.
  /// - Returns: true if it came late.
  @inline(__always)
  mutating func note(_ time: Timestamp, within resolution: Nanoseconds) -> Bool {
    let isLate = time &+ resolution < latest
    if isLate { late += 1 }
    if time > latest { latest = time }
    return isLate
  }

  /// A fork takes back what happened after `time`.
  mutating func void(after time: Timestamp) { latest = min(latest, time) }
}
