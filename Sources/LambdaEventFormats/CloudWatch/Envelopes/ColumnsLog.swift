internal import LambdaLifecycle

/// Lines that begin with the names of log group and stream, in the order that somebody has asked for: awslogs
/// (`GROUP STREAM [TIME [TIME]] MESSAGE`, padded), `cw tail` (`TIME - GROUP - STREAM - ID - MESSAGE`), `--output text` of the AWS
/// CLI (`--query 'events[].[timestamp,logStreamName,message]'`).
struct ColumnsLog: EnvelopeReader {
  private struct Line {
    var time: LogTime?
    var logStream: UnsafeRawBufferPointer?
    var logGroup: UnsafeRawBufferPointer?
    var message: UnsafeRawBufferPointer
    var times = 0
  }

  private var hasBegun = false
  /// The number of times before a message, which may begin with one itself. The second is when CloudWatch
  /// took it in.
  private var times = 2

  /// nil where the line names no log stream and no log group of a function.
  init?(_ line: UnsafeRawBufferPointer) {
    guard let begun = ColumnsLog.read(line, times: 2) else { return nil }
    guard begun.logStream != nil || PlatformLine(begun.message) != nil else { return nil }
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    guard let begun = ColumnsLog.read(line, times: times) else {
      if hasBegun { return body(.line(line)) }
      return LogEventReader.tellUnknown(line, body)
    }
    hasBegun = true
    if PlatformLine(begun.message) != nil { times = begun.times }
    body(.event(LogEventHeader(begun.time, logStream: begun.logStream, logGroup: begun.logGroup)))
    body(.line(begun.message))
  }

  private static func read(_ line: UnsafeRawBufferPointer, times: Int) -> Line? {
    var read = Line(message: line)
    var place = 0
    while place < line.count {
      let end = line.wordEnd(from: place)
      let word = line.slice(place, end)
      if EnvelopeLine.isLogStream(word), read.logStream == nil {
        read.logStream = word
      } else if word.hasPrefix("/aws/lambda/"), read.logGroup == nil {
        read.logGroup = word
      } else if read.times < times, let time = LogTime(word), time.end == word.count,
        time.kind == .number ? word.count == 13 : !line.hasPrefix("\t", at: end)
      {
        if read.time == nil { read.time = time }
        read.times += 1
      } else if !isID(word), place > 0 || !isBeforeLogStream(line, end) {
        break
      }
      place = line.skipBlanks(from: end)
      if line.hasPrefix("- ", at: place) { place = line.skipBlanks(from: place + 2) }
    }
    guard read.logStream != nil || read.logGroup != nil else { return nil }
    read.message = line.slice(from: place)
    return read
  }

  /// A log group of any name.
  private static func isBeforeLogStream(_ line: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    let next = line.skipBlanks(from: end)
    return EnvelopeLine.isLogStream(line.slice(next, line.wordEnd(from: next)))
  }

  /// The id of a log event.
  private static func isID(_ word: UnsafeRawBufferPointer) -> Bool {
    word.count == 56 && word.digitsEnd(from: 0) == word.count
  }
}
