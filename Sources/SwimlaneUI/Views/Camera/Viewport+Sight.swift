internal import LambdaLifecycle

// A stretch that a sentence speaks of, brought into the picture.

extension Viewport {
  /// Moves the picture, and only where it has to zooms out, so that all of a stretch is in it with the moment looked at.
  mutating func bringIntoSight(_ stretch: ClosedRange<Timestamp>, now: Timestamp, _ squeeze: Squeeze) {
    let first = min(stretch.lowerBound, now)
    let last = max(stretch.upperBound, now)
    if first >= left, last < right { return }
    let room = columns - 2 * Self.sightMargin
    let needed = (last &- first) / max(1, perCell) &+ 1
    if needed > Int64(room) {
      show(
        (last &- first) &* Int64(columns) / Int64(max(1, room)), endingNear: last,
        at: columns - 1 - Self.sightMargin, notBefore: first, squeeze)
    } else {
      show(
        perCell &* Int64(columns) &- 1, endingNear: last,
        at: min(columns - 1 - Self.sightMargin, Int(needed) + Self.sightMargin), notBefore: first,
        squeeze)
    }
  }

  /// Columns that stay free at both edges.
  private static let sightMargin = 2

  /// Brings the time just before into the picture as well, as long as there is free room on the right.
  mutating func useRoom(from first: Timestamp, now: Timestamp, _ squeeze: Squeeze) {
    guard first < left else { return }
    let needed = (now &- first) / max(1, perCell) &+ 1
    guard needed <= Int64(columns - 2 * Self.sightMargin) else { return }
    show(
      perCell &* Int64(columns) &- 1, endingNear: now,
      at: Int(needed) + Self.sightMargin, notBefore: first, squeeze)
  }
}
