/// How fast a wait is played: in about one to two and a half seconds, whatever its length.
enum LessonPace {
  private static let rounded = [1.0, 2, 5]

  static func speed(of wait: Nanoseconds) -> Double {
    let seconds = Double(max(wait, 1)) / 1e9
    if seconds > 2.5 { return nice(seconds / 2.5) }
    return seconds < 1 ? max(0.01, nice(seconds / 2)) : 1
  }

  /// The next of 0.01, 0.02, 0.05, 0.1 … that is not less.
  private static func nice(_ value: Double) -> Double {
    var unit = 0.01
    while true {
      for digit in rounded where digit * unit >= value * 0.999 { return digit * unit }
      unit *= 10
    }
  }
}
