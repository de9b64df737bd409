package import LambdaLifecycle

/// The quiet stretches that take only a few columns, and the places of the others that follow from them.
///
/// Columns have fixed places, so that moving the picture changes none: before the first break they are counted from the
/// picture's left edge, behind each break from its end. The last column before a break may be narrower than the others.
package struct Squeeze: Sendable {
  /// Columns that a squeezed stretch takes.
  static let columns = 8
  /// A quiet stretch that would take more is squeezed.
  static let least: Int64 = 18

  private let activity: Activity
  /// Quiet stretches are known up to here.
  private let end: Timestamp

  /// - Parameter end: see `Timeline.quietEnd`.
  package init(_ activity: Activity, until end: Timestamp) {
    self.activity = activity
    self.end = end
  }

  /// Nothing is squeezed.
  package static let off = Squeeze(Activity(), until: .min)

  var isOff: Bool { end == .min }

  /// The first squeezed stretch that ends after `time`. A column before and behind it show what it lies between.
  func next(after time: Timestamp, perCell: Nanoseconds) -> Range<Timestamp>? {
    activity.quiet(longerThan: Self.least &* perCell, endingAfter: time &+ perCell, until: end)
      .map { $0.lowerBound &+ perCell..<$0.upperBound &- perCell }
  }

  /// The last one that begins before `time`.
  func last(before time: Timestamp, perCell: Nanoseconds) -> Range<Timestamp>? {
    activity.quiet(longerThan: Self.least &* perCell, beginningBefore: time &- perCell, until: end)
      .map { $0.lowerBound &+ perCell..<$0.upperBound &- perCell }
  }

  /// The left edge of a column of a squeezed stretch; that of column 8 is its end.
  static func edge(_ column: Int, of stretch: Range<Timestamp>) -> Timestamp {
    column >= columns ? stretch.upperBound : stretch.lowerBound &+ width(of: stretch) &* Int64(column)
  }

  /// The column of a squeezed stretch in which a moment within it lies.
  static func column(of time: Timestamp, in stretch: Range<Timestamp>) -> Int {
    min(columns - 1, Int((time &- stretch.lowerBound) / width(of: stretch)))
  }

  private static func width(of stretch: Range<Timestamp>) -> Nanoseconds {
    (stretch.upperBound &- stretch.lowerBound) / Int64(columns)
  }

  /// The left edge of the column in which a moment lies.
  func snapped(_ time: Timestamp, perCell: Nanoseconds) -> Timestamp {
    guard let before = last(before: time &+ 1, perCell: perCell) else { return time }
    if time < before.upperBound { return Self.edge(Self.column(of: time, in: before), of: before) }
    return time &- (time &- before.upperBound) % perCell
  }

  /// The left edge of the column that stands `count` columns right of the one whose left edge `edge` is.
  func edge(_ count: Int, rightOf edge: Timestamp, perCell: Nanoseconds) -> Timestamp {
    var (time, count) = (edge, count)
    while count > 0 {
      guard let next = next(after: time, perCell: perCell) else { break }
      if time < next.lowerBound {
        let columns = Self.count(of: perCell, in: next.lowerBound &- time)
        guard columns <= count else { break }
        count -= columns
        time = next.lowerBound
      }
      let place = Self.column(of: time, in: next)
      if count < Self.columns - place { return Self.edge(place + count, of: next) }
      count -= Self.columns - place
      time = next.upperBound
    }
    return time &+ perCell &* Int64(count)
  }

  /// The left edge of the column that stands `count` columns left of the one whose left edge `edge` is.
  func edge(_ count: Int, leftOf edge: Timestamp, perCell: Nanoseconds) -> Timestamp {
    var (time, count) = (edge, count)
    while count > 0 {
      guard let last = last(before: time, perCell: perCell) else { break }
      if time > last.upperBound {
        let columns = Self.count(of: perCell, in: time &- last.upperBound)
        if count < columns { return last.upperBound &+ perCell &* Int64(columns - count) }
        count -= columns
        time = last.upperBound
      } else {
        let place = time == last.upperBound ? Self.columns : Self.column(of: time, in: last)
        if count < place { return Self.edge(place - count, of: last) }
        count -= place
        time = last.lowerBound
      }
    }
    return time &- perCell &* Int64(count)
  }

  /// Columns from the one whose left edge `edge` is to the one in which `time` lies; nil if there are more than `most`.
  func columns(from edge: Timestamp, to time: Timestamp, perCell: Nanoseconds, most: Int) -> Int? {
    var (start, count) = (edge, 0)
    while count <= most {
      guard let next = next(after: start, perCell: perCell), next.lowerBound <= time else {
        let rest = (time &- start) / perCell
        return rest <= Int64(most - count) ? count + Int(rest) : nil
      }
      if start < next.lowerBound {
        count += Self.count(of: perCell, in: next.lowerBound &- start)
        start = next.lowerBound
      }
      let place = Self.column(of: start, in: next)
      if time < next.upperBound { return count + Self.column(of: time, in: next) - place }
      count += Self.columns - place
      start = next.upperBound
    }
    return nil
  }

  /// Columns in a stretch, one that is cut included. Many are as good as very many.
  private static func count(of width: Nanoseconds, in length: Nanoseconds) -> Int {
    Int(clamping: (length &- 1) / width &+ 1)
  }
}
