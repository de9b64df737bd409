internal import LambdaLifecycle

/// What a session's figure must not be: `coldShare > 0.05`, `coldWaitMs.p95 > +10%`.
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

  private let text: String
  private let key: String
  private let comparison: Comparison
  private let limit: Double
  /// The limit is one for the change, as a part of what the figure was.
  private let isChange: Bool

  /// The names of figures that can be asked for.
  private static let figures = SimulationFigures(
    Statistics(), Statistics().fleet(from: 0, until: 1), cost: nil
  ).figures

  /// - Throws: `Mistake` for what is no condition, or a figure that nobody knows.
  package init(_ text: String) throws(Mistake) {
    self.text = text
    guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }) else {
      throw Mistake(description: "expected NAME > NUMBER, as coldShare > 0.05; found no >, <, >= or <=")
    }
    self.comparison = comparison
    let parts = text.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).trimmed
    guard let figure = Self.figures.first(where: { $0.key == name || $0.title == name }) else {
      let known = Self.figures.map(\.key).joined(separator: ", ")
      throw Mistake(description: "there is no figure \"\(name)\". There are \(known)")
    }
    key = figure.key
    var limit = String(parts[1]).trimmed
    isChange = limit.hasSuffix("%")
    if isChange { limit = String(limit.dropLast()).trimmed }
    guard let number = Double(limit), number.isFinite else {
      throw Mistake(description: "expected a number behind \(comparison.rawValue), found \"\(limit)\"")
    }
    self.limit = isChange ? number / 100 : number
  }

  /// Why it holds; nil if it does not, or if a session does not have the figure.
  package func failure(in diff: FiguresDiff) -> String? {
    guard let row = diff.row(key), let value = isChange ? row.relativeChange : row.after,
      comparison.holds(value, limit)
    else { return nil }
    let unit = row.figure.unit
    let found =
      isChange
      ? "\(unit.text(row.before)) has become \(unit.text(row.after))" : "it is \(unit.text(row.after))"
    return "\(text): \(found)"
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
