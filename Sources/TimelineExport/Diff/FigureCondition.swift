internal import LambdaLifecycle

/// A condition that a session's figure must not meet: `coldShare > 0.05`, `errors > 0`; or a change that it
/// must not show since another session: `coldWaitMs.p95 > +10%`.
///
/// It is a guard: an unknown figure fails it as well as one that is too large.
package struct FigureCondition {
  private let text: String
  private let figure: SimulationFigures.Figure
  private let threshold: Threshold

  /// The names of figures that can be asked for.
  private static let figures = SimulationFigures(
    Statistics(), Statistics().fleet(from: 0, until: 1), cost: nil
  ).figures

  /// It compares with another session, and cannot be checked on one alone.
  package var isOfChange: Bool { threshold.isOfChange }

  /// - Throws: `ConditionMistake` if the text is no condition, or names an unknown figure.
  package init(_ text: String) throws(ConditionMistake) {
    self.text = text
    guard let words = Threshold.Words(text) else {
      throw ConditionMistake(
        description: "expected NAME > NUMBER, as coldShare > 0.05; found no >, <, >= or <=")
    }
    figure = try Self.figure(words.name)
    threshold = Threshold(comparison: words.comparison, limit: try Self.limit(words, of: figure))
  }

  private static func figure(_ name: String) throws(ConditionMistake) -> SimulationFigures.Figure {
    if let figure = figures.first(where: { $0.key == name || $0.group.isEmpty && $0.title == name }) {
      return figure
    }
    let group = figures.filter { $0.group == name || $0.title == name }
    guard group.isEmpty else {
      throw ConditionMistake(
        description: "expected one of \(group.map(\.key).joined(separator: ", ")), found \"\(name)\"")
    }
    let known = figures.map(\.key).joined(separator: ", ")
    throw ConditionMistake(description: "there is no figure \"\(name)\". There are \(known)")
  }

  private static func limit(
    _ words: Threshold.Words, of figure: SimulationFigures.Figure
  ) throws(ConditionMistake) -> Threshold.Limit {
    let (text, comparison) = (words.limit, words.comparison)
    guard let (number, isSigned, isPercentage) = words.number else {
      throw ConditionMistake(
        description: "expected a number behind \(comparison.rawValue), found \"\(text)\"")
    }
    let digits = isPercentage ? String(text.dropLast()).trimmed : text
    switch (isSigned, isPercentage) {
    case (true, true): return .share(number / 100)
    case (false, false) where figure.unit == .share && number > 1,
      (false, true) where figure.unit == .share && number > 100:
      throw ConditionMistake(
        description: "\(figure.key) is a share, 0 to 1: expected 0.05 or 5%, found \"\(text)\"")
    case (false, false): return .value(number)
    case (false, true) where figure.unit == .share: return .value(number / 100)
    case (false, true):
      throw ConditionMistake(
        description: """
          \(figure.key) is no share: expected a number, as \(digits), or with its sign a change since the first session, \
          as +\(text); found "\(text)"
          """)
    case (true, false):
      throw ConditionMistake(
        description: """
          expected a number without a sign, as \(digits.dropFirst()), or a change in percent since the first session, as \
          \(text)%; found "\(text)"
          """)
    }
  }

  /// The reason why a session fails it; nil where it does not.
  /// - Parameter before: the figures of the session before it, for a change.
  package func failure(of session: SimulationFigures, since before: SimulationFigures? = nil) -> String? {
    if let missing = missing(in: session, before == nil ? "the session" : "the second session") {
      return missing
    }
    let value = session[figure.key] ?? 0
    var known: Double?
    if let before, threshold.isOfChange {
      if let missing = missing(in: before, "the first session") { return missing }
      known = before[figure.key] ?? 0
    }
    switch threshold.verdict(on: value, since: known) {
    case .doesNotHold: return nil
    case .nothingToCompareWith: return "\(text): there is no session to compare with"
    case .holds:
      let now = figure.unit.text(value)
      return known.map { "\(text): \(figure.unit.text($0)) has become \(now)" } ?? "\(text): it is \(now)"
    }
  }

  /// The reason why a session lacks the figure; nil where it has it. Without a request nothing has gone wrong
  /// or well.
  private func missing(in session: SimulationFigures, _ name: String) -> String? {
    guard let value = session[figure.key], value.isFinite else {
      return "\(text): \(name) does not tell \(figure.key)\(session.hasRequests ? "" : ": it has no request")"
    }
    guard session.hasRequests || !figure.isOfRequests else {
      return "\(text): \(name) has no request, which tells nothing of \(figure.key)"
    }
    return nil
  }
}

extension SimulationFigures.Figure {
  /// It says nothing where there was no request: 0 of none is neither good nor bad.
  fileprivate var isOfRequests: Bool { unit == .count && group.isEmpty || unit == .share }
}

extension SimulationFigures {
  fileprivate var hasRequests: Bool { self["requests"] ?? 0 > 0 }
}
