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
    /// The text that environments are filtered by: it takes effect while it is typed.
    case filter
    /// A text to search the log for.
    case search
  }

  /// The line's state after a key.
  enum Progress { case typing, entered, cancelled }

  let purpose: Purpose
  private(set) var text = ""

  init(_ purpose: Purpose) { self.purpose = purpose }

  mutating func append(_ text: String) { self.text += text }

  /// Takes a key.
  mutating func type(_ key: Key) -> Progress {
    switch key {
    case .character(let scalar) where scalar.isShown: text.unicodeScalars.append(scalar)
    case .backspace: _ = text.popLast()
    case .enter: return .entered
    case .escape: return .cancelled
    default: break
    }
    return .typing
  }

  fileprivate var title: String {
    switch purpose {
    case .save: "save to: "
    case .marker: "marker: "
    case .time: "go to: "
    case .filter: "filter: "
    case .search: "search the log: "
    }
  }

  fileprivate func hint(_ lead: Lead) -> String {
    switch purpose {
    case .save where lead.isObserved: "NAME.jsonl a recording  esc cancel"
    case .save: "NAME.yaml a scenario  NAME.jsonl a recording  esc cancel"
    case .marker: "its name, then enter  esc cancel"
    case .time: "1m30s  2:05  40%  +5s  -5s  esc cancel"
    case .filter: EnvironmentFilter.hint
    case .search: "enter find  esc cancel"
    }
  }
}

extension Viewer {
  /// The filter is being typed.
  package var isTyping: Bool {
    if case .prompt(let prompt) = overlay { prompt.purpose == .filter } else { false }
  }

  /// Answers a key while a line is typed.
  mutating func answer(_ key: Key, in prompt: Prompt, _ scene: borrowing Scene) -> Answer {
    var prompt = prompt
    switch prompt.type(key) {
    case .typing: keep(prompt)
    case .cancelled:
      overlay = nil
      if prompt.purpose == .filter { filter = "" }
    case .entered:
      overlay = nil
      return answer(prompt, scene)
    }
    return .handled
  }

  /// Keeps the line as it has been typed so far.
  mutating func keep(_ prompt: Prompt) {
    overlay = .prompt(prompt)
    if prompt.purpose == .filter { filter = prompt.text }
  }

  /// Does what a line was typed for; an empty one is for nothing.
  private mutating func answer(_ prompt: Prompt, _ scene: borrowing Scene) -> Answer {
    let isEmpty = prompt.text.isEmpty
    switch prompt.purpose {
    case .save: return isEmpty ? .handled : .program(.save(prompt.text))
    case .marker: return isEmpty ? .handled : .program(.addMarker(prompt.text))
    case .time: return isEmpty ? .handled : go(to: prompt.text, scene)
    case .search: return searchLog(for: prompt.text, scene)
    case .filter:
      // One that means nothing stays to be mended.
      if EnvironmentFilter(prompt.text).mistake != nil { overlay = .prompt(prompt) }
      return .handled
    }
  }

  /// Looks at a moment that somebody has written.
  private mutating func go(to text: String, _ scene: borrowing Scene) -> Answer {
    guard let time = moment(named: text, scene) else {
      return .tell("expected a time as 1m30s or 2:05, a part as 40%, or a step as +5s; found \(text)")
    }
    return move(.seek(time))
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
