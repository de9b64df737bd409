/// The encoding of a stream, which its first bytes give away: UTF-8 passes as it is, UTF-16 becomes UTF-8.
///
/// PowerShell's `>` writes UTF-16 with a byte order mark, its `>>` without one.
struct TextEncoding: Sendable {
  private enum Kind: Sendable {
    case undecided, utf8
    case utf16(isBigEndian: Bool)
  }

  private var kind = Kind.undecided
  /// The bytes of an undecided stream, at most three; of UTF-16 half a unit.
  private var held: [UInt8] = []
  /// The first half of a pair.
  private var high: UInt16?

  /// The bytes that follow pass as they are.
  @inline(__always) var isUTF8: Bool {
    if case .utf8 = kind { return true }
    return false
  }

  /// Calls `body` with pieces of UTF-8, in order.
  mutating func read(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard !bytes.isEmpty else { return }
    if case .undecided = kind {
      let earlier = held
      held.append(contentsOf: bytes.prefix(4 - held.count))
      guard let found = TextEncoding.kind(of: held) else { return }
      kind = found
      held = []
      if !earlier.isEmpty { earlier.withUnsafeBytes { convert($0, body) } }
    }
    convert(bytes, body)
  }

  /// The stream has ended.
  mutating func finish(_ body: (UnsafeRawBufferPointer) -> Void) {
    if case .utf16 = kind {
      if !held.isEmpty || high != nil { Array("\u{FFFD}".utf8).withUnsafeBytes(body) }
    } else if !held.isEmpty {
      held.withUnsafeBytes(body)
    }
    held = []
    high = nil
  }

  /// The encoding of a stream that begins so; nil if more must be known.
  private static func kind(of bytes: [UInt8]) -> Kind? {
    let isMark = bytes.prefix(2) == [0xFF, 0xFE] || bytes.prefix(2) == [0xFE, 0xFF]
    if isMark { return .utf16(isBigEndian: bytes[0] == 0xFE) }
    // Without a mark two letters must be seen: a NUL may be somebody's output.
    func fits(_ isBigEndian: Bool) -> Bool {
      bytes.indices.allSatisfy { $0 % 2 == (isBigEndian ? 0 : 1) ? bytes[$0] == 0 : isText(bytes[$0]) }
    }
    let couldBeMark = bytes.count == 1 && bytes[0] >= 0xFE
    guard couldBeMark || fits(false) || fits(true) else { return .utf8 }
    return bytes.count < 4 ? nil : .utf16(isBigEndian: fits(true))
  }

  private static func isText(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte)
  }

  private mutating func convert(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard case .utf16(let isBigEndian) = kind else { return body(bytes) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + 8)
    var index = 0
    if let first = held.first, let second = bytes.first {
      held = []
      append(
        isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first), to: &text)
      index = 1
    }
    while index + 1 < bytes.count {
      let unit = bytes.loadUnaligned(fromByteOffset: index, as: UInt16.self)
      append(isBigEndian ? UInt16(bigEndian: unit) : UInt16(littleEndian: unit), to: &text)
      index += 2
    }
    if index < bytes.count { held = [bytes[index]] }
    text.withUnsafeBytes(body)
  }

  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if let high {
      self.high = nil
      if (0xDC00...0xDFFF).contains(unit) {
        let value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        return append(Unicode.Scalar(value), to: &text)
      }
      append(nil, to: &text)
    }
    if unit < 0x80 {
      text.append(UInt8(truncatingIfNeeded: unit))
    } else if (0xD800...0xDBFF).contains(unit) {
      high = unit
    } else {
      append(Unicode.Scalar(unit), to: &text)
    }
  }

  /// Half of a pair alone is no character.
  private func append(_ scalar: Unicode.Scalar?, to text: inout [UInt8]) {
    text.append(contentsOf: UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
  }
}
