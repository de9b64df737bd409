internal import LambdaLifecycle

/// The fields of a REPORT line behind its request id, from Lambda or its emulator. They stand behind tabs; a copy from
/// CloudWatch's console has spaces instead. Order and number differ.
struct ReportFields {
  private(set) var report = Report()
  /// Behind the last field, and behind a tab that follows it.
  private(set) var end: Int
  /// A field that every REPORT has, the last of those, was there.
  private(set) var isComplete = false
  /// The emulator's Init Duration stands in front of all others, Lambda's behind.
  private(set) var initComesFirst = false
  private(set) var errorType = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Fields so far.
  private(set) var count = 0
  private let text: UnsafeRawBufferPointer

  init(_ text: UnsafeRawBufferPointer, from start: Int) {
    self.text = text
    end = start
    while readField() {}
    if end < text.count, text[end] == UInt8(ascii: "\t") { end += 1 }
  }

  private mutating func readField() -> Bool {
    let name = text.skipBlanks(from: end)
    guard name > end, name < text.count else { return false }
    switch text[name] {
    case UInt8(ascii: "D"):
      guard let value = number(name, "Duration: ", unit: " ms") else { return false }
      report.duration = ReportFields.milliseconds(value) ?? -1
    case UInt8(ascii: "B"):
      if let value = number(name, "Billed Duration: ", unit: " ms") {
        report.billedMs = ReportFields.count(value)
      } else if let value = number(name, "Billed Restore Duration: ", unit: " ms") {
        report.billedRestoreMs = ReportFields.count(value)
      } else {
        return false
      }
    case UInt8(ascii: "M"):
      if let value = number(name, "Memory Size: ", unit: " MB") {
        report.memoryMB = ReportFields.count(value)
      } else if let value = number(name, "Max Memory Used: ", unit: " MB") {
        report.maxMemoryUsedMB = ReportFields.count(value)
        isComplete = true
      } else {
        return false
      }
    case UInt8(ascii: "I"):
      guard let value = number(name, "Init Duration: ", unit: " ms") else { return false }
      report.initDuration = ReportFields.milliseconds(value) ?? -1
      initComesFirst = count == 0
    case UInt8(ascii: "R"):
      guard let value = number(name, "Restore Duration: ", unit: " ms") else { return false }
      report.restoreDuration = ReportFields.milliseconds(value) ?? -1
    case UInt8(ascii: "S"):
      guard let status = word(name, "Status: ") else { return false }
      report.outcome = Outcome(status: status)
    case UInt8(ascii: "E"):
      guard let type = word(name, "Error Type: ") else { return false }
      errorType = type
    default: return false
    }
    count += 1
    return true
  }

  private mutating func number(
    _ name: Int, _ label: StaticString, unit: StaticString
  ) -> UnsafeRawBufferPointer? {
    guard text.hasPrefix(label, at: name) else { return nil }
    let start = name + label.utf8CodeUnitCount
    let behind = text.wordEnd(from: start)
    guard behind > start, text.hasPrefix(unit, at: behind) else { return nil }
    end = behind + unit.utf8CodeUnitCount
    return text.slice(start, behind)
  }

  private mutating func word(_ name: Int, _ label: StaticString) -> UnsafeRawBufferPointer? {
    guard text.hasPrefix(label, at: name) else { return nil }
    let start = name + label.utf8CodeUnitCount
    end = text.wordEnd(from: start)
    return text.slice(start, end)
  }

  /// `891.170000` as nanoseconds.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Nanoseconds? {
    var scanner = JSONScanner(text)
    guard let value = scanner.number(scale: 6), !scanner.failed, scanner.isAtEnd else { return nil }
    return CalendarDate.lengths.contains(value) ? value : nil
  }

  private static func count(_ text: UnsafeRawBufferPointer) -> Int32 {
    var scanner = JSONScanner(text)
    guard let value = scanner.number(scale: 0), !scanner.failed, scanner.isAtEnd, value >= 0 else {
      return -1
    }
    return Int32(exactly: value) ?? -1
  }
}

extension UnsafeRawBufferPointer {
  /// The first place at `start` or later that is neither space nor tab.
  @inline(__always)
  func skipBlanks(from start: Int) -> Int {
    var index = start
    while index < count, self[index] == UInt8(ascii: " ") || self[index] == UInt8(ascii: "\t") { index &+= 1 }
    return index
  }

  /// The end of the word that begins at `start`: the next space or tab, or the end.
  @inline(__always)
  func wordEnd(from start: Int) -> Int {
    var index = start
    // Names of log streams are long: eight bytes at once.
    while index >= 0, index &+ 8 <= count {
      let bytes = UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let blanks = bytes.marks(of: UInt8(ascii: " ")) | bytes.marks(of: UInt8(ascii: "\t"))
      if blanks != 0 { return index &+ blanks.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, self[index] != UInt8(ascii: " "), self[index] != UInt8(ascii: "\t") { index &+= 1 }
    return index
  }

  /// Without spaces, tabs and line ends at its end.
  var withoutTrailingBlanks: UnsafeRawBufferPointer {
    var end = count
    while end > 0, self[end - 1] == 0x20 || (0x09...0x0D).contains(self[end - 1]) { end -= 1 }
    return slice(0, end)
  }
}
