internal import LambdaLifecycle

extension RIELine {
  /// The first START, END or REPORT line in a text, wherever it stands.
  static func nextPlatformLine(
    in text: UnsafeRawBufferPointer, from start: Int
  ) -> (start: Int, end: Int, line: RIELine)? {
    var search = start
    while let mark = text.firstIndex(of: " RequestId: ", from: search) {
      search = mark + 1
      let id = text.slice(mark + 12, mark + 48)
      // The emulator's ids are always UUIDs; a function that prints something alike is left alone.
      guard id.count == 36, RequestID(uuid: id) != nil else { continue }
      let fields = mark + 48
      if text.hasPrefix("START", at: mark - 5), text.hasPrefix(" Version: ", at: fields) {
        return (mark - 5, endOfVersion(in: text, from: fields + 10), .start(id))
      }
      if text.hasPrefix("REPORT", at: mark - 6), let (end, report) = report(in: text, from: fields) {
        return (mark - 6, end, .report(id, report))
      }
      if text.hasPrefix("END", at: mark - 3) { return (mark - 3, fields, .end(id)) }
    }
    return nil
  }

  /// Behind the version, which is `$LATEST` unless somebody set another.
  static func endOfVersion(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
    if text.hasPrefix("$LATEST", at: start) { return start + 7 }
    var end = start
    while end < text.count, text[end] != UInt8(ascii: " "), text[end] != UInt8(ascii: "\t") { end += 1 }
    return end
  }

  /// The fields of a REPORT line. Its Init Duration times a hand-over inside the emulator and its memory used is the
  /// memory configured: neither is true, neither is read.
  private static func report(in text: UnsafeRawBufferPointer, from start: Int) -> (end: Int, report: Report)?
  {
    var report = Report()
    var position = start
    var isComplete = false
    while let field = field(in: text, at: position) {
      switch field.name {
      case "Duration": report.duration = milliseconds(field.value) ?? -1
      case "Billed Duration": report.billedMs = count(field.value)
      case "Memory Size": report.memoryMB = count(field.value)
      case "Max Memory Used": isComplete = true
      default: break
      }
      position = field.end
    }
    guard isComplete else { return nil }
    if position < text.count, text[position] == UInt8(ascii: "\t") { position += 1 }
    return (position, report)
  }

  /// `\tBilled Duration: 896 ms`
  private static func field(
    in text: UnsafeRawBufferPointer, at start: Int
  ) -> (name: String, value: UnsafeRawBufferPointer, end: Int)? {
    guard start < text.count, text[start] == UInt8(ascii: "\t"),
      let colon = text.firstIndex(of: ": ", from: start), colon - start < 24
    else { return nil }
    let value = colon + 2
    var end = value
    while end < text.count, text[end] != UInt8(ascii: " ") { end += 1 }
    guard end > value, text.hasPrefix(" ms", at: end) || text.hasPrefix(" MB", at: end) else { return nil }
    return (text.slice(start + 1, colon).text, text.slice(value, end), end + 3)
  }

  /// `891.170000` as nanoseconds.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Nanoseconds? {
    var scanner = JSONScanner(text)
    guard let value = scanner.number(scale: 6), !scanner.failed, scanner.isAtEnd else { return nil }
    return CalendarDate.lengths.contains(value) ? value : nil
  }

  private static func count(_ text: UnsafeRawBufferPointer) -> Int32 {
    var scanner = JSONScanner(text)
    guard let value = scanner.number(scale: 0), !scanner.failed, scanner.isAtEnd, value >= 0 else {
      return -1
    }
    return Int32(exactly: value) ?? -1
  }
}
