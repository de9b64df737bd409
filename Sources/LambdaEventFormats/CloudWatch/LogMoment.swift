internal import LambdaLifecycle

/// The moment of the current line of a log, and how far the log's times are to be believed. The decoder lends it
/// to the environment of the line.
struct LogMoment: Sendable {
  /// How far the times of lines are to be believed.
  enum Times: Sendable {
    case undecided
    /// START has the time when it was written.
    case exact
    /// All lines of an invocation have the time of its end: LocalStack writes them together.
    case atEnd
  }

  /// The time at which the line was written.
  var time: Timestamp = 0
  private(set) var precision = LogEventHeader.Precision.none
  /// The moment when the line reached us.
  var arrival: Timestamp?
  private(set) var times = Times.undecided
  /// The time of lines without a recorded time: everything read so far has taken as long as it took.
  private(set) var untimed: Timestamp = 0

  /// Lines have times to the millisecond.
  @inline(__always) var hasExactTimes: Bool { precision == .milliseconds }

  /// Neither the lines nor their arrival have a time.
  var hasNoTimes: Bool { precision == .none && arrival == nil }

  /// The time is the line's own, to the millisecond.
  @inline(__always) var isOfLine: Bool { hasExactTimes && times != .atEnd }

  /// A log event begins.
  @inline(__always)
  mutating func begin(at time: Timestamp, _ precision: LogEventHeader.Precision) {
    self.time = time
    self.precision = precision
  }

  /// Takes what a line has shown of the log's times. Only times to the millisecond show anything.
  mutating func learn(_ times: Times) { if hasExactTimes { self.times = times } }

  /// Moves on to a time that follows from the length of what was read. Where no line has a time, those behind
  /// are later, too.
  mutating func advance(to time: Timestamp) {
    self.time = time
    if hasNoTimes { untimed = time }
  }

  /// Time goes on although no line has one.
  mutating func advanceUntimed(by length: Nanoseconds) {
    if hasNoTimes, length > 0 { advance(to: LogMoment.later(untimed, by: length)) }
  }

  /// Lengths that add up to more than there is time stay at its end.
  static func later(_ time: Timestamp, by length: Nanoseconds) -> Timestamp {
    min(time &+ length, CalendarDate.timestamps.upperBound)
  }
}
