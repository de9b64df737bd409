/// The text behind a name in a condition: `> 150`, `<= 5%`, or a change since another session, `> +10%`.
struct Threshold {
  enum Comparison: String, CaseIterable {
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

  /// The words of a condition, before anything is known of its name.
  struct Words {
    var name: String
    var comparison: Comparison
    var limit: String

    /// - Parameter text: a condition. Comparisons before the last quotation mark are part of a name.
    init?(_ text: String) {
      let begin = text.lastIndex { $0 == "\"" || $0 == "'" } ?? text.startIndex
      for index in text.indices[begin...] {
        guard let comparison = Comparison.allCases.first(where: { text[index...].hasPrefix($0.rawValue) })
        else { continue }
        self.comparison = comparison
        name = String(text[..<index]).trimmed
        limit = String(text[index...].dropFirst(comparison.rawValue.count)).trimmed
        return
      }
      return nil
    }

    /// A number behind the sign: with its own sign, and of a hundred; nil for anything else.
    var number: (value: Double, isSigned: Bool, isPercentage: Bool)? {
      let isPercentage = limit.hasSuffix("%")
      let digits = isPercentage ? String(limit.dropLast()).trimmed : limit
      guard digits.unicodeScalars.allSatisfy({ "0123456789+-.eE".unicodeScalars.contains($0) }),
        let value = Double(digits), value.isFinite
      else { return nil }
      return (value, limit.hasPrefix("+") || limit.hasPrefix("-"), isPercentage)
    }
  }

  enum Limit {
    /// As the figure is given in JSON; of a length, milliseconds.
    case value(Double)
    /// The change since the other session, as a share of the value there.
    case share(Double)
    /// The change of a length.
    case milliseconds(Double)
  }

  var comparison: Comparison
  var limit: Limit

  /// It compares with another session, and cannot be checked on one alone.
  var isOfChange: Bool { if case .value = limit { false } else { true } }

  enum Verdict {
    case holds, doesNotHold, nothingToCompareWith
  }

  /// - Parameter before: the value in the session before; nil without one.
  func verdict(on value: Double, since before: Double?) -> Verdict {
    let holds: Bool
    switch (limit, before) {
    case (.value(let limit), _): holds = comparison.holds(value, limit)
    case (_, nil): return .nothingToCompareWith
    case (.share(let limit), let before?):
      // Whatever was nothing has grown by more than any part of it.
      let share = value == before ? 0 : before == 0 ? .infinity : (value - before) / before.magnitude
      holds = comparison.holds(share, limit)
    case (.milliseconds(let limit), let before?): holds = comparison.holds(value - before, limit)
    }
    return holds ? .holds : .doesNotHold
  }

  /// It is one of change, and where there is none it does not hold.
  var needsChange: Bool { isOfChange && verdict(on: 1, since: 1) == .doesNotHold }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
