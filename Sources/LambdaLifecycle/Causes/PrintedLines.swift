/// The lines that functions have printed, as far as they are kept.
package struct PrintedLines: Sendable {
  private let history: EventHistory
  private let texts: TextStore

  /// Nothing is kept.
  package static let none = PrintedLines(EventHistory(limit: 0), TextStore(limit: 0))

  /// How many events before an end are looked at.
  private static let looked = 1_000

  package init(_ history: EventHistory, _ texts: TextStore) {
    self.history = history
    self.texts = texts
  }

  /// The line that says why something ended, of those that an environment's function printed in a stretch; nil where nothing is
  /// known or kept.
  /// - Parameter request: whose invocation it was; `.none` for any.
  package func telling(
    in environment: EnvironmentID, _ stretch: ClosedRange<Timestamp>, of request: RequestID = .none
  ) -> TellingLine? {
    // Output takes its time to arrive.
    let end = stretch.upperBound &+ EnvironmentTrack.outputDelay
    var line = history.count(of: .environment(environment), upTo: history.place(at: end)) - 1
    let least = line - Self.looked
    var printed: [String] = []
    while line > least, let (_, entry) = history.line(line, of: .environment(environment)) {
      line -= 1
      guard entry.time >= stretch.lowerBound else { break }
      guard case .output(.function, let range) = entry.event.kind else { continue }
      let isOthers = request != .none && entry.event.request != .none && entry.event.request != request
      if !isOthers, let text = texts.text(range) { printed.append(text) }
    }
    return TellingLine(printed.reversed())
  }
}
