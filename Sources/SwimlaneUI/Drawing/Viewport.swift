package import LambdaLifecycle

/// The stretch of time that the columns show. The one place that maps columns to time. Quiet stretches may be
/// squeezed: whatever moves the picture is given them.
package struct Viewport: Equatable, Sendable {
  /// A quiet stretch that takes only a few columns.
  package struct Break: Equatable, Sendable {
    /// Its columns; they may reach out of the picture.
    package var columns: Range<Int>
    package var time: Range<Timestamp>
  }

  /// The moment at the left edge.
  package var left: Timestamp { edges[0] }
  /// Nanoseconds a column stands for, but in breaks and just before them.
  package private(set) var perCell: Nanoseconds
  /// The left edge of each column, and the right one of the last.
  package private(set) var edges: [Timestamp]
  /// From left to right.
  package private(set) var breaks: [Break] = []

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
    self.perCell = max(1, perCell)
    edges = []
    place(left, columns: max(1, columns), .off)
  }

  package var columns: Int { edges.count - 1 }

  /// The moment after the right edge.
  package var right: Timestamp { edges[edges.count - 1] }

  /// The column in which a moment lies; it may be outside of the picture, where breaks are not seen.
  package func column(of time: Timestamp) -> Int {
    if !breaks.isEmpty, time >= left {
      guard time < right else { return columns + Int((time &- right) / perCell) }
      return edges.partitionPoint { $0 <= time } - 1
    }
    let offset = time &- left
    return Int(offset >= 0 ? offset / perCell : (offset &- perCell &+ 1) / perCell)
  }

  /// The moment at a column's left edge.
  package func time(of column: Int) -> Timestamp {
    if edges.indices.contains(column) { return edges[column] }
    return column < 0 ? left &+ perCell &* Int64(column) : right &+ perCell &* Int64(column - columns)
  }

  /// Nanoseconds that a column in the picture stands for.
  package func width(of column: Int) -> Nanoseconds { edges[column + 1] &- edges[column] }

  package func contains(_ time: Timestamp) -> Bool { time >= left && time < right }

  /// Takes up what is squeezed now.
  package mutating func layOut(columns: Int, _ squeeze: Squeeze = .off) {
    place(left, columns: max(1, columns), squeeze)
  }

  /// Zooms by a number of steps (in is negative) so that `anchor` stays in its column.
  package mutating func zoom(by steps: Int, around anchor: Timestamp, _ squeeze: Squeeze = .off) {
    let nearest = Self.zoomSteps.firstIndex { $0 >= perCell } ?? Self.zoomSteps.count - 1
    let index = min(max(0, nearest + steps), Self.zoomSteps.count - 1)
    let column = min(max(0, self.column(of: anchor)), columns - 1)
    perCell = Self.zoomSteps[index]
    put(anchor, at: column, squeeze)
  }

  /// Moves the picture by a number of columns.
  package mutating func pan(by count: Int, _ squeeze: Squeeze = .off) {
    let left =
      count < 0
      ? squeeze.edge(-count, leftOf: left, perCell: perCell)
      : squeeze.edge(count, rightOf: left, perCell: perCell)
    place(left, columns: columns, squeeze)
  }

  /// Keeps `now` in sight: the picture stands still and jumps on by a part of its width, it does not slide under the
  /// eye. Jumps have one size, so the picture does not depend on how many frames were drawn on the way.
  package mutating func keep(_ now: Timestamp, _ squeeze: Squeeze = .off) {
    let jump = max(1, columns * 2 / 5)
    let column = distance(to: now, squeeze)
    guard let column else { return put(now, at: columns - 1 - jump, squeeze) }
    if column >= columns - 1 {
      pan(by: (column - columns + 1 + jump) / jump * jump, squeeze)
    } else if column < 0 {
      pan(by: -(jump - 1 - column) / jump * jump, squeeze)
    }
    // The stretch that goes on being quiet has just been squeezed: the time before it comes back into sight.
    if let only = breaks.first, breaks.count == 1, only.columns.lowerBound <= 0, now >= only.time.upperBound {
      put(now, at: columns - 1 - jump, squeeze)
    }
  }

  /// Takes `start` as the left edge, at a scale of `perCell`, if all from there to `now` is in sight then, and beside the last
  /// answer as much quiet time as is not squeezed: so it is once decided, however many frames are drawn while nothing happens.
  /// Who looks at an earlier moment is left alone.
  /// - Returns: it is in sight.
  package mutating func keepWhole(
    from start: Timestamp, answered: Timestamp, to now: Timestamp, perCell: Nanoseconds,
    _ squeeze: Squeeze = .off
  ) -> Bool {
    guard now >= start else { return true }
    let quiet = Int(Squeeze.least) + 1
    guard
      squeeze.columns(from: start, to: now, perCell: perCell, most: columns - 1) != nil,
      squeeze.columns(from: start, to: max(start, answered), perCell: perCell, most: columns - quiet) != nil
    else { return false }
    guard left != start || perCell != self.perCell else { return true }
    self.perCell = perCell
    place(start, columns: columns, squeeze)
    return true
  }

  /// Columns from the left edge to a moment, whatever is squeezed between; nil if it is very far.
  private func distance(to time: Timestamp, _ squeeze: Squeeze) -> Int? {
    if squeeze.isOff || contains(time) { return column(of: time) }
    let most = 64 * columns
    if time >= left { return squeeze.columns(from: left, to: time, perCell: perCell, most: most) }
    let edge = squeeze.snapped(time, perCell: perCell)
    return squeeze.columns(from: edge, to: left, perCell: perCell, most: most).map(-)
  }

  /// Shows a stretch of time that ends a little after `time`; where nothing was before `first`, it begins there.
  /// - Parameter column: where `time` is to be; three quarters of the width where it is nil.
  package mutating func show(
    _ length: Nanoseconds, endingNear time: Timestamp, at column: Int? = nil, notBefore first: Timestamp,
    _ squeeze: Squeeze = .off
  ) {
    perCell = max(Self.zoomSteps[0], length / Int64(columns) + 1)
    put(time, at: column ?? columns * 3 / 4, squeeze)
    place(max(first &- 2 &* perCell, left), columns: columns, squeeze)
  }

  /// Shows a stretch of time whole.
  package mutating func fit(_ start: Timestamp, _ end: Timestamp, _ squeeze: Squeeze = .off) {
    let needed = max(1, end &- start)
    let room = max(1, columns - 2)
    perCell = max(Self.zoomSteps[0], needed / Int64(room) + 1)
    // Squeezed stretches leave the others more room.
    var least = Self.zoomSteps[0]
    while !squeeze.isOff, perCell &- least > perCell / 128 {
      let middle = least + (perCell - least) / 2
      if squeeze.columns(from: start, to: end, perCell: middle, most: room) != nil {
        perCell = middle
      } else {
        least = middle
      }
    }
    place(start &- perCell / 2, columns: columns, squeeze)
  }

  /// Puts a moment into a column.
  private mutating func put(_ time: Timestamp, at column: Int, _ squeeze: Squeeze) {
    let edge = squeeze.snapped(time, perCell: perCell)
    place(squeeze.edge(column, leftOf: edge, perCell: perCell), columns: columns, squeeze)
  }

  private mutating func place(_ left: Timestamp, columns: Int, _ squeeze: Squeeze) {
    breaks = []
    edges = [squeeze.snapped(left, perCell: perCell)]
    edges.reserveCapacity(columns + 1)
    while edges.count <= columns {
      let time = edges[edges.count - 1]
      guard let next = squeeze.next(after: time, perCell: perCell) else {
        fill(from: time, upTo: .never, columns)
        return
      }
      fill(from: time, upTo: next.lowerBound, columns)
      guard edges.count <= columns else { return }
      let place = time > next.lowerBound ? Squeeze.column(of: time, in: next) : 0
      let first = edges.count - 1 - place
      breaks.append(Break(columns: first..<first + Squeeze.columns, time: next))
      for column in place + 1...Squeeze.columns where edges.count <= columns {
        edges.append(Squeeze.edge(column, of: next))
      }
    }
  }

  private mutating func fill(from start: Timestamp, upTo end: Timestamp, _ columns: Int) {
    var time = start
    while edges.count <= columns, time < end {
      time = end &- time > perCell || end == .never ? time &+ perCell : end
      edges.append(time)
    }
  }
}
