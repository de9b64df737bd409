internal import LambdaLifecycle

/// One figure of cold starts, as conditions name it: `init.p50`, `line("boto3.client").ms`, `part("runtime client").p90`.
struct ColdStartFigure {
  private enum What {
    case statements(LineSelector)
    case part(String)
  }

  /// The part or the statements that it is of, in the words of the condition.
  let name: String
  private let what: What
  private let quantile: LengthQuantile

  init(_ text: String) throws(ConditionMistake) {
    let quoted = QuotedName(text)
    let dot = text.firstIndex(of: ".") ?? text.endIndex
    guard let quantile = LengthQuantile(quoted?.rest ?? String(text[dot...])) else {
      throw Self.mistake(text)
    }
    self.quantile = quantile
    name = quoted?.head ?? String(text[..<dot])
    switch quoted?.kind {
    case "line": what = .statements(LineSelector(quoted?.text ?? ""))
    case "part": what = .part(quoted?.text ?? "")
    case nil where !name.isEmpty && name.allSatisfy { $0.isLetter }: what = .part(name)
    default: throw Self.mistake(text)
    }
  }

  private static func mistake(_ text: String) -> ConditionMistake {
    ConditionMistake(
      description: """
        expected init, line("TEXT") or part("NAME"), then .p50, .p10, .p90, .min, .max, or .ms for the median, \
        found \"\(text)\"
        """)
  }

  /// A length for each cold start; nil where no event is about it.
  func lengths(_ starts: ColdStarts) -> [Nanoseconds]? {
    switch what {
    case .statements(let selector): starts.lengths(of: selector)
    case .part(let name):
      starts.parts.first { $0.name.file.isEmpty && ($0.name.text == name || $0.name.title() == name) }?
        .lengths
    }
  }

  /// In milliseconds.
  func value(_ starts: ColdStarts) -> Double? { lengths(starts).flatMap { quantile.value(of: $0) } }
}
