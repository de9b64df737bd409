extension JSONScanner {
  /// The text of a string with its escapes resolved; invalid UTF-8 and lone surrogates are replaced.
  func text(_ string: JSONString) -> String {
    guard string.isEscaped else { return String(decoding: raw(string), as: UTF8.self) }
    return String(decoding: unescaped(string), as: UTF8.self)
  }

  /// The bytes of a string with its escapes resolved.
  func unescaped(_ string: JSONString) -> [UInt8] {
    let raw = raw(string)
    var result: [UInt8] = []
    result.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < raw.count else {
        result.append(byte)
        continue
      }
      let escape = raw[index]
      index += 1
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"): result.append(contentsOf: JSONScanner.scalar(in: raw, at: &index).utf8)
      default: result.append(escape)
      }
    }
    return result
  }

  /// The character of `\uXXXX`, or of two of them that make a surrogate pair; `index` stands behind the `u`.
  private static func scalar(in raw: UnsafeRawBufferPointer, at index: inout Int) -> String {
    let unit = codeUnit(in: raw, at: index)
    index += 4
    if unit & 0xFC00 == 0xD800, raw.hasPrefix("\\u", at: index) {
      let low = codeUnit(in: raw, at: index + 2)
      if low & 0xFC00 == 0xDC00 {
        index += 6
        let value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
        return Unicode.Scalar(value).map(String.init) ?? "\u{FFFD}"
      }
    }
    return Unicode.Scalar(unit).map { String($0) } ?? "\u{FFFD}"
  }

  private static func codeUnit(in raw: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
    guard index + 4 <= raw.count else { return 0xFFFD }
    return (index..<index + 4).reduce(0) { $0 << 4 | (hexadecimalDigit(raw[$1]) ?? 0) }
  }
}
