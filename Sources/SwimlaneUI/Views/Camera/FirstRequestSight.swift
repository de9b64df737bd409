internal import LambdaLifecycle

/// The first request of a live session, which the picture is made to fit: nobody knows before how long a function takes. It
/// stays whole, with those soon behind it, because a warm start is short only beside a cold one.
struct FirstRequestSight: Sendable {
  private let left: Timestamp
  private let perCell: Nanoseconds

  /// Makes the picture fit the first request that is answered; nil before there is one.
  init?(_ viewport: inout Viewport, _ scene: borrowing Scene, _ squeeze: Squeeze) {
    let now = scene.stage.time
    let answered = scene.timeline.requests.prefix(100).first {
      $0.answered <= now && $0.environment != .none
    }
    guard let answered else { return nil }
    let columns = viewport.columns
    let length = max(answered.answered &- answered.arrival, .milliseconds(Int64(columns) / 2))
    // It stays whole until the quiet behind it is squeezed.
    let column = max(columns / 2, min(columns * 3 / 4, columns - Int(Squeeze.least) - 4))
    // Nothing takes longer than a century.
    let wait = min(length, .seconds(100 * 365 * 86_400) / Int64(columns))
    let window = max(wait * 3 / 2, wait * Int64(columns) / Int64(max(1, column - 3)))
    viewport.show(
      window, endingNear: answered.answered, at: column, notBefore: answered.arrival, squeeze)
    (left, perCell) = (viewport.left, viewport.perCell)
  }

  /// Keeps it whole as long as there is room up to now, and once at half the scale.
  /// - Returns: false where there is no room any more.
  func keep(_ viewport: inout Viewport, _ scene: borrowing Scene, _ squeeze: Squeeze) -> Bool {
    let now = scene.stage.time
    let answered =
      scene.timeline.requests.suffix(100).map(\.answered).filter { $0 <= now }.max() ?? left
    for perCell in [perCell, 2 * perCell] where perCell >= viewport.perCell {
      if viewport.keepWhole(from: left, answered: answered, to: now, perCell: perCell, squeeze) {
        return true
      }
    }
    return false
  }
}
