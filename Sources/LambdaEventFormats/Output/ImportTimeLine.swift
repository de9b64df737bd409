internal import LambdaLifecycle

extension OutputLine {
  /// `import time:  own [us] | total [us] | name`, the name indented by two for each import it is inside of. Source:
  /// Python/import.c of CPython.
  init?(importTime line: UnsafeRawBufferPointer) {
    guard line.hasPrefix("import time:") else { return nil }
    guard let bar = line.firstIndex(of: " | "), let second = line.firstIndex(of: " | ", from: bar + 1),
      let own = Self.microseconds(line.slice(12, bar)),
      let total = Self.microseconds(line.slice(bar + 3, second))
    else { return nil }
    var start = second + 3
    while start < line.count, line[start] == UInt8(ascii: " ") { start += 1 }
    var name = line.slice(from: start).withoutCarriageReturn
    name = name.slice(0, min(name.count, 200))
    // A module's name is an identifier with dots; anything else is somebody's text.
    guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), name.isText else { return nil }
    self = .importTime(
      name: name.text, own: own, total: total, depth: Int32(min(100, (start - second - 3) / 2)))
  }

  private static func microseconds(_ text: UnsafeRawBufferPointer) -> Nanoseconds? {
    var start = 0
    while start < text.count, text[start] == UInt8(ascii: " ") { start += 1 }
    guard start < text.count, text.count - start <= 12 else { return nil }
    var value: Int64 = 0
    for index in start..<text.count {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
      value = value * 10 + Int64(text[index] - UInt8(ascii: "0"))
    }
    let length = value * 1_000
    return CalendarDate.lengths.contains(length) ? length : nil
  }
}
