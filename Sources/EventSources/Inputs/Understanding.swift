internal import LambdaLifecycle

/// Finds out if anything of an input is understood: an event other than output, a marker, lost lines or lines
/// that nobody understands.
struct Understanding: Sendable {
  private(set) var hasEvent = false
  /// A marker or output of a recording: it has said something, though nothing of an environment.
  private(set) var hasOther = false
  /// Lines that a function or an extension has printed.
  private(set) var outputs = 0
  /// The first text that was not understood or could be anybody's; empty where there is none.
  private(set) var firstLine = ""

  private static let maximumLength: Int32 = 400

  /// Looks at the events decoded last, until something is understood.
  mutating func look(at events: ArraySlice<LifecycleEvent>, in text: TextStore) {
    for event in events {
      switch event.kind {
      case .output(_, let range):
        hasOther = true
        outputs += 1
        keep(range, of: text)
      case .undecodable(_, let range): keep(range, of: text)
      case .marker: hasOther = true
      case .dropped: break
      default:
        hasEvent = true
        return
      }
    }
  }

  private mutating func keep(_ range: TextRange, of text: TextStore) {
    guard firstLine.isEmpty else { return }
    var beginning = range
    beginning.length = min(range.length, Self.maximumLength)
    let found = text.text(beginning) ?? ""
    if found.contains(where: { !$0.isWhitespace }) { firstLine = found }
  }
}
