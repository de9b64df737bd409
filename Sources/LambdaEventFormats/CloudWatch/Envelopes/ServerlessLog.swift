internal import LambdaLifecycle

/// Lambda's lines as `serverless logs` of versions 3 and 4 rewrites them. They have no time; those of
/// functions have one without a zone, which is left in them.
///
/// Version 3 takes the id off START, and writes REPORT as `END Duration: 88.00 ms (init: 150.00 ms) Memory
/// Used: 70 MB`: the id of the END before it is its own, and that of the START before. The billed length and
/// the configured memory are lost.
struct ServerlessLog: EnvelopeReader {
  /// A START without its id, and the lines that follow it.
  private var held = HeldLog()
  /// The START that is held: nil where none is, an id once its END has been read.
  private var start: Start?

  private enum Start: Equatable {
    case unnamed
    /// The END is held too: the next line shows whether the word is Lambda's.
    case named([UInt8])
  }

  /// A request that writes more than this has no START.
  private static let maximumHeld = 1 << 20

  /// Of the END read last.
  private var request: [UInt8] = []
  private var text: [UInt8] = []
  /// The word alone is Lambda's, and not a function's.
  private var isSure: Bool

  init?(_ line: UnsafeRawBufferPointer) {
    isSure = true
    guard
      ServerlessLog.isStart(line) || ServerlessLog.isEnd(line) || ServerlessLog.isReport(line)
        || line.hasPrefix("END Duration: ") || line.hasPrefix("INIT_START Runtime - Version: ")
        || line.hasPrefix("Logs Start Time: ")
    else { return nil }
  }

  /// A line that is `START` alone, of version 3 or a function's.
  init?(startIn line: UnsafeRawBufferPointer) {
    guard ServerlessLog.isBareStart(line) else { return nil }
    isSure = false
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if line.hasPrefix("END Duration: ") { isSure = true }
    if case .named(let id) = start, !line.withoutBlanks.isEmpty { tellHeld(startOf: id, body) }
    if ServerlessLog.isBareStart(line) {
      // The one before has no END.
      tellHeld(startOf: nil, body)
      start = .unnamed
    } else if start == nil {
      tell(line, body)
    } else {
      var held = HeldLog()
      swap(&held, &self.held)
      tell(line) { held.append($0) }
      swap(&held, &self.held)
      if line.hasPrefix("END RequestId: ") {
        start = .named(request)
      } else if self.held.byteCount > ServerlessLog.maximumHeld {
        tellHeld(startOf: nil, body)
      }
    }
  }

  mutating func finish(_ body: (LogPiece) -> Void) {
    if case .named(let id) = start { tellHeld(startOf: id, body) } else { tellHeld(startOf: nil, body) }
  }

  /// Passes on the lines that have waited, behind their START if that is Lambda's and its id is known.
  private mutating func tellHeld(startOf id: [UInt8]?, _ body: (LogPiece) -> Void) {
    guard start != nil else { return }
    start = nil
    text.removeAll(keepingCapacity: true)
    if !isSure {
      append("START")
    } else if let id {
      id.withUnsafeBytes { rewrite("START RequestId: ", $0, " Version: $LATEST") }
    }
    if !text.isEmpty {
      body(.event(LogEventHeader()))
      text.withUnsafeBytes { body(.line($0)) }
    }
    held.forEach(body)
    held = HeldLog()
  }

  private mutating func tell(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    text.removeAll(keepingCapacity: true)
    if line.hasPrefix("END RequestId: ") {
      request = Array(line.slice(15, line.wordEnd(from: 15)))
    } else if ServerlessLog.isStart(line) {
      rewrite("START RequestId: ", line.slice(from: 8).beforeDash, " Version: $LATEST")
    } else if ServerlessLog.isEnd(line) {
      rewrite("END RequestId: ", line.slice(from: 6).beforeDash)
    } else if ServerlessLog.isReport(line) {
      rewrite("REPORT RequestId: ", line.slice(from: 9).beforeDash)
    } else if line.hasPrefix("INIT_START Runtime - Version: ") {
      rewrite("INIT_START Runtime Version: ", line.slice(from: 30))
    } else if line.hasPrefix("END Duration: ") {
      rewriteReport(line)
    } else if isSure, line.hasPrefix("Logs Start Time: ") {
      return
    } else if ServerlessLog.isHead(line) {
      return
    }
    body(.event(LogEventHeader()))
    if text.isEmpty { body(.line(line)) } else { text.withUnsafeBytes { body(.line($0)) } }
  }

  private static func isBareStart(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("START") && line.withoutTrailingBlanks.count == 5
  }

  private static func isStart(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("START - ") && line.firstIndex(of: " - Version: ") != nil
  }

  private static func isEnd(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("END - ") && line.slice(from: 6).beforeDash.count == 36
  }

  private static func isReport(_ line: UnsafeRawBufferPointer) -> Bool {
    line.hasPrefix("REPORT - ") && line.slice(from: 9).beforeDash.count == 36
  }

  /// `2026-03-02 10:00:00.510 - ID - `: the function's own text follows on the next line.
  private static func isHead(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let time = LogTime(line), line.hasPrefix(" - ", at: time.end) else { return false }
    let rest = line.slice(from: time.end + 3).withoutTrailingBlanks
    return rest.count == 38 && rest.hasPrefix(" -", at: 36)
  }

  private mutating func rewrite(
    _ word: StaticString, _ value: UnsafeRawBufferPointer, _ end: StaticString = ""
  ) {
    append(word)
    text.append(contentsOf: value)
    append(end)
  }

  private mutating func rewriteReport(_ line: UnsafeRawBufferPointer) {
    guard !request.isEmpty else { return }
    func number(behind label: StaticString) -> UnsafeRawBufferPointer? {
      guard let start = line.firstIndex(of: label) else { return nil }
      let value = start + label.utf8CodeUnitCount
      return line.slice(value, line.wordEnd(from: value))
    }
    guard let length = number(behind: "Duration: "), let memory = number(behind: "Memory Used: ") else {
      return
    }
    append("REPORT RequestId: ")
    text.append(contentsOf: request)
    rewrite("\tDuration: ", length, " ms")
    rewrite("\tMax Memory Used: ", memory, " MB")
    if let initLength = number(behind: "(init: ") { rewrite("\tInit Duration: ", initLength, " ms") }
  }

  private mutating func append(_ word: StaticString) {
    text.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}

extension UnsafeRawBufferPointer {
  /// The word before ` - `, or to the end.
  fileprivate var beforeDash: UnsafeRawBufferPointer {
    slice(0, firstIndex(of: " - ") ?? count).withoutTrailingBlanks
  }
}
