internal import LambdaLifecycle

/// A log event as an object of CloudWatch's API (FilteredLogEvent, OutputLogEvent, LiveTailSessionLogEvent). Only the
/// first has an id, the second has no stream.
struct LogEventObject {
  /// nil if there is none that can be.
  var time: Timestamp?
  var message = JSONString.absent
  var logStream = JSONString.absent
  var logGroup = JSONString.absent
  var eventID = JSONString.absent

  /// Reads the object at the scanner's position; nil if it is another, or no JSON: then the scanner has failed.
  init?(_ scanner: inout JSONScanner) {
    var hasOthers = false
    scanner.object { scanner, key in
      if scanner.matches(key, "timestamp") {
        time = scanner.numberIfPresent(scale: 6)
      } else if scanner.matches(key, "message") {
        message = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "logStreamName") {
        logStream = scanner.stringIfPresent() ?? .absent
        hasOthers = true
      } else if scanner.matches(key, "logGroupIdentifier") {
        logGroup = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "eventId") {
        eventID = scanner.stringIfPresent() ?? .absent
        hasOthers = true
      } else {
        if scanner.matches(key, "ingestionTime") { hasOthers = true }
        scanner.skipValue()
      }
    }
    // An application's log line may have a timestamp and a message too.
    guard !scanner.failed, hasOthers, !message.isAbsent else { return nil }
    if let known = time, !CalendarDate.timestamps.contains(known) { time = nil }
  }
}

/// Ids of the log events seen last: a tool that polls tells some twice.
struct RecentEventIDs: Sendable {
  private var known: Set<UInt64> = []
  private var order: [UInt64] = []
  private var oldest = 0

  /// FilterLogEvents gives at most 10,000 events at once.
  private static let limit = 1 << 16

  /// Notes an id, kept as a hash of 64 bits.
  /// - Returns: false if it is known.
  mutating func insert(_ id: UnsafeRawBufferPointer) -> Bool {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      hash ^= hash &>> 29
    }
    guard known.insert(hash).inserted else { return false }
    if order.count < RecentEventIDs.limit {
      order.append(hash)
    } else {
      known.remove(order[oldest])
      order[oldest] = hash
      oldest = (oldest + 1) % RecentEventIDs.limit
    }
    return true
  }
}
