internal import LambdaLifecycle

/// A moment of the real world as a clock on the wall shows it, in UTC: logs of AWS are read in it, and the screen says so.
struct WallClock: Equatable {
  let year: Int64
  /// From 1.
  let month: Int
  let day: Int
  /// Since midnight.
  let time: Nanoseconds

  private static let dayLength: Nanoseconds = .seconds(86_400)
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  init(_ moment: Timestamp) {
    let days = moment >= 0 ? moment / Self.dayLength : (moment &+ 1) / Self.dayLength &- 1
    time = moment &- days &* Self.dayLength
    // Years that begin in March have their leap day at their end: 400 of them have 146,097 days.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `14:03:05`.
  var clock: String { "\(minutes):\(padded(time / .seconds(1) % 60))" }

  /// `14:03`.
  var minutes: String { "\(padded(time / .seconds(3_600))):\(padded(time / .seconds(60) % 60))" }

  /// `Jul 9`.
  var date: String { "\(Self.months[month - 1]) \(day)" }

  /// `2026-07-09 14:03:05 UTC`.
  var full: String { "\(year)-\(padded(Int64(month)))-\(padded(Int64(day))) \(clock) UTC" }

  private func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension WallClock {
  /// A label of the axis, as exact as the distance of its ticks asks; at midnight the day.
  func label(step: Nanoseconds) -> String {
    if step >= 30 * Self.dayLength { return "\(date) \(year)" }
    if step >= Self.dayLength || time == 0 { return date }
    return step >= .seconds(60) ? minutes : clock
  }
}
