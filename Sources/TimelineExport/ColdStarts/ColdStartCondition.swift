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

  private enum Comparison: String, CaseIterable {
    // Those of two signs first, or they would be read as the shorter ones.
    case notLess = ">=", notMore = "<=", more = ">", less = "<"

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .notLess: value >= limit
      case .notMore: value <= limit
      case .more: value > limit
      case .less: value < limit
      }
    }
  }

  private enum Limit {
    case milliseconds(Double)
    /// More than in the other setting: milliseconds, or a part of what it is there.
    case change(Double)
    case share(Double)
  }

  private let text: String
  private let figure: ColdStartFigure
  private let comparison: Comparison
  private let limit: Limit

  /// It compares two settings, and cannot be told of one alone.
  package var isOfChange: Bool { if case .milliseconds = limit { false } else { true } }

  /// - Throws: `Mistake` for what is no condition.
  package init(_ text: String) throws(Mistake) {
    self.text = text
    // Within line("…") signs mean nothing.
    let end = text.lastIndex(of: ")").map { text.index(after: $0) } ?? text.startIndex
    let rest = text[end...]
    guard let comparison = Comparison.allCases.first(where: { rest.contains($0.rawValue) }) else {
      throw Mistake(description: "expected FIGURE > NUMBER, as init.p50 > 300; found no >, <, >= or <=")
    }
    self.comparison = comparison
    let parts = rest.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
    figure = try ColdStartFigure(String(text[..<end] + parts[0]))
    limit = try Self.limit(String(parts[1].filter { $0 != " " }))
  }

  private static func limit(_ text: String) throws(Mistake) -> Limit {
    let isChange = text.hasPrefix("+") || text.hasPrefix("-")
    let isShare = text.hasSuffix("%")
    let digits = isShare ? String(text.dropLast()) : text.hasSuffix("ms") ? String(text.dropLast(2)) : text
    guard digits.unicodeScalars.allSatisfy({ "0123456789+-.".unicodeScalars.contains($0) }),
      let number = Double(digits), number.isFinite
    else {
      throw Mistake(description: "expected milliseconds or a change, as 300 or +10%, found \"\(text)\"")
    }
    if isShare, !isChange {
      throw Mistake(
        description:
          "expected milliseconds, as 300, or a change with its sign, as +\(text); found \"\(text)\"")
    }
    return isShare ? .share(number / 100) : isChange ? .change(number) : .milliseconds(number)
  }

  /// Why cold starts fail it, in each of the settings; empty where they do not.
  package func failures(_ report: ColdStartReport) -> [String] {
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

  private func failure(_ report: ColdStartReport, _ place: Int) -> String? {
    guard let value = figure.value(report.starts[place]) else { return unknown(report, place) }
    guard case .milliseconds(let limit) = limit, comparison.holds(value, limit) else { return nil }
    return "\(text): it is \(number(value, places: 1)) ms\(Self.name(report, place))"
  }

  private func failure(_ report: ColdStartReport, since first: Int, _ place: Int) -> String? {
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

  private func unknown(_ report: ColdStartReport, _ place: Int) -> String {
    "\(text): no cold start tells \(figure.name)\(Self.name(report, place))"
  }

  private static func name(_ report: ColdStartReport, _ place: Int) -> String {
    report.settings.count > 1 ? " (\(report.settings[place].name))" : ""
  }
}
