internal import LambdaLifecycle

/// The lines that the Runtime Interface Emulator itself writes, cut out of its output.
///
/// Emulator, function and extensions write to one place, and the end of one writer's line can be missing when the
/// next writer begins: a stamp of the emulator, or a complete START, END or REPORT, begins a new piece wherever it
/// stands. Source: internal/lambda/logging/internal_log.go and internal/lambda/rie/handlers.go of the emulator.
enum RIELine {
  /// A `(rapid)` line: the reading of its clock, as if it were UTC, and the message.
  case rapid(Timestamp, UnsafeRawBufferPointer)
  /// The same of an emulator of 2021, as `time="…" level=… msg="…"`.
  case logfmt(Timestamp, UnsafeRawBufferPointer)
  case start(UnsafeRawBufferPointer)
  case end(UnsafeRawBufferPointer)
  case report(UnsafeRawBufferPointer, Report)
  /// The text of another writer.
  case text(UnsafeRawBufferPointer)

  /// True if a `(rapid)` stamp stands somewhere in the line.
  static func containsStamp(_ line: UnsafeRawBufferPointer) -> Bool {
    if nextStamp(in: line, from: 0) != nil { return true }
    guard let (_, message) = logfmt(line) else { return false }
    var rest = message
    return RapidMessage(message, rest: &rest) != .other
  }

  /// Calls `body` with each piece of a line, in order.
  static func split(_ line: UnsafeRawBufferPointer, _ body: (RIELine) -> Void) {
    if let (time, message) = logfmt(line) { return body(.logfmt(time, message)) }
    guard var stamp = nextStamp(in: line, from: 0) else { return splitPlatformLines(line, body) }
    if stamp.start > 0 { splitPlatformLines(line.slice(0, stamp.start), body) }
    while let next = nextStamp(in: line, from: stamp.message) {
      splitMessage(stamp.time, line.slice(stamp.message, next.start), body)
      stamp = next
    }
    splitMessage(stamp.time, line.slice(from: stamp.message), body)
  }

  /// `time="2021-06-05T10:00:09.02" level=warning msg="Cannot list external agents" …`. Any program in Go may log so, but
  /// others' times have a zone.
  static func logfmt(_ line: UnsafeRawBufferPointer) -> (Timestamp, UnsafeRawBufferPointer)? {
    guard line.hasPrefix("time=\""), let end = line.firstIndex(ofByte: UInt8(ascii: "\""), from: 6),
      line.hasPrefix(" level=", at: end + 1), let message = line.firstIndex(of: " msg=\"", from: end)
    else { return nil }
    var clock = ISO8601Reader()
    guard let time = clock.timestamp(line, from: 6, to: end, assumesUTC: true),
      clock.timestamp(line, from: 6, to: end) == nil
    else { return nil }
    let start = message + 6
    let close = line.firstIndex(ofByte: UInt8(ascii: "\""), from: start) ?? line.count
    return (time, line.slice(start, close))
  }

  private static func splitMessage(
    _ time: Timestamp, _ message: UnsafeRawBufferPointer, _ body: (RIELine) -> Void
  ) {
    guard let platform = nextPlatformLine(in: message, from: 0) else { return body(.rapid(time, message)) }
    body(.rapid(time, message.slice(0, platform.start)))
    splitPlatformLines(message.slice(from: platform.start), body)
  }

  private static func splitPlatformLines(_ text: UnsafeRawBufferPointer, _ body: (RIELine) -> Void) {
    var rest = text
    while let platform = nextPlatformLine(in: rest, from: 0) {
      if platform.start > 0 { body(.text(rest.slice(0, platform.start))) }
      body(platform.line)
      rest = rest.slice(from: platform.end)
      if rest.isEmpty { return }
    }
    body(.text(rest))
  }
}

extension RIELine {
  /// `23 Nov 2026 03:06:28,586 [INFO] (rapid) `
  private static func nextStamp(
    in line: UnsafeRawBufferPointer, from start: Int
  ) -> (start: Int, message: Int, time: Timestamp)? {
    var search = start
    while let mark = line.firstIndex(of: "] (rapid) ", from: search) {
      search = mark + 1
      // The level is a short word in brackets.
      var bracket = mark
      while bracket > max(start, mark - 12), line[bracket] != UInt8(ascii: "[") { bracket -= 1 }
      let stamp = bracket - 25
      guard stamp >= start, line[bracket] == UInt8(ascii: "["), line[bracket - 1] == UInt8(ascii: " ") else {
        continue
      }
      if let time = time(line.slice(stamp, bracket - 1)) { return (stamp, mark + 10, time) }
    }
    return nil
  }

  /// `23 Nov 2026 03:06:28,586`
  private static func time(_ text: UnsafeRawBufferPointer) -> Timestamp? {
    guard
      text.count == 24, text[2] == UInt8(ascii: " "), text[6] == UInt8(ascii: " "),
      text[11] == UInt8(ascii: " "),
      text[14] == UInt8(ascii: ":"), text[17] == UInt8(ascii: ":"), text[20] == UInt8(ascii: ","),
      let day = text.twoDigits(at: 0), let month = month(text.slice(3, 6)),
      let century = text.twoDigits(at: 7), let year = text.twoDigits(at: 9),
      let days = CalendarDate.days(year: century * 100 + year, month: month, day: day),
      let hour = text.twoDigits(at: 12), hour < 24, let minute = text.twoDigits(at: 15), minute < 60,
      let second = text.twoDigits(at: 18), second <= 60,
      let tenths = text.twoDigits(at: 21), let thousandths = text.twoDigits(at: 22)
    else { return nil }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
    return .seconds(seconds) + .milliseconds(tenths * 10 + thousandths % 10)
  }

  private static func month(_ name: UnsafeRawBufferPointer) -> Int64? {
    let names: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names.firstIndex { name.hasPrefix($0) }.map { Int64($0) + 1 }
  }
}
