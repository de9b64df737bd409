internal import LambdaLifecycle

/// A condition that cold starts must not meet: `init.p50 > 300`, `line("boto3.client").ms > 150`; or a change
/// that they must not show since the setting that they are compared with: `init.p50 > +10%`.
///
/// It is a guard: an unknown figure fails it as well as one that is too large.
package struct ColdStartCondition {
  private let text: String
  private let figure: ColdStartFigure
  private let threshold: Threshold

  /// It compares two settings, and cannot be checked on one alone.
  package var isOfChange: Bool { threshold.isOfChange }

  /// - Throws: `ConditionMistake` if the text is no condition.
  package init(_ text: String) throws(ConditionMistake) {
    self.text = text
    guard let words = Threshold.Words(text) else {
      throw ConditionMistake(
        description: "expected FIGURE > NUMBER, as init.p50 > 300; found no >, <, >= or <=")
    }
    figure = try ColdStartFigure(words.name)
    threshold = try Threshold(ofLengths: words)
  }

  /// The reasons why cold starts fail it, in each of the settings; empty where they do not.
  package func failures(_ report: ColdRoundsReport) -> [String] {
    guard report.rounds > 0 else { return ["\(text): no round was done"] }
    guard isOfChange else {
      // The condition is on the settings in question, not on another revision that they are compared with.
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
    guard threshold.verdict(on: value, since: nil) == .holds else { return nil }
    return "\(text): it is \(number(value, places: 1)) ms\(Self.name(report, place))"
  }

  private func failure(_ report: ColdRoundsReport, since first: Int, _ place: Int) -> String? {
    guard let before = figure.value(report.starts[first]) else { return unknown(report, first) }
    guard let value = figure.value(report.starts[place]) else { return unknown(report, place) }
    let samples = (figure.lengths(report.starts[first]) ?? [], figure.lengths(report.starts[place]) ?? [])
    guard min(samples.0.count, samples.1.count) >= ColdStartComparison.fewest else {
      return "\(text): there are too few rounds to tell: at least \(ColdStartComparison.fewest)"
    }
    guard threshold.verdict(on: value, since: before) == .holds else { return nil }
    // A condition is on one figure, so that nothing is corrected for many, and its limit is the change worth
    // a word.
    let isNoise = RankTest(samples.0, samples.1).p >= ColdStartDifference.level
    if isNoise, threshold.needsChange { return nil }
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
