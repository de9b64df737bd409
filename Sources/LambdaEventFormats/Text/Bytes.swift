internal import Glibc

extension UnsafeRawBufferPointer {
  /// True if the bytes from `start` to `end` are that literal.
  @inline(__always)
  func matches(_ literal: StaticString, at start: Int, end: Int) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end &- start == count, start >= 0, end <= self.count else { return false }
    let other = UnsafeRawPointer(literal.utf8Start)
    var index = 0
    while index &+ 8 <= count {
      let left = loadUnaligned(fromByteOffset: start &+ index, as: UInt64.self)
      if left != other.loadUnaligned(fromByteOffset: index, as: UInt64.self) { return false }
      index &+= 8
    }
    while index < count {
      if self[start &+ index] != other.load(fromByteOffset: index, as: UInt8.self) { return false }
      index &+= 1
    }
    return true
  }

  /// True if that literal begins at `start`.
  func hasPrefix(_ literal: StaticString, at start: Int = 0) -> Bool {
    start >= 0 && start <= count && matches(literal, at: start, end: start + literal.utf8CodeUnitCount)
  }

  /// The place where that literal begins first, at `start` or later.
  func firstIndex(of literal: StaticString, from start: Int = 0) -> Int? {
    let length = literal.utf8CodeUnitCount
    guard length > 0, start >= 0 else { return nil }
    let first = literal.utf8Start.pointee
    var index = start
    while index + length <= count {
      if self[index] == first, hasPrefix(literal, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// The place where that byte stands first, at `start` or later.
  @inline(__always)
  func firstIndex(ofByte byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start >= 0, start < count,
      let found = memchr(base + start, Int32(byte), count &- start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// A part of these bytes, clamped to them.
  func slice(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
    let start = Swift.max(0, Swift.min(start, count))
    let end = Swift.max(start, Swift.min(end, count))
    return UnsafeRawBufferPointer(rebasing: self[start..<end])
  }

  func slice(from start: Int) -> UnsafeRawBufferPointer { slice(start, count) }

  /// The text, with invalid UTF-8 replaced.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// UTF-8 without NUL: a person can read it as a line.
  var isText: Bool { !contains(0) && String(validating: self, as: UTF8.self) != nil }

  /// Calls `body` with these bytes as text: bytes that are no UTF-8, and each NUL, become U+FFFD.
  func withRepairedText(_ body: (UnsafeRawBufferPointer) -> Void) {
    let repaired = text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
    var line = String(String.UnicodeScalarView(repaired))
    line.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  /// These bytes without a carriage return at their end.
  var withoutCarriageReturn: UnsafeRawBufferPointer {
    last == UInt8(ascii: "\r") ? slice(0, count - 1) : self
  }
}

extension UInt64 {
  /// Of eight bytes the high bit of each that is that one, and no other.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 {
    let differences = self ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
    return
      ~(((differences & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | differences | 0x7F7F_7F7F_7F7F_7F7F)
  }
}
