internal import LambdaLifecycle

/// When and where a log event was written, as far as its envelope tells.
struct LogEventHeader {
  /// How exactly an envelope tells when its message was written.
  enum Precision: Sendable {
    case none, seconds, milliseconds
  }

  /// nil where the envelope tells none.
  var time: Timestamp?
  var precision = Precision.none
  /// Empty where it is not told.
  var logStream = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Empty where the log group is not told.
  var function = UnsafeRawBufferPointer(start: nil, count: 0)
}

/// What a line of a log, or a part of it, is to whoever reads messages.
enum LogPiece {
  /// A log event begins. Its message follows, in any number of lines.
  case event(LogEventHeader)
  /// A line of the event that began last.
  case line(UnsafeRawBufferPointer)
  /// No part of a log.
  case noise(StaticString, UnsafeRawBufferPointer)
}
