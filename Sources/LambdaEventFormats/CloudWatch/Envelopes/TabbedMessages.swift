internal import LambdaLifecycle

/// Bare messages, each an event. `--query 'events[].message' --output text` puts a tab before each but the first, so that a
/// line without one goes on with a message; and a message that has no line end is followed by the next on its line.
struct TabbedMessages: Sendable {
  /// True if tabs stand between messages; nil as long as no message of Lambda's has shown it.
  private var hasTabs: Bool?
  /// Lines from the first that begins with a tab, which a stack trace may do too.
  private var held = UndecidedLines()
  private var isFirst = true

  /// - Parameter isTimed: the line's arrival was noted, and a viewer may be waiting for it.
  mutating func read(_ line: UnsafeRawBufferPointer, isTimed: Bool, _ body: (LogPiece) -> Void) {
    if hasTabs == nil {
      let isTabbed = line.first == UInt8(ascii: "\t")
      if PlatformLine(isTabbed ? line.slice(from: 1) : line) != nil {
        // Before the first message no tab stands.
        if isTabbed || !isFirst { decide(isTabbed, body) }
      } else if !isTimed, isTabbed || !held.isEmpty {
        held.hold(line, stream: nil, arrival: nil)
        if held.isFull { decide(false, body) }
        return
      }
    }
    tell(line, body)
  }

  /// No more lines are to come.
  mutating func finish(_ body: (LogPiece) -> Void) { if !held.isEmpty { decide(false, body) } }

  private mutating func decide(_ hasTabs: Bool, _ body: (LogPiece) -> Void) {
    self.hasTabs = hasTabs
    var held = UndecidedLines()
    swap(&held, &self.held)
    held.takeAll { line, _, _ in tell(line, body) }
  }

  private mutating func tell(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    defer { isFirst = false }
    guard hasTabs == true else {
      body(.event(LogEventHeader()))
      return body(.line(line))
    }
    var start = 0
    if line.first == UInt8(ascii: "\t") {
      body(.event(LogEventHeader()))
      start = 1
    } else if isFirst {
      body(.event(LogEventHeader()))
    }
    while let tab = TabbedMessages.nextMessage(in: line, from: start) {
      body(.line(line.slice(start, tab)))
      body(.event(LogEventHeader()))
      start = tab + 1
    }
    body(.line(line.slice(from: start)))
  }

  /// The tab before a message of Lambda's own that follows on another.
  private static func nextMessage(in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var place = start
    while let tab = line.firstIndex(ofByte: UInt8(ascii: "\t"), from: place) {
      let isMessage =
        line.hasPrefix("END RequestId: ", at: tab + 1) || line.hasPrefix("START RequestId: ", at: tab + 1)
        || line.hasPrefix("REPORT RequestId: ", at: tab + 1)
      if isMessage, PlatformLine(line.slice(from: tab + 1)) != nil { return tab }
      place = tab + 1
    }
    return nil
  }
}
