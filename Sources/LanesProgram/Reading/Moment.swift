internal import LambdaEventFormats
package import LambdaLifecycle

/// A moment of a session, in the form of an option.
package enum Moment: Equatable, Sendable {
  /// From the beginning of the session.
  case offset(Nanoseconds)
  case date(Timestamp)

  /// - Parameter argument: the text that was typed; the result is nil where it names no moment.
  package init?(_ argument: String) {
    if let length = ClockText.length(argument) {
      self = .offset(length)
    } else if let time = CalendarDate.timestamp(argument) {
      self = .date(time)
    } else {
      return nil
    }
  }

  /// The moment in nanoseconds since the Unix epoch.
  /// - Parameter first: the beginning of the session.
  func timestamp(from first: Timestamp) -> Timestamp {
    switch self {
    case .offset(let length): first &+ length
    case .date(let time): time
    }
  }
}
