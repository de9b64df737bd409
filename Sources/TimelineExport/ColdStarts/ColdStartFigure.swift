internal import LambdaLifecycle

/// One figure of cold starts, as conditions name it: `init.p50`, `line("boto3.client").ms`, `part("runtime client").p90`.
struct ColdStartFigure {
  private enum What {
    case statements(String)
    case part(String)
  }

  /// Of what.
  let name: String
  private let what: What
  private let percent: Double

  private static let quantiles: [String: Double] = [
    "ms": 50, "median": 50, "min": 0, "p10": 10, "p50": 50, "p90": 90, "max": 100,
  ]

  init(_ text: String) throws(ColdStartCondition.Mistake) {
    guard let dot = text.lastIndex(of: "."),
      let percent = Self.quantiles[String(text[text.index(after: dot)...])]
    else { throw Self.mistake(text) }
    self.percent = percent
    var name = String(text[..<dot]).trimmed
    // `.ms.max`, as other commands have it.
    if name.hasSuffix(".ms") { name.removeLast(3) }
    self.name = name
    if let argument = Self.argument(of: "line", name) {
      what = .statements(argument)
    } else if let argument = Self.argument(of: "part", name) {
      what = .part(argument)
    } else {
      guard !name.isEmpty, name.allSatisfy({ $0.isLetter }) else { throw Self.mistake(text) }
      what = .part(name)
    }
  }

  private static func mistake(_ text: String) -> ColdStartCondition.Mistake {
    ColdStartCondition.Mistake(
      description: """
        expected init, line("TEXT") or part("NAME"), then .p50, .p10, .p90, .min, .max, or .ms for the median, \
        found \"\(text)\"
        """)
  }

  /// What stands in `NAME("…")`.
  private static func argument(of function: String, _ text: String) -> String? {
    guard text.hasPrefix("\(function)("), text.hasSuffix(")") else { return nil }
    let inner = text.dropFirst(function.count + 1).dropLast()
    guard inner.count > 2, let quote = inner.first, quote == "\"" || quote == "'", inner.last == quote else {
      return nil
    }
    return String(inner.dropFirst().dropLast())
  }

  /// One for each cold start; nil where nothing tells of it.
  func lengths(_ starts: ColdStarts) -> [Nanoseconds]? {
    switch what {
    case .statements(let text): starts.statements(with: text)
    case .part(let name):
      starts.parts.first { $0.name.file.isEmpty && ($0.name.text == name || $0.name.title() == name) }?
        .lengths
    }
  }

  /// In milliseconds.
  func value(_ starts: ColdStarts) -> Double? {
    lengths(starts)?.reduce(into: Quantiles()) { $0.record($1) }.value(atPercent: percent).map {
      Double($0) / 1_000_000
    }
  }
}
