/// Reads the parts of a prefix.
struct PrefixCursor {
  private let line: UnsafeRawBufferPointer
  private var index: Int

  init(_ line: UnsafeRawBufferPointer, at start: Int) {
    self.line = line
    index = start
  }

  static func isOfService(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "@"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// The prefix ends here, with a blank or with the line: editors take blanks off.
  func end(_ name: UnsafeRawBufferPointer? = nil) -> LinePrefix.Found? {
    if index == line.count { return here(name) }
    guard line[index] == UInt8(ascii: " ") else { return nil }
    return LinePrefix.Found(end: index + 1, name: name ?? line.slice(0, 0))
  }

  func here(_ name: UnsafeRawBufferPointer? = nil) -> LinePrefix.Found {
    LinePrefix.Found(end: index, name: name ?? line.slice(0, 0))
  }

  func isNext(_ text: StaticString) -> Bool { line.hasPrefix(text, at: index) }

  @discardableResult
  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    index += text.utf8CodeUnitCount
    return true
  }

  mutating func skip(_ text: StaticString) { while take(text) {} }

  /// The bytes up to the first that is another; nil where there are none, or too many.
  mutating func word(
    upTo maximum: Int, where isInside: (UInt8) -> Bool
  ) -> UnsafeRawBufferPointer? {
    let start = index
    while index < line.count, index - start <= maximum, isInside(line[index]) { index += 1 }
    let count = index - start
    return count > 0 && count <= maximum ? line.slice(start, index) : nil
  }

  /// So many digits and no more; nothing is taken where there are others.
  mutating func digits(_ count: ClosedRange<Int>) -> Bool {
    let start = index
    while index < line.count, index - start <= count.upperBound, line[index] &- 0x30 < 10 { index += 1 }
    if count.contains(index - start) { return true }
    index = start
    return false
  }

  mutating func hexadecimalPair() -> Bool {
    guard index + 2 <= line.count, hexadecimalDigit(line[index]) != nil,
      hexadecimalDigit(line[index + 1]) != nil
    else { return false }
    index += 2
    return true
  }

  /// `2026-03-02T08:00:00.123Z` or with an offset.
  /// - Parameter digits: behind the second; 0 where there need not be a point.
  mutating func time(digits count: ClosedRange<Int>) -> Bool {
    guard digits(4...4), take("-"), digits(2...2), take("-"), digits(2...2), take("T"), clock() else {
      return false
    }
    if take(".") {
      guard digits(count) else { return false }
    } else if count.lowerBound > 0 {
      return false
    }
    if take("Z") { return true }
    guard take("+") || take("-"), digits(2...2) || digits(2...4) else { return false }
    take(":")
    return digits(0...2)
  }

  /// `08:00:00`; nothing is taken where it is none.
  mutating func clock() -> Bool {
    let start = index
    if digits(2...2), take(":"), digits(2...2), take(":"), digits(2...2) { return true }
    index = start
    return false
  }

  /// `Mar 02 08:00:00`, `2026-03-02T08:00:00+0000`, either with a fraction; `Mon 2026-03-02 08:00:00 UTC`,
  /// `1772438400.480123`.
  mutating func journalTime() -> Bool {
    if take("<"), !(digits(1...3) && take(">")) { return false }
    guard index < line.count else { return false }
    if line[index] &- 0x30 < 10 {
      if digits(10...10) { return take(".") && digits(6...6) }
      return time(digits: 0...6)
    }
    if takeAny(of: ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "]) {
      guard digits(4...4), take("-"), digits(2...2), take("-"), digits(2...2), take(" "), clock() else {
        return false
      }
      if take("."), !digits(3...6) { return false }
      return take(" ") && word(upTo: 6, where: { $0 > 0x20 }) != nil
    }
    guard
      takeAny(of: [
        "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec ",
      ])
    else { return false }
    take(" ")
    guard digits(1...2), take(" "), clock() else { return false }
    return !take(".") || digits(3...6)
  }

  private mutating func takeAny(of words: [StaticString]) -> Bool { words.contains { take($0) } }
}
