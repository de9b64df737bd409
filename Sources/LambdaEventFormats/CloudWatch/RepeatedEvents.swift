internal import LambdaLifecycle

/// Finds log events that were fetched twice, of a log whose streams are not named: pages that overlap, a download behind another.
///
/// The same time to the millisecond and the same text, behind a later event, is a repetition where Lambda has written it, which
/// names its request. Functions print the same again and again: of their lines only those behind such a one are repetitions.
struct RepeatedEvents: Sendable {
  private var known = RecentEventIDs()
  private var newest = Timestamp.min
  /// The time of an event whose first line is to come.
  private var begun: Timestamp?
  /// The last line of Lambda's own was a repetition.
  private var isRepeating = false
  /// The event that began last is one: all of its lines are.
  private var isRepetition = false

  /// A log event begins.
  @inline(__always)
  mutating func begin(_ header: LogEventHeader) {
    isRepetition = false
    begun = header.logStream.isEmpty && header.precision == .milliseconds ? header.time : nil
  }

  /// True if a line of the event that began last has been read before.
  @inline(__always)
  mutating func has(_ line: UnsafeRawBufferPointer) -> Bool {
    if let begun { judge(line, of: begun) }
    return isRepetition
  }

  private mutating func judge(_ line: UnsafeRawBufferPointer, of time: Timestamp) {
    begun = nil
    let isKnown = !known.insert(hash: line.withoutTrailingBlanks.hash(UInt64(bitPattern: time)))
    guard time <= newest else {
      newest = time
      isRepeating = false
      return
    }
    let isAgain = isKnown && (time < newest || isRepeating)
    if RepeatedEvents.isLambdas(line) { isRepeating = isAgain }
    isRepetition = isAgain && isRepeating
  }

  private static func isLambdas(_ line: UnsafeRawBufferPointer) -> Bool {
    if line.first == UInt8(ascii: "{") { return CloudWatchDecoder.isRecord(line) }
    return PlatformLine(line) != nil
  }
}
