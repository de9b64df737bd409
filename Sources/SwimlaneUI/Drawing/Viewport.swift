package import LambdaLifecycle

/// Which stretch of time the columns show. The one place that maps columns to time.
package struct Viewport: Equatable, Sendable {
  /// The moment at the left edge.
  package private(set) var left: Timestamp
  /// Nanoseconds a column stands for.
  package private(set) var perCell: Nanoseconds
  package private(set) var columns: Int

  /// From 10 µs to two hours a column, in steps of 1, 2 and 5.
  package static let zoomSteps: [Nanoseconds] = {
    var steps: [Nanoseconds] = []
    var unit: Nanoseconds = 10_000
    while unit <= .seconds(1) {
      steps += [unit, 2 * unit, 5 * unit]
      unit *= 10
    }
    return steps.filter { $0 < .seconds(10) }
      + [10, 20, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200].map { .seconds($0) }
  }()

  package init(left: Timestamp, perCell: Nanoseconds, columns: Int) {
    self.left = left
    self.perCell = max(1, perCell)
    self.columns = max(1, columns)
  }

  /// The moment after the right edge.
  package var right: Timestamp { left &+ perCell &* Int64(columns) }

  /// The column in which a moment lies; it may be outside of the picture.
  package func column(of time: Timestamp) -> Int {
    let offset = time &- left
    return Int(offset >= 0 ? offset / perCell : (offset &- perCell &+ 1) / perCell)
  }

  /// The moment at a column's left edge.
  package func time(of column: Int) -> Timestamp { left &+ perCell &* Int64(column) }

  package func contains(_ time: Timestamp) -> Bool { time >= left && time < right }

  package mutating func resize(columns: Int) { self.columns = max(1, columns) }

  /// Zooms by a number of steps (in is negative) so that `anchor` stays in its column.
  package mutating func zoom(by steps: Int, around anchor: Timestamp) {
    let nearest = Self.zoomSteps.firstIndex { $0 >= perCell } ?? Self.zoomSteps.count - 1
    let index = min(max(0, nearest + steps), Self.zoomSteps.count - 1)
    let column = min(max(0, self.column(of: anchor)), columns - 1)
    perCell = Self.zoomSteps[index]
    left = anchor &- perCell &* Int64(column)
  }

  /// Moves the picture by a number of columns.
  package mutating func pan(by columns: Int) { left = left &+ perCell &* Int64(columns) }

  /// Keeps `now` in sight: the picture stands still and jumps on by a part of its width, it does not slide under the
  /// eye. Jumps have one size, so the picture does not depend on how many frames were drawn on the way.
  package mutating func keep(_ now: Timestamp) {
    let jump = max(1, columns * 2 / 5)
    let column = self.column(of: now)
    if column >= columns - 1 {
      pan(by: (column - columns + 1 + jump) / jump * jump)
    } else if column < 0 {
      pan(by: -(jump - 1 - column) / jump * jump)
    }
  }

  /// Shows a stretch of time that ends a little after `time`; where nothing was before `first`, it begins there.
  package mutating func show(_ length: Nanoseconds, endingNear time: Timestamp, notBefore first: Timestamp) {
    perCell = max(Self.zoomSteps[0], length / Int64(columns) + 1)
    left = max(first &- 2 &* perCell, time &- perCell &* Int64(columns * 3 / 4))
  }

  /// Shows a stretch of time whole.
  package mutating func fit(_ start: Timestamp, _ end: Timestamp) {
    let needed = max(1, end &- start)
    let room = Int64(max(1, columns - 2))
    perCell = max(Self.zoomSteps[0], needed / room + 1)
    left = start &- perCell / 2
  }
}
