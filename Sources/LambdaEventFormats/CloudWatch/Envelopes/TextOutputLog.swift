internal import LambdaLifecycle

/// `--output text` of `aws logs filter-log-events` and `get-log-events`: the message stands before its time, and because it ends
/// with a line end, the time begins the next line behind a tab. With `--query 'events[].{t:timestamp,m:message}'` nothing else
/// stands there.
struct TextOutputLog: EnvelopeReader {
  private var logStream: [UInt8] = []
  private var message: [UInt8] = []
  private var hasBegun = false
  /// Events begin with the word `EVENTS`.
  private let isNamed: Bool

  private static let maximumLength = 1 << 20

  init?(_ line: UnsafeRawBufferPointer) {
    if line.hasPrefix("EVENTS\t"), TextOutputLog.head(line) != nil {
      isNamed = true
    } else if line.first == UInt8(ascii: "\t"), TextOutputLog.timeBehind(line) != nil {
      isNamed = false
    } else {
      return nil
    }
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    var rest = line
    if isNamed, let head = TextOutputLog.head(line) {
      // Something was cut off.
      if hasBegun { endEvent(nil, body) }
      logStream.append(contentsOf: head.logStream)
      rest = head.message
      hasBegun = true
    } else if isNamed, !hasBegun {
      if !TextOutputLog.isFurniture(line) { body(.noise("no log event: expected EVENTS", line)) }
      return
    }
    hasBegun = true
    guard let (time, end) = TextOutputLog.timeBehind(rest) else {
      message.append(contentsOf: rest)
      message.append(0x0A)
      if message.count > TextOutputLog.maximumLength {
        endEvent(nil, body)
        // A long message goes on: its time is behind it.
        hasBegun = true
      }
      return
    }
    message.append(contentsOf: rest.slice(0, end))
    endEvent(time, body)
  }

  mutating func finish(_ body: (LogPiece) -> Void) {
    if hasBegun, !message.isEmpty { endEvent(nil, body) }
  }

  /// Tokens of the next page, and the streams that were searched.
  private static func isFurniture(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("SEARCHEDLOGSTREAMS\t") || !line.contains(0x20)
  }

  private mutating func endEvent(_ time: LogTime?, _ body: (LogPiece) -> Void) {
    message.withUnsafeBytes { message in
      if let time {
        logStream.withUnsafeBytes { LogEventHeader(time, logStream: $0).tell(message, body) }
      } else {
        body(.noise("a log event without a time behind it", message.withoutTrailingBlanks))
      }
    }
    message.removeAll(keepingCapacity: message.count < 1 << 16)
    logStream.removeAll(keepingCapacity: true)
    hasBegun = false
  }

  /// `EVENTS⇥ID⇥TAKEN IN⇥STREAM⇥MESSAGE`, or without id and stream.
  private static func head(
    _ line: UnsafeRawBufferPointer
  ) -> (logStream: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer)? {
    guard line.hasPrefix("EVENTS\t") else { return nil }
    let tab = UInt8(ascii: "\t")
    var fields: [UnsafeRawBufferPointer] = []
    var place = 7
    while fields.count < 3, let end = line.firstIndex(ofByte: tab, from: place) {
      fields.append(line.slice(place, end))
      place = end + 1
    }
    func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
      !text.isEmpty && text.digitsEnd(from: 0) == text.count
    }
    guard let first = fields.first, isNumber(first) else { return nil }
    if fields.count == 3, isNumber(fields[1]), EnvelopeLine.isLogStream(fields[2]) {
      return (fields[2], line.slice(from: place))
    }
    return first.count == 13 ? (line.slice(0, 0), line.slice(from: 7 + first.count + 1)) : nil
  }

  /// The time behind the last tab, and where that stands.
  private static func timeBehind(_ line: UnsafeRawBufferPointer) -> (LogTime, Int)? {
    guard line.count >= 14, line[line.count - 14] == UInt8(ascii: "\t"),
      let time = LogTime(line, at: line.count - 13), time.end == line.count, time.kind == .number
    else { return nil }
    return (time, line.count - 14)
  }
}

/// `--output text` of `aws logs get-query-results`: one line a field, `RESULTS⇥@message⇥…`. A row ends where its first field
/// comes again.
struct TextResultsLog: EnvelopeReader {
  private var row = ResultRow()

  init?(_ line: UnsafeRawBufferPointer) {
    guard line.hasPrefix("RESULTS\t@") else { return nil }
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    guard line.hasPrefix("RESULTS\t") else {
      if !line.hasPrefix("STATISTICS\t") { row.goOn(line, body) }
      return
    }
    let end = line.firstIndex(ofByte: UInt8(ascii: "\t"), from: 8) ?? line.count
    row.add(line.slice(8, end), line.slice(from: end + 1), body)
  }

  mutating func finish(_ body: (LogPiece) -> Void) { row.end(body) }
}

/// A row of Logs Insights that comes field by field.
struct ResultRow: Sendable {
  private var first: [UInt8] = []
  private var time: LogTime?
  private var message: [UInt8] = []
  private var logStream: [UInt8] = []
  private var logGroup: [UInt8] = []
  private var hasMessage = false
  private var last = LogField.other

  private static let maximumLength = 1 << 20

  /// Takes a field; one that was there already begins the next row.
  mutating func add(
    _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void
  ) {
    if !first.isEmpty, first.elementsEqual(name) { end(body) }
    if first.isEmpty { first = Array(name) }
    last = LogField(name)
    switch last {
    case .time: time = LogTime(whole: value)
    case .message:
      message.append(contentsOf: value)
      hasMessage = true
    case .logStream: logStream.append(contentsOf: value)
    case .logGroup: logGroup.append(contentsOf: value)
    case .eventID, .ingestionTime, .other: break
    }
  }

  /// Takes a further line of the field that came last.
  mutating func goOn(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    guard last == .message else {
      // The state of the query is one word.
      return line.contains(0x20) ? body(.noise("no field of a row of Logs Insights", line)) : ()
    }
    guard message.count < ResultRow.maximumLength else {
      return body(.noise("a message longer than 1 MiB: only its beginning is kept", line))
    }
    message.append(0x0A)
    message.append(contentsOf: line)
  }

  /// No more fields belong to the row.
  mutating func end(_ body: (LogPiece) -> Void) {
    var row = ResultRow()
    swap(&row, &self)
    guard row.hasMessage else { return }
    row.message.withUnsafeBytes { message in
      guard let time = row.time else {
        return body(.noise("a row of Logs Insights without a time", message.withoutTrailingBlanks))
      }
      row.logStream.withUnsafeBytes { logStream in
        row.logGroup.withUnsafeBytes { logGroup in
          LogEventHeader(time, logStream: logStream, logGroup: logGroup).tell(message, body)
        }
      }
    }
  }
}
