internal import Glibc
internal import LambdaLifecycle

/// A day in UTC as log streams are named by: `2026/11/30`.
struct CalendarDay {
  let text: String

  init(_ time: Timestamp) {
    var seconds = time_t(time / .seconds(1))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    text = "\(parts.tm_year + 1_900)/\(two(parts.tm_mon + 1))/\(two(parts.tm_mday))"
  }
}
