internal import LambdaLifecycle

/// Tables drawn with bars: those that the console and Logs Insights put on the clipboard, as ASCII or
/// Markdown, rows that somebody has pasted without their head, and `--output table` of the AWS CLI.
struct TableLog: EnvelopeReader {
  private var columns: LogColumns?
  /// The CLI breaks a row where a message has a line end; it draws its rules with `+`.
  private var isBroken = false
  private var row: [UInt8] = []
  /// `get-query-results` has a row for each field.
  private var results: ResultRow?
  private var days = DayClock()
  /// A row has been read: any other line goes on with its message, or is a function's line between.
  private var hasRow = false
  /// An export of Logs Insights gives the query before the table.
  private var isBeforeTable = false

  private static let maximumLength = 1 << 20

  /// nil where the line is neither a head nor a row whose message Lambda has written.
  init?(_ line: UnsafeRawBufferPointer) {
    let text = line.withoutBlanks
    guard !text.isEmpty else { return nil }
    if text.hasPrefix("**CloudWatch Logs Insights**") { return }
    guard text.firstIndex(ofByte: UInt8(ascii: "|"), from: 0) != nil else { return nil }
    if text.first == UInt8(ascii: "|"), TableLog.isTitle(text) || TableLog.head(text) != nil { return }
    guard let row = TableLog.row(text, columns: nil), row.time != nil, PlatformLine(row.message) != nil else {
      return nil
    }
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if !row.isEmpty { return goOn(line, body) }
    let text = line.withoutBlanks
    if text.isEmpty || text.hasPrefix("```") { return }
    if text.hasPrefix("**CloudWatch Logs Insights**") { isBeforeTable = true }
    if isBeforeTable, text.first != UInt8(ascii: "|") { return }
    isBeforeTable = false
    if TableLog.isRule(text) {
      if text.firstIndex(ofByte: UInt8(ascii: "+"), from: 0) != nil { isBroken = true }
      return
    }
    if text.first == UInt8(ascii: "|") {
      if results == nil, let columns = TableLog.head(text) {
        self.columns = columns
        return
      }
      if TableLog.isHeadOfFields(text) {
        results = results ?? ResultRow()
        return
      }
      if isBroken, text.last != UInt8(ascii: "|") {
        row.append(contentsOf: text)
        return row.append(0x0A)
      }
    }
    readRow(text, line, body)
  }

  mutating func finish(_ body: (LogPiece) -> Void) {
    if !row.isEmpty { endRow(body) }
    results?.end(body)
  }

  private mutating func goOn(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    row.append(contentsOf: line)
    if line.withoutTrailingBlanks.last != UInt8(ascii: "|"), row.count < TableLog.maximumLength {
      return row.append(0x0A)
    }
    endRow(body)
  }

  private mutating func endRow(_ body: (LogPiece) -> Void) {
    var row: [UInt8] = []
    swap(&row, &self.row)
    row.withUnsafeBytes { readRow($0.withoutTrailingBlanks, $0, body) }
  }

  private mutating func readRow(
    _ text: UnsafeRawBufferPointer, _ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void
  ) {
    if results != nil {
      let cells = text.insideBars
      guard text.first == UInt8(ascii: "|") else { return tellOther(line, body) }
      guard let bar = cells.firstIndex(ofByte: UInt8(ascii: "|"), from: 0) else { return }
      results?.add(cells.slice(0, bar).withoutBlanks, cells.slice(from: bar + 1).withoutBlanks, body)
      return
    }
    guard let row = TableLog.row(text, columns: columns) else { return tellOther(line, body) }
    hasRow = true
    var time = row.time
    if let read = row.time { time?.time = days.time(of: read) }
    LogEventHeader(time, logStream: row.logStream, logGroup: row.logGroup).tell(row.message, body)
  }

  /// Passes on a line that is no row. One that begins with a bar is a title, or a table inside of the CLI's.
  private func tellOther(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if line.withoutBlanks.first == UInt8(ascii: "|") { return }
    if hasRow { body(.line(line)) } else { LogEventReader.tellUnknown(line, mayBePage: true, body) }
  }

  // MARK: Lines

  private struct Row {
    var time: LogTime?
    var message: UnsafeRawBufferPointer
    var logStream: UnsafeRawBufferPointer?
    var logGroup: UnsafeRawBufferPointer?
  }

  private static func isTitle(_ text: UnsafeRawBufferPointer) -> Bool {
    let title = text.insideBars.withoutBlanks
    return title.elementsEqual("FilterLogEvents".utf8) || title.elementsEqual("GetLogEvents".utf8)
      || title.elementsEqual("GetQueryResults".utf8)
  }

  private static func isHeadOfFields(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.hasPrefix("|| ") else { return false }
    let cells = text.insideBars.cells
    return cells.count == 2 && cells[0].elementsEqual("field".utf8) && cells[1].elementsEqual("value".utf8)
  }

  private static func head(_ text: UnsafeRawBufferPointer) -> LogColumns? {
    guard text.count < 65_536 else { return nil }
    let cells = text.insideBars.cells
    guard cells.count > 1 || cells.first?.first == UInt8(ascii: "@") else { return nil }
    return LogColumns(names: cells)
  }

  private static func isRule(_ text: UnsafeRawBufferPointer) -> Bool {
    text.allSatisfy {
      switch $0 {
      case UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"),
        0x20:
        true
      default: false
      }
    } && text.firstIndex(of: "--") != nil
  }

  /// The cells of a row. A message may hold bars: only the bars of its table before and behind it are cut
  /// off.
  private static func row(_ text: UnsafeRawBufferPointer, columns: LogColumns?) -> Row? {
    let inside = text.insideBars
    if let columns { return row(inside, columns) }
    let bar = UInt8(ascii: "|")
    let start = inside.skipBlanks(from: 0)
    if let time = LogTime(inside, at: start), inside.hasPrefix("|", at: inside.skipBlanks(from: time.end)) {
      return rowWithoutHead(time, inside.slice(from: inside.skipBlanks(from: time.end) + 1).withoutBlanks)
    }
    // The CLI puts columns in the order of their names: a message may come before its time.
    if let last = inside.lastIndex(of: bar), let time = LogTime(whole: inside.slice(from: last + 1)) {
      return Row(time: time, message: inside.slice(0, last).withoutBlanks)
    }
    return nil
  }

  /// Of columns behind the message only a log stream is known.
  private static func rowWithoutHead(_ time: LogTime, _ message: UnsafeRawBufferPointer) -> Row {
    var row = Row(time: time, message: message)
    let cells = message.cells
    guard cells.count > 1, PlatformLine(cells[0]) != nil else { return row }
    row.message = cells[0]
    row.logStream = cells.first { EnvelopeLine.isLogStream($0) }
    return row
  }

  private static func row(_ inside: UnsafeRawBufferPointer, _ columns: LogColumns) -> Row? {
    let bar = UInt8(ascii: "|")
    var before: [UnsafeRawBufferPointer] = []
    var behind: [UnsafeRawBufferPointer] = []
    var (start, end) = (0, inside.count)
    for _ in 0..<columns.message {
      guard let place = inside.firstIndex(ofByte: bar, from: start) else { return nil }
      before.append(inside.slice(start, place).withoutBlanks)
      start = place + 1
    }
    for _ in 0..<(columns.count - 1 - columns.message) {
      guard let place = inside.slice(start, end).lastIndex(of: bar) else { return nil }
      behind.append(inside.slice(start + place + 1, end).withoutBlanks)
      end = start + place
    }
    func cell(_ place: Int?) -> UnsafeRawBufferPointer? {
      guard let place else { return nil }
      return place < columns.message ? before[place] : behind[columns.count - 1 - place]
    }
    let time = cell(columns.time).flatMap { LogTime(whole: $0) }
    if columns.time != nil, time == nil { return nil }
    return Row(
      time: time, message: inside.slice(start, end).withoutBlanks, logStream: cell(columns.logStream),
      logGroup: cell(columns.logGroup))
  }
}

extension UnsafeRawBufferPointer {
  /// A row without the bars around it, which may be double, or lost.
  fileprivate var insideBars: UnsafeRawBufferPointer {
    let bar = UInt8(ascii: "|")
    var (start, end) = (0, count)
    guard first == bar else { return self }
    while start < Swift.min(2, end), self[start] == bar { start += 1 }
    var bars = 0
    while bars < start, end > start, self[end - 1] == bar { (end, bars) = (end - 1, bars + 1) }
    return slice(start, end)
  }

  fileprivate var cells: [UnsafeRawBufferPointer] {
    split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
      UnsafeRawBufferPointer(rebasing: $0).withoutBlanks
    }
  }
}
