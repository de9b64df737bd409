internal import LambdaLifecycle

/// What a session's figure must not be: `coldShare > 0.05`, `errors > 0`; or how it must not have changed since another
/// session: `coldWaitMs.p95 > +10%`.
///
/// It is a guard: what is not known fails it as well as what is too much.
package struct FigureCondition {
  /// What was expected, what was found, what to do.
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
    /// As the figure is given in JSON.
    case value(Double)
    /// The change since the other session, as a part of what it was there.
    case change(Double)
  }

  private let text: String
  private let figure: SimulationFigures.Figure
  private let comparison: Comparison
  private let limit: Limit

  /// The names of figures that can be asked for.
  private static let figures = SimulationFigures(
    Statistics(), Statistics().fleet(from: 0, until: 1), cost: nil
  ).figures

  /// It compares with another session, and cannot be told of one alone.
  package var isOfChange: Bool { if case .change = limit { true } else { false } }

  /// - Throws: `Mistake` for what is no condition, or a figure that nobody knows.
  package init(_ text: String) throws(Mistake) {
    self.text = text
    guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }) else {
      throw Mistake(description: "expected NAME > NUMBER, as coldShare > 0.05; found no >, <, >= or <=")
    }
    self.comparison = comparison
    let parts = text.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
    figure = try Self.figure(String(parts[0]).trimmed)
    limit = try Self.limit(String(parts[1]).trimmed, of: figure, behind: comparison)
  }

  private static func figure(_ name: String) throws(Mistake) -> SimulationFigures.Figure {
    if let figure = figures.first(where: { $0.key == name || $0.group.isEmpty && $0.title == name }) {
      return figure
    }
    let group = figures.filter { $0.group == name || $0.title == name }
    guard group.isEmpty else {
      throw Mistake(
        description: "expected one of \(group.map(\.key).joined(separator: ", ")), found \"\(name)\"")
    }
    let known = figures.map(\.key).joined(separator: ", ")
    throw Mistake(description: "there is no figure \"\(name)\". There are \(known)")
  }

  private static func limit(
    _ text: String, of figure: SimulationFigures.Figure, behind comparison: Comparison
  ) throws(Mistake) -> Limit {
    let isSigned = text.hasPrefix("+") || text.hasPrefix("-")
    let isPercentage = text.hasSuffix("%")
    let digits = isPercentage ? String(text.dropLast()).trimmed : text
    guard digits.unicodeScalars.allSatisfy({ "0123456789+-.eE".unicodeScalars.contains($0) }),
      let number = Double(digits), number.isFinite
    else {
      throw Mistake(description: "expected a number behind \(comparison.rawValue), found \"\(text)\"")
    }
    switch (isSigned, isPercentage) {
    case (true, true): return .change(number / 100)
    case (false, false) where figure.unit == .share && number > 1,
      (false, true) where figure.unit == .share && number > 100:
      throw Mistake(description: "\(figure.key) is a share, 0 to 1: expected 0.05 or 5%, found \"\(text)\"")
    case (false, false): return .value(number)
    case (false, true) where figure.unit == .share: return .value(number / 100)
    case (false, true):
      throw Mistake(
        description: """
          \(figure.key) is no share: expected a number, as \(digits), or with its sign a change since the first session, \
          as +\(text); found "\(text)"
          """)
    case (true, false):
      throw Mistake(
        description: """
          expected a number without a sign, as \(digits.dropFirst()), or a change in percent since the first session, as \
          \(text)%; found "\(text)"
          """)
    }
  }

  /// Why a session fails it; nil where it does not.
  /// - Parameter before: the figures of the session before it, for a change.
  package func failure(of session: SimulationFigures, since before: SimulationFigures? = nil) -> String? {
    if let missing = missing(in: session, before == nil ? "the session" : "the second session") {
      return missing
    }
    let value = session[figure.key] ?? 0
    switch limit {
    case .value(let limit):
      return comparison.holds(value, limit) ? "\(text): it is \(figure.unit.text(value))" : nil
    case .change(let limit):
      guard let before else { return "\(text): there is no session to compare with" }
      if let missing = missing(in: before, "the first session") { return missing }
      let known = before[figure.key] ?? 0
      // Whatever was nothing has grown by more than any part of it.
      let change = value == known ? 0 : known == 0 ? .infinity : (value - known) / known
      guard comparison.holds(change, limit) else { return nil }
      return "\(text): \(figure.unit.text(known)) has become \(figure.unit.text(value))"
    }
  }

  /// Why a session does not tell the figure; nil where it does. Without a request nothing has gone wrong or well.
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

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
