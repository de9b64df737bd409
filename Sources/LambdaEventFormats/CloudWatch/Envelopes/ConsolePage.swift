internal import LambdaLifecycle

/// The words on the console's page around the log.
enum ConsolePage {
  private static let words: [StaticString] = [
    "Copy", "Back to top", "Log events", "Actions", "Start tailing", "Create metric filter", "1m", "30m",
    "1h",
    "12h", "Custom", "Clear", "UTC timezone", "Local timezone", "Display", "Timestamp", "Message", "Retry",
    "Auto retry", "Resume", "Load more", "Load older events", "Load newer events", "Info", "View as text",
  ]

  /// A line that may be a button of the page. A function may write such a word too.
  static func isFurniture(_ line: UnsafeRawBufferPointer) -> Bool {
    let text = line.withoutBlanks
    return words.contains { text.matches($0, at: 0, end: text.count) } || isLongFurniture(text)
      || isHead(text)
  }

  /// A line that is a sentence of the page.
  static func isLongFurniture(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = line.first,
      first == UInt8(ascii: "N") || first == UInt8(ascii: "Y") || first <= 0x20
        || first &- UInt8(ascii: "0") < 10
    else { return false }
    let text = line.withoutBlanks
    if text.hasPrefix("No older events") || text.hasPrefix("No newer events")
      || text.hasPrefix("You can use the filter bar below to search")
    {
      return true
    }
    let number = text.digitsEnd(from: 0)
    return number > 0 && text.matches(" events loaded", at: number, end: text.count)
  }

  /// `Timestamp ⇥⇥Message`, in letters of any size.
  private static func isHead(_ text: UnsafeRawBufferPointer) -> Bool {
    let end = text.wordEnd(from: 0)
    let next = text.skipBlanks(from: end)
    guard end == 9, text.count - next == 7, case .time = LogField(text.slice(0, end)),
      case .message = LogField(text.slice(from: next))
    else { return false }
    return true
  }
}

/// Sentences of the console's page that came between log events. They are dropped at the end of a log, and where more of the page
/// has been seen; else a function has printed them.
struct PageFurniture: Sendable {
  /// The page was seen before the first event.
  var isPasted = false
  private var lines = UndecidedLines()

  var isEmpty: Bool { lines.isEmpty }

  mutating func hold(_ line: UnsafeRawBufferPointer) {
    if !isPasted, !lines.isFull { lines.hold(line, stream: nil, arrival: nil) }
  }

  mutating func end(_ body: (LogPiece) -> Void) { lines.takeAll { line, _, _ in body(.line(line)) } }
}
