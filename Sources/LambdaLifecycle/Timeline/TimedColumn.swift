/// A step done to all that is known of moments.
enum ColumnStep {
  /// Late arrivals are put in order.
  case settle
  /// A fork takes away what happened after a moment.
  case void(after: Timestamp)
  /// Everything that was over before a moment, the horizon, is let go.
  case letGo(before: Timestamp)
}

/// Columns, of which one list alone says which there are: what is in it can be forgotten in no step.
protocol TimedColumns {
  /// Does it to each column.
  mutating func take(_ step: ColumnStep)
}

/// Something that is known of moments.
protocol TimedColumn: TimedColumns {
  /// Puts in order what came late; to be called before reading.
  mutating func settle()
  /// Restricts it to what happened up to and including `time`.
  mutating func removeAll(after time: Timestamp)
  /// Lets go what was over before `horizon`, but for what is needed to understand what follows.
  mutating func letGo(before horizon: Timestamp)
}

extension TimedColumn {
  @inline(__always)
  mutating func take(_ step: ColumnStep) {
    switch step {
    case .settle: settle()
    case .void(let time): removeAll(after: time)
    case .letGo(let horizon): letGo(before: horizon)
    }
  }
}
