internal import LambdaLifecycle

/// Text selected on the console's page of log events and pasted: a line that is a time, then the message. A row that somebody had
/// opened has its message twice, as it was written and on one line, perhaps with the button's word `Copy` between.
struct PastedLog: EnvelopeReader {
  private var time: LogTime?
  private var days = DayClock()
  /// The lines of the event that has begun: only its end shows that it is there twice.
  private var text: [UInt8] = []
  private var ends: [Int] = []

  private static let maximumLength = 1 << 20

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if var time = PastedLog.loneTime(line) {
      endEvent(body)
      time.time = days.time(of: time)
      self.time = time
      return
    }
    let text = line.withoutTrailingBlanks
    // The old page has a line for each day.
    if text.count == 10, let day = LogTime.days(text, at: 0) { return days.set(days: day) }
    let isMessage = time != nil && ends.isEmpty
    if text.isEmpty || ConsolePage.isLongFurniture(text) || (!isMessage && ConsolePage.isFurniture(text)) {
      return
    }
    guard time != nil else { return LogEventReader.tellUnknown(line, mayBePage: true, body) }
    self.text.append(contentsOf: line)
    ends.append(self.text.count)
    if self.text.count > PastedLog.maximumLength { endEvent(body) }
  }

  mutating func finish(_ body: (LogPiece) -> Void) { endEvent(body) }

  /// The time that is all of a line, but for the sign before a row of the older page.
  static func loneTime(_ line: UnsafeRawBufferPointer) -> LogTime? {
    guard line.count < 64 else { return nil }
    var text = line.withoutBlanks
    for sign: StaticString in ["▶", "▼", ">"] where text.hasPrefix(sign) {
      text = text.slice(from: sign.utf8CodeUnitCount).withoutBlanks
    }
    guard let time = LogTime(text), time.end == text.count, time.kind != .number else { return nil }
    return time
  }

  private mutating func endEvent(_ body: (LogPiece) -> Void) {
    guard let time else { return }
    text.withUnsafeBytes { text in
      let lines = ends.indices.map { text.slice($0 == 0 ? 0 : ends[$0 - 1], ends[$0]) }
      body(.event(LogEventHeader(time)))
      for line in PastedLog.once(lines) { body(.line(line)) }
    }
    text.removeAll(keepingCapacity: text.count < 1 << 16)
    ends.removeAll(keepingCapacity: true)
  }

  /// The lines without those that say the same again. Blanks do not count: the page makes one of a line end, and lays JSON out.
  private static func once(_ lines: [UnsafeRawBufferPointer]) -> ArraySlice<UnsafeRawBufferPointer> {
    guard lines.count > 1, let first = lines.first, let last = lines.last else { return lines[...] }
    if isSame(lines.dropLast(), last) {
      // Laid out on several lines, JSON is read as well on one.
      return first.first == UInt8(ascii: "{") ? lines.suffix(1) : lines.dropLast()
    }
    if isSame(lines.dropFirst(), first) {
      return first.first == UInt8(ascii: "{") ? lines.prefix(1) : lines.dropFirst()
    }
    return lines[...]
  }

  private static func isSame(_ lines: ArraySlice<UnsafeRawBufferPointer>, _ line: UnsafeRawBufferPointer)
    -> Bool
  {
    let parts = lines.filter { !$0.matches("Copy", at: 0, end: $0.count) }
    guard parts.reduce(0, { $0 + $1.count }) < maximumLength else { return false }
    return parts.flatMap { solid($0) } == solid(line)
  }

  /// The bytes that are no blanks; a no-break space, which Lambda indents tracebacks with, is one.
  private static func solid(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var solid: [UInt8] = []
    var index = 0
    while index < text.count {
      if text.hasPrefix("\u{A0}", at: index) {
        index += 2
      } else {
        if text[index] > 0x20 { solid.append(text[index]) }
        index += 1
      }
    }
    return solid
  }
}
