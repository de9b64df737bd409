package import LambdaLifecycle
internal import SwimlaneUI

/// What the statements with a text must not take in the cold starts of a session: `line("boto3.client").ms > 150`.
///
/// It is a guard: where no statement has the text, it fails.
package struct LineCondition {
  /// Which of several cold starts counts.
  private enum Choice: String, CaseIterable {
    case median = "ms", worst = "ms.max"
  }

  private let text: String
  private let words: String
  private let choice: Choice
  private let threshold: Threshold

  /// It compares with another session, and cannot be told of one alone.
  package var isOfChange: Bool { threshold.isOfChange }

  /// Whether a condition is one of lines at all.
  package static func isMeant(by text: String) -> Bool { text.trimmed.hasPrefix("line(") }

  /// - Throws: `FigureCondition.Mistake` for what is no such condition.
  package init(_ text: String) throws(FigureCondition.Mistake) {
    self.text = text
    guard let parts = Threshold.Words(text), let quoted = Self.quoted(parts.name),
      let choice = Choice.allCases.first(where: { ".\($0.rawValue)" == quoted.rest })
    else {
      throw FigureCondition.Mistake(
        description:
          "expected line(\"TEXT\").ms > NUMBER, as line(\"boto3.client\").ms > 150, or .ms.max for the slowest cold start; found \(text)"
      )
    }
    guard let number = parts.number, number.isSigned == number.isPercentage else {
      throw FigureCondition.Mistake(
        description:
          "expected milliseconds behind \(parts.comparison.rawValue), as 150, or with its sign a change in percent since the first session, as +10%; found \"\(parts.limit)\""
      )
    }
    words = quoted.words
    self.choice = choice
    threshold = Threshold(
      comparison: parts.comparison,
      limit: number.isPercentage ? .change(number.value / 100) : .value(number.value))
  }

  /// What stands in `line("…")`, and what follows.
  private static func quoted(_ name: String) -> (words: String, rest: String)? {
    guard name.hasPrefix("line(") else { return nil }
    let inner = name.dropFirst(5)
    guard let quote = inner.first, quote == "\"" || quote == "'",
      let end = inner.dropFirst().lastIndex(of: quote)
    else { return nil }
    let words = inner[inner.index(after: inner.startIndex)..<end]
    let rest = inner[inner.index(after: end)...]
    guard rest.first == ")", !words.isEmpty else { return nil }
    return (String(words), String(rest.dropFirst()))
  }

  /// Why a session fails it; nil where it does not.
  /// - Parameter before: the session before it, for a change.
  package func failure(
    of session: ColdStartTables, _ catalog: Catalog,
    since before: (tables: ColdStartTables, catalog: Catalog)? = nil
  ) -> String? {
    let (value, missing) = value(in: session, catalog, before == nil ? "the session" : "the second session")
    guard let value else { return missing }
    var known: Double?
    if let before, threshold.isOfChange {
      let (value, missing) = self.value(in: before.tables, before.catalog, "the first session")
      guard let value else { return missing }
      known = value
    }
    switch threshold.verdict(on: value, since: known) {
    case .doesNotHold: return nil
    case .nothingToCompareWith: return "\(text): there is no session to compare with"
    case .holds:
      let now = "\(number(value, places: 1)) ms"
      return known.map { "\(text): \(number($0, places: 1)) ms has become \(now)" } ?? "\(text): it is \(now)"
    }
  }

  private func value(
    in tables: ColdStartTables, _ catalog: Catalog, _ name: String
  ) -> (value: Double?, missing: String) {
    let all = tables.lengths(ofLinesWith: words, catalog)
    guard !all.isEmpty else {
      return (
        nil, "\(text): \(name) has no cold start that tells of its lines (docs/why.md says how they are told)"
      )
    }
    let lengths = all.compactMap { $0 }
    guard !lengths.isEmpty else {
      return (
        nil,
        "\(text): no line of \(all.count) cold start\(all.count == 1 ? "" : "s") of \(name) has this text, or all took less than is told"
      )
    }
    // A cold start in which the line was too short to be told took less than any other.
    let told = all.map { $0 ?? 0 }
    let length = choice == .median ? told.median : told.max() ?? 0
    return (Double(length) / 1e6, "")
  }
}
