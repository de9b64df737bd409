import ArgumentParser
import LambdaEventFormats
import LambdaLifecycle

/// A moment of a session, as an option names it.
enum Moment: ExpressibleByArgument {
  /// From the beginning of the session.
  case offset(Nanoseconds)
  case date(Timestamp)

  init?(argument: String) {
    if let length = ClockText.length(argument) {
      self = .offset(length)
    } else if let time = CalendarDate.timestamp(argument) {
      self = .date(time)
    } else {
      return nil
    }
  }

  func timestamp(from first: Timestamp) -> Timestamp {
    switch self {
    case .offset(let length): first &+ length
    case .date(let time): time
    }
  }
}
