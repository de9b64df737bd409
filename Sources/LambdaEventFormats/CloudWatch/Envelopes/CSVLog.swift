internal import LambdaLifecycle

/// Comma-separated values: the download of the console's log events and of Logs Insights. A message stands in
/// quotes where it has several lines, which nearly all have, because Lambda ends them with a line end.
struct CSVLog: EnvelopeReader {
  private var columns: LogColumns
  private var separator: UInt8
  /// The lines of the row that has begun.
  private var row: [UInt8] = []
  private var isInQuotes = false
  /// The cells of a row, without their quotes.
  private var cells: [UInt8] = []
  private var ends: [Int] = []

  /// A longer row is read as far as it goes: a quote that nobody closes must not fill the memory.
  private static let maximumLength = 1 << 20

  /// nil where the line is neither a head nor a row whose message Lambda has written.
  init?(_ line: UnsafeRawBufferPointer) {
    columns = LogColumns(count: 2)
    separator = UInt8(ascii: ",")
    let line = line.first == UInt8(ascii: "`") ? line.slice(from: 1) : line
    if let (columns, separator) = CSVLog.head(line) {
      (self.columns, self.separator) = (columns, separator)
      return
    }
    let isQuoted = line.first == UInt8(ascii: "\"")
    guard let time = LogTime(line, at: isQuoted ? 1 : 0) else { return nil }
    var place = time.end
    if isQuoted, line.hasPrefix("\"", at: place) { place += 1 }
    guard line.hasPrefix(",", at: place) else { return nil }
    place += line.hasPrefix("\"", at: place + 1) ? 2 : 1
    guard PlatformLine(line.slice(from: place)) != nil else { return nil }
  }

  private static func head(_ line: UnsafeRawBufferPointer) -> (LogColumns, UInt8)? {
    guard line.count < 4_096, let first = line.first,
      first.isWordByte || first == UInt8(ascii: "@") || first == 0x22
    else { return nil }
    let isAlone = first == UInt8(ascii: "@")
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";")]
    where isAlone || line.firstIndex(ofByte: separator, from: 0) != nil {
      let names = line.split(separator: separator, omittingEmptySubsequences: false).map {
        UnsafeRawBufferPointer(rebasing: $0).withoutBlanks.withoutQuotes
      }
      if let columns = LogColumns(names: names), names.count > 1 || isAlone {
        return (columns, separator)
      }
    }
    return nil
  }

  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    if row.isEmpty {
      let text = line.withoutBlanks
      if text.isEmpty || text.hasPrefix("```") { return }
      let head = text.first == UInt8(ascii: "`") ? text.slice(from: 1) : text
      if let (columns, separator) = CSVLog.head(head) {
        (self.columns, self.separator) = (columns, separator)
        return
      }
    }
    row.append(contentsOf: line)
    for byte in line where byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
    if isInQuotes, row.count < CSVLog.maximumLength { return row.append(0x0A) }
    endRow(body)
  }

  mutating func finish(_ body: (LogPiece) -> Void) {
    if !row.isEmpty { endRow(body) }
  }

  private mutating func endRow(_ body: (LogPiece) -> Void) {
    splitRow()
    isInQuotes = false
    cells.withUnsafeBytes { cells in
      func cell(_ place: Int?) -> UnsafeRawBufferPointer? {
        guard let place, place < ends.count else { return nil }
        return cells.slice(place == 0 ? 0 : ends[place - 1], ends[place])
      }
      let time = cell(columns.time).flatMap { LogTime(whole: $0) }
      guard let message = cell(columns.message), time != nil || columns.time == nil else {
        return row.withUnsafeBytes { body(.noise("no row of a log: it has no time, or no message", $0)) }
      }
      LogEventHeader(time, logStream: cell(columns.logStream), logGroup: cell(columns.logGroup))
        .tell(message, body)
    }
    row.removeAll(keepingCapacity: row.count < 1 << 16)
  }

  /// Cuts the row at its separators; two quotes inside of a cell in quotes are one.
  private mutating func splitRow() {
    cells.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var isInside = false
    var index = 0
    while index < row.count {
      let byte = row[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        if isInside, index < row.count, row[index] == byte {
          cells.append(byte)
          index += 1
        } else {
          isInside.toggle()
        }
      } else if byte == separator, !isInside {
        ends.append(cells.count)
      } else {
        cells.append(byte)
      }
    }
    ends.append(cells.count)
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var withoutQuotes: UnsafeRawBufferPointer {
    count > 1 && first == UInt8(ascii: "\"") && last == UInt8(ascii: "\"") ? slice(1, count - 1) : self
  }
}
