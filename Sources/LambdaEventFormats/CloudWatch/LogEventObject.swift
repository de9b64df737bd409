internal import LambdaLifecycle

/// A log event as a JSON object: of CloudWatch's API (FilteredLogEvent, OutputLogEvent, LiveTailSessionLogEvent; only the first
/// has an id, the second has no stream), of a subscription, of Logs Insights, or of a program that ships logs.
struct LogEventObject {
  /// nil if there is none that can be.
  var time: LogTime?
  var message = JSONString.absent
  /// The place of a message that is JSON, which Logs Insights gives as the object itself.
  var object = 0..<0
  var logStream = JSONString.absent
  var logGroup = JSONString.absent
  var eventID = JSONString.absent
  /// It has keys that an application's log line lacks, though that may have a time and a message too.
  private(set) var isOfAPI = false
  /// `get-query-results` gives each field of a row as an object.
  private(set) var field = JSONString.absent
  private(set) var value = JSONString.absent

  /// Reads the object at the scanner's position. It is none where the scanner has failed, but its beginning
  /// is read: in an object that holds log events, their stream.
  init(_ scanner: inout JSONScanner) {
    scanner.object { scanner, key in
      if scanner.matches(key, "message") {
        readMessage(&scanner)
      } else if scanner.matches(key, "timestamp") {
        readTime(&scanner)
      } else if scanner.matches(key, "logStreamName") {
        logStream = scanner.stringIfPresent() ?? .absent
        isOfAPI = true
      } else if scanner.matches(key, "ingestionTime") {
        isOfAPI = true
        scanner.skipValue()
      } else if scanner.matches(key, "eventId") {
        eventID = scanner.stringIfPresent() ?? .absent
        isOfAPI = true
      } else if scanner.matches(key, "field") {
        field = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "value") {
        value = scanner.stringIfPresent() ?? .absent
      } else {
        readOther(&scanner, key)
      }
    }
  }

  private mutating func readOther(_ scanner: inout JSONScanner, _ key: JSONString) {
    switch LogField(scanner.raw(key)) {
    case .time:
      // `timestamp` is the event's own; a shipper may add when it came by.
      if time == nil || scanner.matches(key, "@timestamp") {
        readTime(&scanner)
      } else {
        scanner.skipValue()
      }
    case .message:
      if scanner.matches(key, "@message") { isOfAPI = true }
      if message.isAbsent, object.isEmpty { readMessage(&scanner) } else { scanner.skipValue() }
    case .logStream:
      logStream = scanner.stringIfPresent() ?? .absent
      if scanner.matches(key, "@logStream") { isOfAPI = true }
    case .logGroup: logGroup = scanner.stringIfPresent() ?? .absent
    case .eventID:
      eventID = scanner.stringIfPresent() ?? .absent
    case .ingestionTime: scanner.skipValue()
    case .other: readShippers(&scanner, key, depth: 0)
    }
  }

  /// Reads where the event comes from, which programs that ship logs put into an object of their own
  /// (`"awscloudwatch":{"log_stream":…}`) or behind dots (`"aws.cloudwatch.log_stream"`).
  private mutating func readShippers(_ scanner: inout JSONScanner, _ key: JSONString, depth: Int) {
    let name = scanner.raw(key)
    let dot = name.lastIndex(of: UInt8(ascii: "."))
    let isInside = depth > 0 || dot != nil
    switch isInside ? LogField(name.slice(from: dot.map { $0 + 1 } ?? 0)) : .other {
    case .logStream:
      guard logStream.isAbsent else { return scanner.skipValue() }
      logStream = scanner.stringIfPresent() ?? .absent
      if EnvelopeLine.isLogStream(scanner.raw(logStream)) { isOfAPI = true }
    case .logGroup:
      guard logGroup.isAbsent else { return scanner.skipValue() }
      logGroup = scanner.stringIfPresent() ?? .absent
    default:
      let isShippers = name.hasPrefix("aws") || name.hasPrefix("cloudwatch")
      guard isShippers, depth < 3, scanner.peek == UInt8(ascii: "{") else { return scanner.skipValue() }
      scanner.object { scanner, key in readShippers(&scanner, key, depth: depth + 1) }
    }
  }

  private mutating func readTime(_ scanner: inout JSONScanner) {
    let start = scanner.position
    if scanner.peek == UInt8(ascii: "\"") {
      if let text = scanner.string() { time = LogTime(whole: scanner.raw(text)) }
    } else {
      scanner.skipValue()
      time = LogTime(whole: scanner.bytes.slice(start, scanner.position))
    }
  }

  private mutating func readMessage(_ scanner: inout JSONScanner) {
    guard scanner.peek == UInt8(ascii: "{") else {
      message = scanner.stringIfPresent() ?? .absent
      return
    }
    let start = scanner.position
    scanner.skipValue()
    object = start..<scanner.position
  }

  var hasMessage: Bool { !message.isAbsent || !object.isEmpty }

  /// It can be nothing but a log event of a function.
  func isTelling(in scanner: JSONScanner) -> Bool {
    guard !scanner.failed else { return false }
    if !field.isAbsent { return !value.isAbsent && scanner.raw(field).first == UInt8(ascii: "@") }
    guard hasMessage else { return false }
    if isOfAPI { return true }
    guard time != nil, !message.isAbsent else { return false }
    return scanner.unescaped(message).withUnsafeBytes {
      PlatformLine($0.firstLine.withoutTrailingBlanks) != nil || CloudWatchDecoder.isRecord($0)
    }
  }
}
