internal import LambdaLifecycle

/// Puts a REPORT together that the clipboard, a terminal or the Serverless Framework has broken over lines. Nothing waits but a
/// REPORT whose fields are not there.
struct ReportJoiner: Sendable {
  /// The REPORT that waits.
  private var text: [UInt8] = []
  /// An event without a time has begun since, and nothing of it has been passed on.
  private var hasEvent = false

  private static let maximumLength = 4_096

  /// Nothing waits.
  @inline(__always) var isEmpty: Bool { text.isEmpty }

  /// True if a piece begins a REPORT that may go on.
  /// - Parameter isTimed: its arrival was noted, and a viewer may be waiting for it.
  @inline(__always)
  static func mayGoOn(_ piece: LogPiece, isTimed: Bool) -> Bool {
    guard case .line(let line) = piece, line.first == UInt8(ascii: "R"), line.hasPrefix("REPORT RequestId: ")
    else {
      return false
    }
    // Lambda ends it with a tab. The fields that each has are no longer than this.
    let end = line.last == UInt8(ascii: "\t") ? line.count - 1 : line.count
    if end < line.count, line.count > 140 { return false }
    // Mostly it is enough to look at the last field. Init Duration, behind all others, may be on the next line.
    if has(field: "Max Memory Used: ", unit: " MB", of: line, before: end) {
      return end == line.count && !isTimed
    }
    if has(field: "Init Duration: ", unit: " ms", of: line, before: end) || endsInStatus(line) {
      return false
    }
    return isBroken(line, isTimed: isTimed)
  }

  /// True if a number with its field and unit stands right before a place.
  private static func has(
    field: StaticString, unit: StaticString, of line: UnsafeRawBufferPointer, before end: Int
  ) -> Bool {
    var start = end - unit.utf8CodeUnitCount
    guard start > 0, line.hasPrefix(unit, at: start) else { return false }
    while start > 0, (0x30...0x39).contains(line[start - 1]) || line[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    start -= field.utf8CodeUnitCount
    return start >= 0 && line.hasPrefix(field, at: start)
  }

  /// Behind Status and Error Type no field is missed.
  private static func endsInStatus(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let tab = line.lastIndex(of: UInt8(ascii: "\t")) else { return false }
    return line.hasPrefix("Status: ", at: tab + 1) || line.hasPrefix("Error Type: ", at: tab + 1)
  }

  private static func isBroken(_ line: UnsafeRawBufferPointer, isTimed: Bool) -> Bool {
    let fields = ReportJoiner.fields(line)
    if !fields.isComplete { return line.count < maximumLength }
    // Init Duration, the last field, may be on the next line.
    return !isTimed && fields.report.initDuration < 0 && fields.report.restoreDuration < 0
      && fields.report.outcome == .none && line.last != UInt8(ascii: "\t")
  }

  private static func fields(_ line: UnsafeRawBufferPointer) -> ReportFields {
    ReportFields(line, from: line.wordEnd(from: 18))
  }

  /// Takes a piece, and calls `body` with those that do not wait.
  mutating func add(_ piece: LogPiece, isTimed: Bool, _ body: (LogPiece) -> Void) {
    if !isEmpty {
      switch piece {
      case .event(let header) where header.time == nil:
        hasEvent = true
        return
      case .line(let line) where line.withoutBlanks.isEmpty || goesOn(line): return
      case .event, .noise: flush(body)
      case .line:
        let hadEvent = hasEvent
        flush(body)
        if hadEvent { body(.event(LogEventHeader())) }
      }
    }
    if case .line(let line) = piece, ReportJoiner.mayGoOn(piece, isTimed: isTimed) {
      hold(line)
    } else {
      body(piece)
    }
  }

  /// Keeps a REPORT that may go on. Nothing else may wait.
  @inline(__always)
  mutating func hold(_ report: UnsafeRawBufferPointer) { text.append(contentsOf: report) }

  /// No more pieces are to come.
  mutating func flush(_ body: (LogPiece) -> Void) {
    hasEvent = false
    guard !isEmpty else { return }
    text.withUnsafeBytes { body(.line($0)) }
    text.removeAll(keepingCapacity: true)
  }

  /// Takes a line if it has a further field.
  private mutating func goesOn(_ line: UnsafeRawBufferPointer) -> Bool {
    guard text.count + line.count < ReportJoiner.maximumLength else { return false }
    let count = text.withUnsafeBytes { ReportJoiner.fields($0.withoutTrailingBlanks).count }
    var joined = text
    while let last = joined.last, last == 0x20 || last == 0x09 { joined.removeLast() }
    // A field may be broken between its words, where a space stands.
    joined.append(UInt8(ascii: " "))
    joined.append(contentsOf: line.withoutBlanks)
    guard joined.withUnsafeBytes({ ReportJoiner.fields($0).count }) > count else { return false }
    text = joined
    hasEvent = false
    return true
  }
}
