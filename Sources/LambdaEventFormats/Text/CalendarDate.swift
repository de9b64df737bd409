package import LambdaLifecycle

/// A day of the proleptic Gregorian calendar, counted without a time zone.
///
/// Years are limited so that the sum of a time and a length, and the difference of any two of these, fit into 64
/// bits of nanoseconds.
package enum CalendarDate {
  /// The years that decoders accept.
  static let years: ClosedRange<Int64> = 1970...2200

  /// Every timestamp that decoders accept.
  static let timestamps: ClosedRange<Timestamp> = 0...(.seconds(7_289_654_400))

  /// Lengths that decoders accept: up to 31 years.
  static let lengths: ClosedRange<Nanoseconds> = 0...(.seconds(1_000_000_000))

  /// The length between two moments of a stream; -1, not known, where no event can have it: clocks may be
  /// set, and lines damaged.
  static func length(from begin: Timestamp, to end: Timestamp) -> Nanoseconds {
    lengths.contains(end &- begin) ? end &- begin : -1
  }

  /// Days from 1970-01-01; nil for a date that does not exist or lies too far away.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard years.contains(year), (1...12).contains(month), day >= 1, day <= length(of: month, in: year) else {
      return nil
    }
    // Years begin in March, so that the leap day comes last.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func length(of month: Int64, in year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The time of a text as `2026-11-23T03:06:28.586Z`; without a zone it is UTC. Nil for anything else.
  package static func timestamp(_ text: String) -> Timestamp? {
    var reader = ISO8601Reader()
    var text = text
    return text.withUTF8 { bytes in
      reader.timestamp(UnsafeRawBufferPointer(bytes), from: 0, to: bytes.count, assumesUTC: true)
    }
  }

  /// `2026-11-23T03:06:28.586Z`: UTC with as many fraction digits as the time needs, at least three.
  package static func text(_ time: Timestamp) -> String {
    let (seconds, nanoseconds) = time.flooredQuotient(by: 1_000_000_000)
    let (days, second) = seconds.flooredQuotient(by: 86_400)
    let shifted = days + 719_468
    let (era, dayOfEra) = shifted.flooredQuotient(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    var fraction = padded(nanoseconds, to: 9)
    while fraction.count > 3, fraction.hasSuffix("000") { fraction.removeLast(3) }
    let date = "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(
      separator: ":")
    return "\(date)T\(clock).\(fraction)Z"
  }

  private static func padded(_ value: Int64, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Quotient rounded down and the remainder that is never negative.
  fileprivate func flooredQuotient(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
