internal import LambdaLifecycle

/// Reads `2026-11-23T03:06:28.586Z`: any number of fraction digits, `Z` or an offset from UTC. The date is remembered,
/// because lines that follow one another have the same.
struct ISO8601Reader: Sendable {
  private var date: (UInt64, UInt16) = (0, 0)
  private var midnight: Int64 = 0

  /// The time, or nil if the text is not one.
  ///
  /// - Parameter assumesUTC: a time without zone is one too, in UTC.
  @inline(__always)
  mutating func timestamp(
    _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int, assumesUTC: Bool = false
  ) -> Timestamp? {
    guard start >= 0, end <= bytes.count, end &- start >= (assumesUTC ? 19 : 20) else { return nil }
    let key = (
      bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: start &+ 8, as: UInt16.self)
    )
    if key != date {
      guard let days = ISO8601Reader.days(bytes, start) else { return nil }
      midnight = days &* 86_400
      date = key
    }
    guard
      bytes[start &+ 10] == UInt8(ascii: "T"), bytes[start &+ 13] == UInt8(ascii: ":"),
      bytes[start &+ 16] == UInt8(ascii: ":"),
      let hour = bytes.twoDigits(at: start &+ 11), hour < 24,
      let minute = bytes.twoDigits(at: start &+ 14), minute < 60,
      // 60: a leap second.
      let second = bytes.twoDigits(at: start &+ 17), second <= 60
    else { return nil }
    var seconds = midnight &+ hour &* 3_600 &+ minute &* 60 &+ second
    var index = start &+ 19
    var nanoseconds: Int64 = 0
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      let fraction = index
      var unit: Int64 = 100_000_000
      while index < end, bytes[index] &- UInt8(ascii: "0") < 10 {
        nanoseconds &+= Int64(bytes[index] &- UInt8(ascii: "0")) &* unit
        unit /= 10
        index &+= 1
      }
      guard index > fraction, index < end || assumesUTC else { return nil }
    }
    if assumesUTC, index == end { return seconds &* 1_000_000_000 &+ nanoseconds }
    if bytes[index] != UInt8(ascii: "Z") || index &+ 1 != end {
      guard let offset = ISO8601Reader.offset(bytes, index, end) else { return nil }
      seconds &-= offset
    }
    return seconds &* 1_000_000_000 &+ nanoseconds
  }

  private static func days(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int64? {
    guard
      let century = bytes.twoDigits(at: start), let year = bytes.twoDigits(at: start + 2),
      bytes[start + 4] == UInt8(ascii: "-"), let month = bytes.twoDigits(at: start + 5),
      bytes[start + 7] == UInt8(ascii: "-"), let day = bytes.twoDigits(at: start + 8)
    else { return nil }
    return CalendarDate.days(year: century * 100 + year, month: month, day: day)
  }

  /// Seconds of `+02:00`.
  private static func offset(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int64? {
    guard
      end - start == 6, bytes[start + 3] == UInt8(ascii: ":"), let hours = bytes.twoDigits(at: start + 1),
      let minutes = bytes.twoDigits(at: start + 4), hours < 24, minutes < 60
    else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
    default: return nil
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Two decimal digits as a number; nil if they are none. Both must lie inside.
  @inline(__always)
  func twoDigits(at index: Int) -> Int64? {
    let tens = self[index] &- UInt8(ascii: "0")
    let ones = self[index &+ 1] &- UInt8(ascii: "0")
    return tens < 10 && ones < 10 ? Int64(tens) &* 10 &+ Int64(ones) : nil
  }
}
