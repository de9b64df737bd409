internal import LambdaLifecycle

/// Lines that begin with a time in another form than the tools of AWS write: `HH:MM:SS MESSAGE`, `2026-03-02 10:00:00.480 MESSAGE`
/// and the same with ` (+02:00)` (Serverless Framework), `[1772438400480] MESSAGE` (zappa), `1772438400480⇥MESSAGE`
/// (`--query 'events[].[timestamp,message]' --output text`), `[TIME] (STREAM) MESSAGE` (saw).
struct TimedLinesLog: EnvelopeReader {
  /// The form of a line's beginning. Lines of one tool begin alike; a function may print lines with another
  /// time.
  private struct Shape: Equatable {
    var kind: LogTime.Kind
    var isInBrackets: Bool
    var hasZone: Bool
    var separator: UInt8
    /// `TIME - MESSAGE`, as `cw tail` writes it.
    var hasDash: Bool
    /// A comma, as Python's logging writes it; a point may be missing on a whole second.
    var hasComma: Bool
  }

  private struct Line {
    var shape: Shape
    var time: LogTime
    var logStream: UnsafeRawBufferPointer
    var message: UnsafeRawBufferPointer
  }

  private let shape: Shape
  /// `2026-03-02 08:00:00.480000 ddeeff MESSAGE`: chalice writes the end of the log stream's name, and no fraction on a
  /// whole second.
  private let isChalice: Bool
  private var hasBegun = false
  private var days = DayClock()

  /// nil where it is no such line, or neither Lambda's nor one of a log stream.
  init?(_ line: UnsafeRawBufferPointer) {
    guard let begun = TimedLinesLog.read(line) else { return nil }
    let chalice = TimedLinesLog.chalice(begun)
    let message = chalice?.message ?? begun.message
    guard PlatformLine(message) != nil || CloudWatchDecoder.isRecord(message) || !begun.logStream.isEmpty
    else {
      return nil
    }
    shape = begun.shape
    isChalice = chalice != nil
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    guard var begun = TimedLinesLog.read(line), begun.shape == shape else {
      if hasBegun { return body(.line(line)) }
      return LogEventReader.tellUnknown(line, body)
    }
    hasBegun = true
    begun.time.time = days.time(of: begun.time)
    if isChalice, let chalice = TimedLinesLog.chalice(begun) {
      begun.time.precision = .milliseconds
      (begun.logStream, begun.message) = chalice
    }
    body(.event(LogEventHeader(begun.time, logStream: begun.logStream)))
    body(.line(begun.message))
  }

  private static func read(_ line: UnsafeRawBufferPointer) -> Line? {
    let isInBrackets = line.first == UInt8(ascii: "[")
    guard let time = LogTime(line, at: isInBrackets ? 1 : 0) else { return nil }
    var end = time.end
    if isInBrackets {
      guard line.hasPrefix("]", at: end) else { return nil }
      end += 1
    }
    guard end < line.count, line[end] == 0x20 || line[end] == 0x09 else { return nil }
    let shape = Shape(
      kind: time.kind, isInBrackets: isInBrackets, hasZone: time.hasZone, separator: line[end],
      hasDash: line.hasPrefix(" - ", at: end), hasComma: time.fraction == UInt8(ascii: ","))
    var read = Line(
      shape: shape, time: time, logStream: line.slice(0, 0),
      message: line.slice(from: end + (shape.hasDash ? 3 : 1)))
    if isInBrackets, read.message.first == UInt8(ascii: "("),
      let close = read.message.firstIndex(of: ") "), EnvelopeLine.isLogStream(read.message.slice(1, close))
    {
      read.logStream = read.message.slice(1, close)
      read.message = read.message.slice(from: close + 2)
    }
    return read
  }

  private static func chalice(_ line: Line) -> (
    logStream: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer
  )? {
    let message = line.message
    guard line.shape.kind == .date, !line.shape.isInBrackets, message.wordEnd(from: 0) == 6,
      message.slice(0, 6).allSatisfy({ hexadecimalDigit($0) != nil })
    else { return nil }
    return (message.slice(0, 6), message.slice(from: 7))
  }
}
