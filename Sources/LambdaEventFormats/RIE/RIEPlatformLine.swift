internal import LambdaLifecycle

extension RIELine {
  /// The first START, END or REPORT line in a text, wherever it stands.
  static func nextPlatformLine(
    in text: UnsafeRawBufferPointer, from start: Int
  ) -> (start: Int, end: Int, line: RIELine)? {
    var search = start
    while let mark = text.firstIndex(of: " RequestId: ", from: search) {
      search = mark + 1
      let id = text.slice(mark + 12, mark + 48)
      // The emulator's ids are always UUIDs; a function that prints something alike is left alone.
      guard id.count == 36, RequestID(uuid: id) != nil else { continue }
      let fields = mark + 48
      if text.hasPrefix("START", at: mark - 5), text.hasPrefix(" Version: ", at: fields) {
        return (mark - 5, endOfVersion(in: text, from: fields + 10), .start(id))
      }
      if text.hasPrefix("REPORT", at: mark - 6), let (end, report) = report(in: text, from: fields) {
        return (mark - 6, end, .report(id, report))
      }
      if text.hasPrefix("END", at: mark - 3) { return (mark - 3, fields, .end(id)) }
    }
    return nil
  }

  /// Behind the version, which is `$LATEST` unless somebody set another.
  static func endOfVersion(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
    if text.hasPrefix("$LATEST", at: start) { return start + 7 }
    var end = start
    while end < text.count, text[end] != UInt8(ascii: " "), text[end] != UInt8(ascii: "\t") { end += 1 }
    return end
  }

  /// The fields of a REPORT line. Its Init Duration times a hand-over inside the emulator and its memory used is the
  /// memory configured: neither is true, neither is kept.
  private static func report(in text: UnsafeRawBufferPointer, from start: Int) -> (end: Int, report: Report)?
  {
    let fields = ReportFields(text, from: start)
    guard fields.isComplete else { return nil }
    var report = fields.report
    report.initDuration = -1
    report.maxMemoryUsedMB = -1
    return (fields.end, report)
  }
}
