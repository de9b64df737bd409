internal import LambdaLifecycle

/// The time and place at which a log event was written, as far as its envelope says.
struct LogEventHeader {
  /// The precision of the time that an envelope has for its message.
  enum Precision: Sendable {
    case none, seconds, milliseconds
  }

  /// nil where the envelope has none.
  var time: Timestamp?
  var precision = Precision.none
  /// Empty where the envelope names none.
  var logStream = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Empty where the log group is not named.
  var function = UnsafeRawBufferPointer(start: nil, count: 0)
}

/// The meaning of a line of a log, or of a part of it, for the reader of messages.
enum LogPiece {
  /// A log event begins. Its message follows, in any number of lines.
  case event(LogEventHeader)
  /// A line of the event that began last.
  case line(UnsafeRawBufferPointer)
  /// No part of a log.
  case noise(StaticString, UnsafeRawBufferPointer)
}
