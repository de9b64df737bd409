/// A string inside a line of JSON, still escaped: where it lies between its quotes.
struct JSONString {
  var start: Int32
  var end: Int32
  var isEscaped: Bool

  /// No string was there.
  static var absent: JSONString { JSONString(start: -1, end: -1, isEscaped: false) }

  var isAbsent: Bool { start < 0 }
  var isEmpty: Bool { end <= start }
  var range: Range<Int> { isAbsent ? 0..<0 : Int(start)..<Int(end) }
}

/// Reads JSON from the bytes of one line without allocating. Every step is checked against the end; the first
/// offence against the grammar sets `failed`, and nothing is read after it.
struct JSONScanner {
  let bytes: UnsafeRawBufferPointer
  private(set) var position = 0
  private(set) var failed = false

  /// Deeper nesting than this fails, so that no line can exhaust the stack.
  static let maximumDepth = 64

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    // Positions are kept in 32 bits; no line that a `StreamReader` lets through is near that.
    failed = bytes.count > Int(Int32.max)
  }

  /// The byte at the position; 0 at the end.
  @inline(__always) var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func fail() { failed = true }

  @inline(__always) mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position &+= 1
      default: return
      }
    }
  }

  @inline(__always) mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte, position < bytes.count else { return false }
    position &+= 1
    return true
  }

  /// Moves over bytes that have been looked at.
  @inline(__always) mutating func advance(by count: Int = 1) { position &+= count }

  /// The string at the position.
  @inline(__always) mutating func string() -> JSONString? {
    guard take(UInt8(ascii: "\"")) else {
      fail()
      return nil
    }
    let start = position
    var isEscaped = false
    while true {
      skipPlainBytes()
      switch peek {
      case UInt8(ascii: "\""):
        position &+= 1
        return JSONString(
          start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: position &- 1),
          isEscaped: isEscaped)
      case UInt8(ascii: "\\") where skipEscape():
        isEscaped = true
      default:
        // The end of the line, a control character or a bad escape.
        fail()
        return nil
      }
    }
  }

  /// The string at the position; nil, with the value skipped, if there is another value.
  @inline(__always) mutating func stringIfPresent() -> JSONString? {
    if peek == UInt8(ascii: "\"") { return string() }
    skipValue()
    return nil
  }

  /// Moves to the next quote, backslash or control character, eight bytes at a time.
  @inline(__always) private mutating func skipPlainBytes() {
    while position &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      // A high bit is set in each byte that is zero (after the XOR) or below 0x20; the lowest of them is exact.
      let found =
        ((quote &- 0x0101_0101_0101_0101) & ~quote)
        | ((backslash &- 0x0101_0101_0101_0101) & ~backslash)
        | ((word &- 0x2020_2020_2020_2020) & ~word)
      let mask = found & 0x8080_8080_8080_8080
      if mask != 0 {
        position &+= mask.trailingZeroBitCount &>> 3
        return
      }
      position &+= 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      position &+= 1
    }
  }

  private mutating func skipEscape() -> Bool {
    position &+= 1
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position &+= 1
      return true
    case UInt8(ascii: "u"):
      position &+= 1
      for _ in 0..<4 {
        guard hexadecimalDigit(peek) != nil else { return false }
        position &+= 1
      }
      return true
    default:
      return false
    }
  }

  /// True if a string is that literal. A string with escapes is only ever compared as it is written.
  @inline(__always) func matches(_ string: JSONString, _ literal: StaticString) -> Bool {
    bytes.matches(literal, at: Int(string.start), end: Int(string.end))
  }

  /// The bytes of a string, still escaped.
  func raw(_ string: JSONString) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[string.range])
  }
}

/// The value of a hexadecimal digit, or nil.
func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- UInt8(ascii: "a") &+ 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- UInt8(ascii: "A") &+ 10)
  default: nil
  }
}
