/// The difference in cost of one part of a function's cold starts between two settings.
package struct ColdStartDifference: Sendable {
  package enum Verdict: Equatable, Sendable {
    /// More than noise.
    case differs
    /// None to be seen. It would take so many rounds to see a change of so many percent; nil where nobody
    /// knows.
    case none(Need?)
    /// There are too few cold starts for an answer.
    case tooFew
  }

  /// The rounds it would take to see more.
  package struct Need: Equatable, Sendable {
    package var rounds: Int
    package var percent: Int
  }

  package var name: InitPartName
  /// nil where the setting has no such part.
  package var first: ColdStartPart?
  package var second: ColdStartPart?
  /// How likely such ranks are by chance, all parts being asked at once; nil where there are too few cold starts.
  package var p: Double?
  package var shift: Shift?
  package var verdict: Verdict

  /// How likely a difference may be by chance that is called one.
  package static let level = 0.01
  /// Changes that one can hope to see, in percent.
  private static let percentages = [20, 10, 5, 3, 2, 1]

  /// The rounds it takes to see a change that so many do not show.
  static func need(_ first: [Nanoseconds], _ second: [Nanoseconds], level: Double) -> Need? {
    guard let spread = RoundsNeeded(first, second) else { return nil }
    let middle = first.median
    let done = min(first.count, second.count)
    for percent in percentages {
      guard let rounds = spread.count(toSee: abs(middle) / 100 * Nanoseconds(percent), level: level) else {
        return nil
      }
      // Fewer can never say anything at this level.
      let least = RankTest.leastCount(level: level, from: max(rounds, done))
      if least > done { return Need(rounds: least, percent: percent) }
    }
    return nil
  }
}
