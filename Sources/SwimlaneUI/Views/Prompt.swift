internal import LambdaLifecycle

/// A line that is typed in the footer.
struct Prompt: Sendable {
  enum Purpose: Sendable {
    /// The name of a file that the session is saved to.
    case save
    /// The name of a marker at the moment looked at.
    case marker
    /// A moment to look at.
    case time
  }

  var purpose: Purpose
  var text = ""

  init(_ purpose: Purpose) { self.purpose = purpose }

  fileprivate var title: String {
    switch purpose {
    case .save: "save to: "
    case .marker: "marker: "
    case .time: "go to: "
    }
  }

  fileprivate func hint(_ lead: Lead) -> String {
    switch purpose {
    case .save where lead.isObserved: "NAME.jsonl a recording  esc cancel"
    case .save: "NAME.yaml a scenario  NAME.jsonl a recording  esc cancel"
    case .marker: "its name, then enter  esc cancel"
    case .time: "1m30s  2:05  40%  +5s  -5s  esc cancel"
    }
  }
}

extension Viewer {
  /// A key while a line is typed.
  mutating func typeInPrompt(_ key: Key, _ scene: borrowing Scene) -> Effect? {
    switch key {
    case .character(let scalar) where scalar.isShown: prompt?.text.unicodeScalars.append(scalar)
    case .backspace: _ = prompt?.text.popLast()
    case .enter:
      defer { prompt = nil }
      guard let prompt, !prompt.text.isEmpty else { return nil }
      return answer(prompt, scene)
    case .escape: prompt = nil
    case .interrupt: return .quit
    case .suspend: return .suspend
    default: break
    }
    return nil
  }

  private mutating func answer(_ prompt: Prompt, _ scene: borrowing Scene) -> Effect {
    switch prompt.purpose {
    case .save: return .save(prompt.text)
    case .marker: return .addMarker(prompt.text)
    case .time:
      guard let time = moment(named: prompt.text, scene) else {
        return .tell(
          "expected a time as 1m30s or 2:05, a part as 40%, or a step as +5s; found \(prompt.text)")
      }
      return moveTime(.seek(time))
    }
  }

  /// A moment as people write it: from the session's beginning, as a part of it, or from the moment looked at.
  private func moment(named text: String, _ scene: borrowing Scene) -> Timestamp? {
    let text = text.filter { $0 != " " }
    if text.hasSuffix("%") {
      guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
      return moment(atPart: percent / 100, scene)
    }
    let sign: Int64? = text.hasPrefix("+") ? 1 : text.hasPrefix("-") ? -1 : nil
    guard let length = ClockText.length(sign == nil ? text : String(text.dropFirst())) else { return nil }
    guard let sign else { return scene.stage.origin.addingReportingOverflow(length).partialValue }
    return scene.stage.time &+ sign * length
  }

  func drawPrompt(_ prompt: Prompt, _ lead: Lead, into frame: inout Frame, row: Int) {
    var column = frame.write(" \(prompt.title)", column: 0, row: row, style: Style(.quiet, on: .bar))
    // The end of a long line is what is being typed.
    let room = max(0, frame.columns - column - 2)
    let shown = prompt.text.suffix(columns: room)
    column = frame.write(shown, column: column, row: row, style: Style(.strong, on: .bar, .bold))
    column = frame.write("_", column: column, row: row, style: Style(.strong, on: .bar))
    let hint = "   \(prompt.hint(lead))"
    if column + hint.columnCount < frame.columns {
      frame.write(hint, column: column, row: row, style: Style(.quiet, on: .bar))
    }
  }
}
