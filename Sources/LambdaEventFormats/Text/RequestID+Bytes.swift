internal import LambdaLifecycle

extension RequestID {
  /// Reads a UUID as `init(uuid:)` does, eight digits at a time: each line of a stream has one.
  @inline(__always)
  init?(fastUUID bytes: UnsafeRawBufferPointer, at start: Int, end: Int) {
    guard
      start >= 0, end <= bytes.count, end &- start == 36,
      bytes[start &+ 8] == UInt8(ascii: "-"), bytes[start &+ 13] == UInt8(ascii: "-"),
      bytes[start &+ 18] == UInt8(ascii: "-"), bytes[start &+ 23] == UInt8(ascii: "-"),
      let first = RequestID.value(bytes.word(at: start)),
      let second = RequestID.value(bytes.word(at: start &+ 9, and: start &+ 14)),
      let third = RequestID.value(bytes.word(at: start &+ 19, and: start &+ 24)),
      let fourth = RequestID.value(bytes.word(at: start &+ 28))
    else { return nil }
    let high = first &<< 32 | second
    let low = third &<< 32 | fourth
    // Both mean something else in a `RequestID`.
    guard high != .max, high | low != 0 else { return nil }
    self.init(high: high, low: low)
  }

  /// No request; the comparison of two ids costs a call.
  @inline(__always) var isNone: Bool { high | low == 0 }

  /// The value of eight lower-case hexadecimal digits, the first of them in the lowest byte; nil if one is no
  /// such digit.
  @inline(__always)
  private static func value(_ digits: UInt64) -> UInt64? {
    let letters = digits &>> 6 & 0x0101_0101_0101_0101
    let values = (digits & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
    // Written out again they must equal the bytes read: nothing else than 0 to 9 and a to f passes.
    let overNine = (values &+ 0x0606_0606_0606_0606) &>> 4 & 0x0101_0101_0101_0101
    let written = values &+ 0x3030_3030_3030_3030 &+ overNine &* 39
    guard written == digits, values & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return nil }
    let pairs = (values &<< 4 | values &>> 8) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs | pairs &>> 8) & 0x0000_FFFF_0000_FFFF
    return UInt64(UInt32(truncatingIfNeeded: quads | quads &>> 16).byteSwapped)
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func word(at index: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Four bytes from one place and four from another.
  @inline(__always)
  fileprivate func word(at index: Int, and other: Int) -> UInt64 {
    let low = UInt32(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt32.self))
    let high = UInt32(littleEndian: loadUnaligned(fromByteOffset: other, as: UInt32.self))
    return UInt64(high) &<< 32 | UInt64(low)
  }
}
