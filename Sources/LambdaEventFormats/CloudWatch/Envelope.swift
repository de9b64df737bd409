internal import LambdaLifecycle

/// The text that a tool prints around the message of a log event.
enum Envelope: Sendable {
  /// `TIME STREAM MESSAGE`: `aws logs tail`, formats detailed and json.
  case timeAndStream
  /// `STREAM TIME MESSAGE`: `sam logs`.
  case streamAndTime
  /// `TIME MESSAGE`: logs exported to S3, copies from the console.
  case time
  /// `TIME MESSAGE` without a zone: `aws logs tail --format short`.
  case timeWithoutZone
  /// Nothing: `aws logs start-live-tail`, the log result of `aws lambda invoke`, bare messages.
  case nothing
  /// Objects in JSON (`ObjectLog`): `aws logs filter-log-events`, `get-log-events`, `sam logs --output json`,
  /// the output of programs that ship logs, downloads of Logs Insights, subscriptions.
  case object
  /// Anything that needs a reader of its own: downloads, tables and text of the console, `--output text`,
  /// other people's tools.
  case other

  /// Lines that have looked like `other` so far may turn out to be this one: the envelope that says more is
  /// the better guess.
  func mayFollow(_ other: Envelope?) -> Bool {
    switch other {
    case nil: true
    case self: true
    case .time, .timeWithoutZone, .nothing: self == .timeAndStream || self == .streamAndTime
    case .timeAndStream, .streamAndTime, .object, .other: false
    }
  }

  /// The reader for lines whose kind this one gives away: Lambda has written its message, or it is the head
  /// of a table.
  static func reader(telling line: UnsafeRawBufferPointer) -> (any EnvelopeReader)? {
    if let log = CSVLog(line) { return log }
    if let log = TableLog(line) { return log }
    if let log = TimedLinesLog(line) { return log }
    if let log = ColumnsLog(line) { return log }
    if let log = TextOutputLog(line) { return log }
    if let log = TextResultsLog(line) { return log }
    if let log = StringsLog(line) { return log }
    if let log = ServerlessLog(line) { return log }
    if let log = YAMLLog(line) { return log }
    return nil
  }
}

/// A line that begins a log event.
struct EnvelopeLine {
  var envelope: Envelope
  var time: Timestamp
  var precision = LogEventHeader.Precision.milliseconds
  /// Empty where the line names none.
  var logStream: UnsafeRawBufferPointer
  var message: UnsafeRawBufferPointer

  /// Reads `2026-07-09T06:05:50.581000+00:00 2026/07/09/[$LATEST]… MESSAGE` and its relatives; nil for a line without
  /// envelope. Source: tail.py of aws-cli v2, cw_log_formatters.py of aws-sam-cli.
  @inline(__always)
  init?(_ line: UnsafeRawBufferPointer, clock: inout ISO8601Reader) {
    guard line.count >= 19, line[0] &- UInt8(ascii: "0") < 10 else { return nil }
    let end = line.wordEnd(from: 0)
    let next = Swift.min(end &+ 1, line.count)
    if line[4] == UInt8(ascii: "/") {
      let timeEnd = line.wordEnd(from: next)
      guard EnvelopeLine.isLogStream(line.slice(0, end)),
        let time = clock.timestamp(line, from: next, to: timeEnd, assumesUTC: true)
      else { return nil }
      self.init(
        envelope: .streamAndTime, time: time, logStream: line.slice(0, end),
        message: line.slice(from: timeEnd &+ 1))
      return
    }
    guard line[4] == UInt8(ascii: "-"), end <= 40 else { return nil }
    guard let time = clock.timestamp(line, from: 0, to: end) else {
      guard end == 19, let time = clock.timestamp(line, from: 0, to: end, assumesUTC: true) else {
        return nil
      }
      self.init(
        envelope: .timeWithoutZone, time: time, logStream: line.slice(0, 0), message: line.slice(from: next))
      precision = .seconds
      return
    }
    let streamEnd = line.wordEnd(from: next)
    let logStream = line.slice(next, streamEnd)
    if EnvelopeLine.isLogStream(logStream) {
      self.init(
        envelope: .timeAndStream, time: time, logStream: logStream, message: line.slice(from: streamEnd &+ 1))
    } else {
      self.init(envelope: .time, time: time, logStream: line.slice(0, 0), message: line.slice(from: next))
      if line[19] != UInt8(ascii: ".") { precision = .seconds }
    }
  }

  private init(
    envelope: Envelope, time: Timestamp, logStream: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer
  ) {
    self.envelope = envelope
    self.time = time
    self.logStream = logStream
    self.message = message
  }

  /// `2023/07/05/[56]374cd7798d2a4e36a494a23d658b9741`. In a log group of several functions their name stands before
  /// the bracket.
  @inline(__always)
  static func isLogStream(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count >= 14, text[4] == UInt8(ascii: "/"), text[7] == UInt8(ascii: "/"),
      text[10] == UInt8(ascii: "/"), text.twoDigits(at: 0) != nil, text.twoDigits(at: 2) != nil,
      text.twoDigits(at: 5) != nil, text.twoDigits(at: 8) != nil
    else { return false }
    return text.firstIndex(ofByte: UInt8(ascii: "["), from: 11) != nil
  }
}
