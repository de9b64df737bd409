package import LambdaLifecycle
internal import SwimlaneUI

/// A condition that the statements with a text must not meet in the cold starts of a session:
/// `line("boto3.client").ms > 150`.
///
/// It is a guard: where no statement has the text, it fails.
package struct LineCondition {
  private let text: String
  private let statements: LineSelector
  private let quantile: LengthQuantile
  private let threshold: Threshold

  /// It compares with another session, and cannot be checked on one alone.
  package var isOfChange: Bool { threshold.isOfChange }

  /// True if a condition is one of lines at all.
  package static func isMeant(by text: String) -> Bool { text.trimmed.hasPrefix("line(") }

  /// - Throws: `ConditionMistake` if the text is no such condition.
  package init(_ text: String) throws(ConditionMistake) {
    self.text = text
    guard let words = Threshold.Words(text), let name = QuotedName(words.name), name.kind == "line",
      let quantile = LengthQuantile(name.rest)
    else {
      throw ConditionMistake(
        description:
          "expected line(\"TEXT\").ms > NUMBER, as line(\"boto3.client\").ms > 150, or .ms.max for the slowest cold start; found \(text)"
      )
    }
    statements = LineSelector(name.text)
    self.quantile = quantile
    threshold = try Threshold(ofLengths: words)
  }

  /// The reason why a session fails it; nil where it does not.
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
    let all = tables.lengths(of: statements, catalog)
    guard !all.isEmpty else {
      return (
        nil, "\(text): \(name) has no cold start that tells of its lines (docs/why.md says how they are told)"
      )
    }
    guard all.contains(where: { $0 != nil }) else {
      return (
        nil,
        "\(text): no line of \(all.count) cold start\(all.count == 1 ? "" : "s") of \(name) has this text, or all took less than is told"
      )
    }
    // A cold start in which the line was too short to be reported took less than any other.
    return (quantile.value(of: all.map { $0 ?? 0 }), "")
  }
}
