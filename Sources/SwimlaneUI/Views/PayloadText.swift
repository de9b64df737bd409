internal import LambdaLifecycle

/// The event that a request's caller sent and the answer that it got, as lines for a pane; none where nobody
/// reported them.
struct PayloadText {
  private var event: [String] = []
  private var answer: [String] = []
  /// Of `event` and `answer`, with a column after each.
  private static let headingWidth = 7

  /// - Parameters:
  ///   - place: of the request.
  ///   - time: the moment looked at: an answer that comes later is not known yet.
  ///   - columns: of the screen.
  init(
    _ place: Int, _ timeline: borrowing Timeline, _ texts: TextStore, at time: Timestamp, columns: Int
  ) {
    let request = timeline.requests[place]
    guard let told = timeline.payloads(of: request.id) else { return }
    let width = max(10, columns - Self.headingWidth - 2)
    if let payload = told.event { event = Self.lines(payload, texts, width) }
    if let payload = told.answer, request.answered <= time { answer = Self.lines(payload, texts, width) }
  }

  /// How many lines there are.
  var count: Int { event.count + answer.count }

  /// The lines, cut where there is no room for all: each side keeps one at least.
  func lines(most: Int, end: String) -> [Viewer.PaneLine] {
    let forEvent = min(event.count, max(most / 2, most - answer.count))
    let forAnswer = min(answer.count, max(0, most - forEvent))
    return Self.lines(event, forEvent, "event", end) + Self.lines(answer, forAnswer, "answer", end)
  }

  private static func lines(_ all: [String], _ count: Int, _ heading: String, _ end: String)
    -> [Viewer.PaneLine]
  {
    guard count > 0 else { return [] }
    let names = [heading] + Array(repeating: "", count: count - 1)
    var lines = zip(all, names).map { text, name in
      Viewer.PaneLine(
        text: text, heading: name + String(repeating: " ", count: headingWidth - 1 - name.count),
        headingRole: .quiet)
    }
    if count < all.count {
      let last = lines[count - 1].text
      lines[count - 1].text = last.prefix(columns: last.columnCount - end.columnCount) + end
    }
    return lines
  }

  /// Broken where the screen ends, not between words: what it holds matters, and JSON may have no blanks.
  private static func lines(_ payload: Payload, _ texts: TextStore, _ width: Int) -> [String] {
    guard var text = texts.text(payload.text)?.onOneLine else { return ["(it has been let go)"] }
    if payload.bytes == 0 { text = "(nothing)" }
    let lines = text.broken(columns: width)
    guard payload.bytes > payload.text.length else { return lines }
    let (shown, all) = (grouped(Int(payload.text.length)), grouped(Int(payload.bytes)))
    return lines + ["(the first \(shown) of \(all) bytes)"]
  }
}

extension String {
  /// Its lines joined by a blank, without what only lays them out. Blanks inside a line stay: they may be in a text.
  var onOneLine: String {
    split(whereSeparator: \.isNewline).map { line in
      let end = line.lastIndex { !$0.isWhitespace }
      return end.map { line[...$0].drop(while: \.isWhitespace) } ?? ""
    }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
