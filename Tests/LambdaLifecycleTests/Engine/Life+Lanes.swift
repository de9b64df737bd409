import LambdaLifecycle

extension Life {
  /// The lanes as text, those that have anything, in the order of the screen; for Managed Instances a lane for each
  /// invocation.
  ///
  /// One character is 100 ms: `=` for a span, its last one `x` for an error, `t` for a timeout, `k` for killed; a span
  /// without length is the mark alone, or `|`; one still open ends in `>`.
  var lanes: String {
    var lines: [String] = []
    for phase in Phase.allCases {
      if phase == .invoke, environment.type == .managedInstances {
        for invocation in invocations { draw("invoke \(invocation)", spans(of: invocation), into: &lines) }
      } else {
        draw(phase.title, phase == .invoke ? spans(of: nil) : spans(of: phase), into: &lines)
      }
    }
    return lines.joined(separator: "\n")
  }

  private var invocations: [Invocation] {
    told.compactMap { if case .invokeBegan(let invocation) = $0.action { invocation } else { nil } }
  }

  private func draw(_ title: String, _ spans: [Stretch], into lines: inout [String]) {
    if spans.isEmpty { return }
    let width = Phase.allCases.map(\.title.count).max() ?? 0
    var cells: [Character] = []
    for span in spans { draw(span, into: &cells) }
    lines.append(title + String(repeating: " ", count: width + 1 - title.count) + String(cells))
  }

  private typealias Stretch = (start: Timestamp, end: Timestamp?, outcome: Outcome)

  private func spans(of phase: Phase) -> [Stretch] {
    var spans: [Stretch] = phase == .create && !environment.restoresSnapshot ? [(0, nil, .none)] : []
    for (time, action) in told {
      switch action {
      case .began(phase): spans.append((time, nil, .none))
      case .ended(phase, let outcome, _):
        if let last = spans.indices.last { spans[last] = (spans[last].start, time, outcome) }
      default: break
      }
    }
    return spans.filter { phase != .create || $0.start != $0.end }
  }

  /// The span of an invocation, or those of all.
  private func spans(of invocation: Invocation?) -> [Stretch] {
    var spans: [Stretch] = []
    for (time, action) in told {
      switch action {
      case .invokeBegan(let began) where began == invocation ?? began: spans.append((time, nil, .none))
      case .invokeEnded(let ended, let outcome, _) where ended == invocation ?? ended:
        if let last = spans.indices.last { spans[last] = (spans[last].start, time, outcome) }
      default: break
      }
    }
    return spans
  }

  private func draw(_ span: Stretch, into cells: inout [Character]) {
    let cell = Int64.milliseconds(100)
    let first = Int(span.start / cell)
    let last = max(first, Int(((span.end ?? end) - 1) / cell))
    while cells.count <= last { cells.append(" ") }
    for index in first...last { cells[index] = "=" }
    let mark: Character? =
      switch span.outcome {
      case .error, .failure: "x"
      case .timeout: "t"
      case .killed: "k"
      case .none, .success: span.end == nil ? ">" : span.end == span.start ? "|" : nil
      }
    if let mark { cells[last] = mark }
  }
}
