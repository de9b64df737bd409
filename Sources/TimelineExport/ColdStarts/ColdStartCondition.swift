internal import LambdaLifecycle

/// What cold starts must not be: `init.p50 > 300`, `line("boto3.client").ms > 150`; or how they must not have changed since the
/// setting that they are compared with: `init.p50 > +10%`.
///
/// It is a guard: what is not known fails it as well as what is too much.
package struct ColdStartCondition {
  /// What was expected, what was found.
  package struct Mistake: Error, CustomStringConvertible {
    package var description: String
  }

  private enum Limit {
    case milliseconds(Double)
    /// More than in the other setting: milliseconds, or a part of what it is there.
    case change(Double)
    case share(Double)
  }

  private let text: String
  private let figure: ColdStartFigure
  private let comparison: Threshold.Comparison
  private let limit: Limit

  /// It compares two settings, and cannot be told of one alone.
  package var isOfChange: Bool { if case .milliseconds = limit { false } else { true } }

  /// - Throws: `Mistake` for what is no condition.
  package init(_ text: String) throws(Mistake) {
    self.text = text
    guard let words = Threshold.Words(text) else {
      throw Mistake(description: "expected FIGURE > NUMBER, as init.p50 > 300; found no >, <, >= or <=")
    }
    comparison = words.comparison
    figure = try ColdStartFigure(words.name)
    limit = try Self.limit(words)
  }

  private static func limit(_ words: Threshold.Words) throws(Mistake) -> Limit {
    var bare = words
    if bare.limit.hasSuffix("ms") { bare.limit = String(bare.limit.dropLast(2)).trimmed }
    guard let number = bare.number, !number.isPercentage || bare.limit == words.limit else {
      throw Mistake(
        description: "expected milliseconds or a change, as 300 or +10%, found \"\(words.limit)\"")
    }
    switch (number.isSigned, number.isPercentage) {
    case (true, true): return .share(number.value / 100)
    case (true, false): return .change(number.value)
    case (false, false): return .milliseconds(number.value)
    case (false, true):
      throw Mistake(
        description:
          "expected milliseconds, as 300, or a change with its sign, as +\(words.limit); found \"\(words.limit)\""
      )
    }
  }

  /// Why cold starts fail it, in each of the settings; empty where they do not.
  package func failures(_ report: ColdRoundsReport) -> [String] {
    guard report.rounds > 0 else { return ["\(text): no round was done"] }
    guard isOfChange else {
      // What others are compared with is not what is asked about, where it is another revision.
      return report.settings.indices.filter { report.settings[$0].revision == nil }.compactMap {
        failure(report, $0)
      }
    }
    let pairs = report.pairs
    if pairs.isEmpty { return ["\(text): there is nothing to compare with"] }
    return pairs.compactMap { failure(report, since: $0.first, $0.second) }
  }

  private func failure(_ report: ColdRoundsReport, _ place: Int) -> String? {
    guard let value = figure.value(report.starts[place]) else { return unknown(report, place) }
    guard case .milliseconds(let limit) = limit, comparison.holds(value, limit) else { return nil }
    return "\(text): it is \(number(value, places: 1)) ms\(Self.name(report, place))"
  }

  private func failure(_ report: ColdRoundsReport, since first: Int, _ place: Int) -> String? {
    guard let before = figure.value(report.starts[first]) else { return unknown(report, first) }
    guard let value = figure.value(report.starts[place]) else { return unknown(report, place) }
    let (change, limit): (Double, Double) =
      switch self.limit {
      case .milliseconds(let limit), .change(let limit): (value - before, limit)
      // Whatever was nothing has grown by more than any part of it.
      case .share(let limit):
        (value == before ? 0 : before == 0 ? .infinity : (value - before) / before, limit)
      }
    let samples = (figure.lengths(report.starts[first]) ?? [], figure.lengths(report.starts[place]) ?? [])
    guard min(samples.0.count, samples.1.count) >= ColdStartComparison.fewest else {
      return "\(text): there are too few rounds to tell: at least \(ColdStartComparison.fewest)"
    }
    guard comparison.holds(change, limit) else { return nil }
    // Where it would not hold without any change, noise must not fail it.
    if !comparison.holds(0, limit), RankTest(samples.0, samples.1).p >= ColdStartDifference.level {
      return nil
    }
    return
      "\(text): \(number(before, places: 1)) ms has become \(number(value, places: 1)) ms\(Self.name(report, place))"
  }

  private func unknown(_ report: ColdRoundsReport, _ place: Int) -> String {
    "\(text): no cold start tells \(figure.name)\(Self.name(report, place))"
  }

  private static func name(_ report: ColdRoundsReport, _ place: Int) -> String {
    report.settings.count > 1 ? " (\(report.settings[place].name))" : ""
  }
}
