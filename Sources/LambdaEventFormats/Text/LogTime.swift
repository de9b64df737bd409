internal import LambdaLifecycle

/// A time as tools write it beside a message: ISO 8601 or `2026-03-02 10:00:00.480`, with a zone or none (then it is taken
/// as UTC), seconds to nanoseconds since 1970, or a time of day alone.
struct LogTime {
  enum Kind {
    case date, number
    /// Counted from midnight: the day is not given.
    case timeOfDay
  }

  var time: Timestamp
  var precision = LogEventHeader.Precision.milliseconds
  var kind = Kind.date
  /// The digits written behind the second, and if a zone is: lines of one tool have the same.
  var fraction: UInt8 = 0
  var hasZone = false
  /// Behind it.
  private(set) var end: Int

  /// The time at that place; nil where none stands there.
  init?(_ text: UnsafeRawBufferPointer, at start: Int = 0) {
    time = 0
    end = start
    let digits = text.digitsEnd(from: start) - start
    let isRead =
      switch digits {
      case 4: readDate(text)
      case 2: readTimeOfDay(text)
      case 10, 13, 16, 19: readNumber(text, digits: digits)
      default: false
      }
    guard isRead, end == text.count || !text[end].isWordByte, CalendarDate.timestamps.contains(time) else {
      return nil
    }
  }

  /// The time that is all of a text, quotes and blanks around it excepted.
  init?(whole text: UnsafeRawBufferPointer) {
    let text = text.withoutBlanks
    self.init(text)
    guard end == text.count else { return nil }
  }

  /// Seconds, milliseconds, microseconds or nanoseconds, by how many digits there are.
  private mutating func readNumber(_ text: UnsafeRawBufferPointer, digits: Int) -> Bool {
    kind = .number
    let behind = end + digits
    if behind < text.count, text[behind] == UInt8(ascii: ".") || text[behind] | 0x20 == UInt8(ascii: "e") {
      return readDecimal(text, unit: 19 - digits)
    }
    var value: UInt64 = 0
    for place in end..<behind { value = value * 10 + UInt64(text[place] &- UInt8(ascii: "0")) }
    for _ in digits..<19 { value *= 10 }
    guard let nanoseconds = Timestamp(exactly: value) else { return false }
    time = nanoseconds
    if digits == 10 { precision = .seconds }
    end = behind
    return true
  }

  private mutating func readDecimal(_ text: UnsafeRawBufferPointer, unit: Int) -> Bool {
    var scanner = JSONScanner(text.slice(from: end))
    guard let value = scanner.number(scale: unit), !scanner.failed else { return false }
    time = value
    let hasFraction =
      text.slice(end, end + scanner.position).firstIndex(ofByte: UInt8(ascii: "."), from: 0) != nil
    if unit == 9, !hasFraction { precision = .seconds }
    end += scanner.position
    return true
  }

  private mutating func readDate(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let days = LogTime.days(text, at: end), end + 10 < text.count,
      text[end + 10] == UInt8(ascii: "T") || text[end + 10] == UInt8(ascii: " ")
    else { return false }
    end += 11
    guard readTimeOfDay(text) else { return false }
    kind = .date
    time += days * 86_400_000_000_000
    readZone(text)
    return true
  }

  /// Days from 1970 to `2026-03-02`; nil where none stands there.
  static func days(_ text: UnsafeRawBufferPointer, at start: Int) -> Int64? {
    guard start + 10 <= text.count, text.digitsEnd(from: start) == start + 4,
      text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-"),
      let century = text.twoDigits(at: start), let year = text.twoDigits(at: start + 2),
      let month = text.twoDigits(at: start + 5), let day = text.twoDigits(at: start + 8)
    else { return nil }
    return CalendarDate.days(year: century * 100 + year, month: month, day: day)
  }

  private mutating func readTimeOfDay(_ text: UnsafeRawBufferPointer) -> Bool {
    guard end + 8 <= text.count, text[end + 2] == UInt8(ascii: ":"), text[end + 5] == UInt8(ascii: ":"),
      let hour = text.twoDigits(at: end), hour < 24, let minute = text.twoDigits(at: end + 3), minute < 60,
      let second = text.twoDigits(at: end + 6), second <= 60
    else { return false }
    time = (hour * 3_600 + minute * 60 + second) * 1_000_000_000
    kind = .timeOfDay
    end += 8
    guard end + 1 < text.count, text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ","),
      text[end + 1] &- UInt8(ascii: "0") < 10
    else {
      precision = .seconds
      return true
    }
    fraction = text[end]
    end += 1
    var unit: Int64 = 100_000_000
    while end < text.count, text[end] &- UInt8(ascii: "0") < 10 {
      time += Int64(text[end] &- UInt8(ascii: "0")) * unit
      unit /= 10
      end += 1
    }
    return true
  }

  /// `Z`, `+02:00`, `+0200`, or ` (+02:00)` as the Serverless Framework writes it.
  private mutating func readZone(_ text: UnsafeRawBufferPointer) {
    if end < text.count, text[end] == UInt8(ascii: "Z") {
      end += 1
      hasZone = true
      return
    }
    let isInBrackets = text.hasPrefix(" (", at: end)
    let start = isInBrackets ? end + 2 : end
    guard start + 5 <= text.count, text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-"),
      let hours = text.twoDigits(at: start + 1), hours < 24
    else { return }
    let colon = text[start + 3] == UInt8(ascii: ":") ? 1 : 0
    guard start + 5 + colon <= text.count, let minutes = text.twoDigits(at: start + 3 + colon), minutes < 60
    else { return }
    var behind = start + 5 + colon
    if isInBrackets {
      guard text.hasPrefix(")", at: behind) else { return }
      behind += 1
    }
    let offset = (hours * 3_600 + minutes * 60) * 1_000_000_000
    time += text[start] == UInt8(ascii: "+") ? -offset : offset
    hasZone = true
    end = behind
  }
}

/// Makes times of a clock without a date go on over midnight, in either direction. The first day, which is
/// not given, is 1970-01-02.
struct DayClock: Sendable {
  private var day: Int64 = 1
  private var last: Int64 = 0
  private static let length: Int64 = 86_400_000_000_000

  /// A date was given.
  mutating func set(days: Int64) { (day, last) = (days, 0) }

  mutating func time(of read: LogTime) -> Timestamp {
    guard read.kind == .timeOfDay else { return read.time }
    let half = DayClock.length / 2
    if last - read.time > half { day += 1 }
    if read.time - last > half, last > 0, day > 0 { day -= 1 }
    last = read.time
    return day * DayClock.length + read.time
  }
}

extension UnsafeRawBufferPointer {
  /// The end of the decimal digits that begin at `start`.
  func digitsEnd(from start: Int) -> Int {
    var index = start
    while index < count, self[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index
  }

  /// Without spaces and tabs before and behind.
  var withoutBlanks: UnsafeRawBufferPointer { slice(from: skipBlanks(from: 0)).withoutTrailingBlanks }
}

extension UInt8 {
  /// A letter or digit.
  var isWordByte: Bool {
    self &- UInt8(ascii: "0") < 10 || (self | 0x20) &- UInt8(ascii: "a") < 26
  }
}
