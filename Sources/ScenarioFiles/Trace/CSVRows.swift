internal import LambdaLifecycle

/// The rows of a CSV file (RFC 4180, but a field has no line breaks). Empty lines are no rows.
struct CSVRows {
  /// The beginning and end of a field's text, without its quotes.
  struct Field {
    var begin: Int
    var end: Int
    var isQuoted = false
    var isEmpty: Bool { begin == end }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The line of the row, from 1.
  private(set) var line = 0
  private(set) var fields: [Field] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // A byte order mark, as spreadsheets write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Goes to the next row; false at the end.
  mutating func next() -> Bool {
    while position < bytes.count {
      line += 1
      fields.removeAll(keepingCapacity: true)
      readFields()
      if fields.count > 1 || !fields[0].isEmpty || fields[0].isQuoted { return true }
    }
    return false
  }

  /// Reads up to the end of the line.
  private mutating func readFields() {
    while true {
      fields.append(readField())
      guard position < bytes.count else { return }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\n") { return }
    }
  }

  /// Reads up to the comma or the line feed.
  private mutating func readField() -> Field {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    let begin = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      position += 1
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
        if bytes[position] == UInt8(ascii: "\"") {
          guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
          position += 1
        }
        position += 1
      }
      let end = position
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        position += 1
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
        if isAtEndOfField { return Field(begin: begin + 1, end: end, isQuoted: true) }
      }
    }
    // No quotes, or quotes that do not enclose the field: then they are part of its text.
    while !isAtEndOfField { position += 1 }
    var end = position
    while end > begin, isBlank(bytes[end - 1]) { end -= 1 }
    return Field(begin: begin, end: end)
  }

  private var isAtEndOfField: Bool {
    position == bytes.count || bytes[position] == UInt8(ascii: ",") || bytes[position] == UInt8(ascii: "\n")
  }

  /// Blanks around a field do not count; a carriage return stands before the line feed.
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  func text(_ field: Field) -> String {
    let text = String(decoding: bytes[field.begin..<field.end], as: UTF8.self)
    guard field.isQuoted, text.contains("\"\"") else { return text }
    var isSecond = false
    return text.filter { character in
      isSecond = character == "\"" && !isSecond
      return character != "\"" || isSecond
    }
  }

  /// Seconds as decimal digits, exactly; digits finer than a nanosecond are rounded half up. nil for anything else and
  /// for more than 100 years.
  func nanoseconds(_ field: Field) -> Nanoseconds? {
    var whole: Int64 = 0
    var index = field.begin
    while index < field.end, bytes[index] &- UInt8(ascii: "0") < 10 {
      whole = whole * 10 + Int64(bytes[index] &- UInt8(ascii: "0"))
      guard whole <= .hundredYears / .seconds(1) else { return nil }
      index += 1
    }
    guard index > field.begin else { return nil }
    var length = whole * .seconds(1)
    guard index < field.end else { return length }
    guard bytes[index] == UInt8(ascii: "."), index + 1 < field.end else { return nil }
    var unit: Int64 = 100_000_000
    for index in (index + 1)..<field.end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      // The tenth digit decides, the others change nothing.
      if unit > 0 { length += Int64(digit) * unit } else if unit == 0 { length += digit >= 5 ? 1 : 0 }
      unit = unit > 0 ? unit / 10 : -1
    }
    return length <= .hundredYears ? length : nil
  }
}
