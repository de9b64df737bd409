internal import LambdaLifecycle

/// `--output yaml` of the AWS CLI's version 2: events as items of a list, their messages mostly in double quotes and folded.
struct YAMLLog: EnvelopeReader {
  private enum Style {
    case plain, single, double
  }

  private var row = YAMLRow()
  /// The value that has begun and its key.
  private var key = LogField.other
  private var value: [UInt8] = []
  private var style = Style.plain
  private var isOpen = false

  private static let maximumLength = 1 << 20

  /// nil where the line is not an event's first, nor has a message of Lambda's own.
  init?(_ line: UnsafeRawBufferPointer) {
    if line.hasPrefix("- eventId: ") || line.hasPrefix("- ingestionTime: ") { return }
    guard let (_, key, value) = YAMLLog.pair(line), case .message = LogField(key) else { return nil }
    let text =
      value.first == UInt8(ascii: "\"") || value.first == UInt8(ascii: "'") ? value.slice(from: 1) : value
    guard YAMLLog.isLambdas(text) else { return nil }
  }

  /// Words of Lambda's that a folded message begins with.
  private static func isLambdas(_ text: UnsafeRawBufferPointer) -> Bool {
    PlatformLine(text) != nil || text.hasPrefix("START RequestId: ") || text.hasPrefix("END RequestId: ")
      || text.hasPrefix("REPORT RequestId: ") || text.hasPrefix("INIT_START Runtime Version: ")
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if isOpen, goesOn(line) { return }
    endValue()
    guard let (isFirst, key, value) = YAMLLog.pair(line) else {
      if line.withoutBlanks.isEmpty || line.hasPrefix("---") { return }
      return body(.noise("no key of a log event", line))
    }
    // Behind the list come the tokens of the next page.
    let isOfEvent = isFirst || line.first == UInt8(ascii: " ")
    if isFirst || !isOfEvent { row.end(body) }
    guard isOfEvent else { return }
    self.key = LogField(key)
    isOpen = true
    switch value.first {
    case UInt8(ascii: "\""):
      style = .double
      append(value.slice(from: 1))
    case UInt8(ascii: "'"):
      style = .single
      append(value.slice(from: 1))
    default:
      style = .plain
      append(value)
    }
  }

  mutating func finish(_ body: (LogPiece) -> Void) {
    endValue()
    row.end(body)
  }

  /// `- key: value` or `  key: value`.
  private static func pair(
    _ line: UnsafeRawBufferPointer
  ) -> (isFirst: Bool, key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)? {
    var start = line.skipBlanks(from: 0)
    var isFirst = false
    while line.hasPrefix("- ", at: start) {
      isFirst = true
      start = line.skipBlanks(from: start + 2)
    }
    guard let colon = line.firstIndex(ofByte: UInt8(ascii: ":"), from: start), colon > start,
      colon + 1 == line.count || line[colon + 1] == 0x20,
      line.slice(start, colon).allSatisfy({
        $0.isWordByte || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "@")
      })
    else { return nil }
    return (isFirst, line.slice(start, colon), line.slice(from: colon + 1).withoutBlanks)
  }

  /// Takes a further line of the value: a line end inside of it is a space, two are a line end.
  private mutating func goesOn(_ line: UnsafeRawBufferPointer) -> Bool {
    let text = line.withoutBlanks
    if style == .plain {
      guard !text.isEmpty, line.first == UInt8(ascii: " "), YAMLLog.pair(line) == nil else { return false }
    }
    guard value.count < YAMLLog.maximumLength else { return false }
    if text.isEmpty {
      value.append(0x0A)
      return true
    }
    if style == .double, value.last == UInt8(ascii: "\\"), YAMLLog.escapes(value).isMultiple(of: 2) == false {
      value.removeLast()
    } else if value.last != 0x0A {
      value.append(0x20)
    }
    append(text)
    return true
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) {
    value.append(contentsOf: text)
    switch style {
    case .plain: break
    case .single: if value.last == UInt8(ascii: "'"), quotes(0x27).isMultiple(of: 2) == false { close() }
    case .double:
      if value.last == UInt8(ascii: "\""), YAMLLog.escapes(value.dropLast()).isMultiple(of: 2) { close() }
    }
  }

  private mutating func close() {
    value.removeLast()
    isOpen = false
  }

  private func quotes(_ quote: UInt8) -> Int { value.reversed().prefix { $0 == quote }.count }

  private static func escapes(_ text: some BidirectionalCollection<UInt8>) -> Int {
    text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
  }

  private mutating func endValue() {
    isOpen = false
    guard !value.isEmpty else { return }
    let text = plainText
    value.removeAll(keepingCapacity: true)
    text.withUnsafeBytes { row.set(key, $0) }
    key = .other
  }

  private var plainText: [UInt8] {
    switch style {
    case .plain: value
    case .single: value.withUnsafeBytes { Array($0.text.replacing("''", with: "'").utf8) }
    case .double:
      asJSON.withUnsafeBytes { bytes in
        JSONScanner(bytes).unescaped(JSONString(start: 0, end: Int32(bytes.count), isEscaped: true))
      }
    }
  }

  /// The value with the escapes of JSON; YAML has others too.
  private var asJSON: [UInt8] {
    var text: [UInt8] = []
    var isEscape = false
    for byte in value {
      switch byte {
      case UInt8(ascii: "x") where isEscape: text += Array("u00".utf8)
      case UInt8(ascii: "_") where isEscape: text += Array("u00A0".utf8)
      case UInt8(ascii: "e") where isEscape: text += Array("u001B".utf8)
      case UInt8(ascii: "0") where isEscape: text += Array("u0000".utf8)
      default: text.append(byte)
      }
      isEscape = byte == UInt8(ascii: "\\") && !isEscape
    }
    return text
  }
}

/// An event that comes key by key.
private struct YAMLRow: Sendable {
  private var time: LogTime?
  private var message: [UInt8]?
  private var logStream: [UInt8] = []

  mutating func set(_ field: LogField, _ value: UnsafeRawBufferPointer) {
    switch field {
    case .time: time = LogTime(whole: value)
    case .message: message = Array(value)
    case .logStream: logStream = Array(value)
    case .logGroup, .eventID, .ingestionTime, .other: break
    }
  }

  mutating func end(_ body: (LogPiece) -> Void) {
    let row = self
    self = YAMLRow()
    row.message?.withUnsafeBytes { message in
      guard let time = row.time else {
        return body(.noise("a log event without a timestamp", message.withoutTrailingBlanks))
      }
      row.logStream.withUnsafeBytes { LogEventHeader(time, logStream: $0).tell(message, body) }
    }
  }
}
