internal import LambdaLifecycle

/// A line of LocalStack's container log: `2026-11-23T10:11:12.345 DEBUG --- [   asgi_gw_0] l.s.l.i.assignment : MESSAGE`.
/// Sources: localstack/logging/format.py and localstack/services/lambda_/invocation of localstack/localstack.
struct LocalStackLine {
  /// The reading of the container's clock, as if it were UTC.
  var time: Timestamp
  /// The lines of one invocation come from one thread.
  var thread: UnsafeRawBufferPointer
  var message: UnsafeRawBufferPointer

  /// Reads a line; nil if it is not one of the log.
  init?(_ line: UnsafeRawBufferPointer, clock: inout ISO8601Reader) {
    guard let mark = line.firstIndex(of: " --- ["), mark >= 29,
      let close = line.firstIndex(of: "] ", from: mark + 6), close - mark < 64,
      let colon = line.firstIndex(of: " : ", from: close), colon - close < 80
    else { return nil }
    // Level in five columns, a blank, and before it the time in 23.
    let stamp = mark - 29
    guard line[stamp + 23] == UInt8(ascii: " "), line[stamp + 19] == UInt8(ascii: "."),
      let time = Self.time(line.slice(stamp, stamp + 23), &clock)
    else { return nil }
    self.time = time
    thread = line.slice(mark + 6, close)
    message = line.slice(from: colon + 3)
  }

  private static func time(_ stamp: UnsafeRawBufferPointer, _ clock: inout ISO8601Reader) -> Timestamp? {
    var text = Array(stamp)
    text.append(UInt8(ascii: "Z"))
    return text.withUnsafeBytes { clock.timestamp($0, from: 0, to: 24) }
  }

  enum Message {
    case starting
    case started(environment: String, function: String, took: Nanoseconds)
    case invocation(function: String, request: String)
    case logs(request: String)
    /// `[FUNCTION-REQUEST] LINE`
    case log(request: RequestID, UnsafeRawBufferPointer)
    case idle(environment: String)
    /// Init did not come to its end.
    case failedToStart(environment: String, function: String, Outcome)
    case other
  }

  var kind: Message {
    if message.hasPrefix("[") { return log ?? .other }
    if message.hasPrefix("Starting new environment") { return .starting }
    if message.hasPrefix("Got an invocation for function ") {
      guard let (function, rest) = Self.cut(message, from: 31, to: " with request_id ") else { return .other }
      return .invocation(function: function.text, request: rest.text)
    }
    if message.hasPrefix("Got logs for invocation '") {
      return .logs(request: message.slice(25, message.count - 1).text)
    }
    if message.hasPrefix("Start of execution environment ") {
      guard let (id, rest) = Self.cut(message, from: 31, to: " for function "),
        let (function, took) = Self.cut(rest, from: 0, to: " took "), took.count > 2
      else { return .other }
      let length = ReportFields.milliseconds(took.slice(0, took.count - 2)) ?? 0
      return .started(environment: id.text, function: function.text, took: max(0, length))
    }
    if message.hasPrefix("Execution environment "),
      let (id, rest) = Self.cut(message, from: 22, to: " for function ")
    {
      if rest.firstIndex(of: " has not received any invocations in a while. Stopping.") != nil {
        return .idle(environment: id.text)
      }
      for (words, outcome): (StaticString, Outcome) in [
        (" timed out during startup.", .timeout), (" failed during startup.", .error),
      ] {
        if let (function, _) = Self.cut(rest, from: 0, to: words) {
          return .failedToStart(environment: id.text, function: function.text, outcome)
        }
      }
    }
    return .other
  }

  private var log: Message? {
    guard let close = message.firstIndex(of: "] "), close > 37 else { return nil }
    guard let id = RequestID(uuid: message.slice(close - 36, close)), message[close - 37] == UInt8(ascii: "-")
    else { return nil }
    return .log(request: id, message.slice(from: close + 2))
  }

  /// The text before and behind a mark.
  private static func cut(
    _ text: UnsafeRawBufferPointer, from start: Int, to mark: StaticString
  ) -> (UnsafeRawBufferPointer, UnsafeRawBufferPointer)? {
    guard let end = text.firstIndex(of: mark, from: start) else { return nil }
    return (text.slice(start, end), text.slice(from: end + mark.utf8CodeUnitCount))
  }
}
