extension JSONScanner {
  /// Moves over the value at the position, whatever it is. Inside an object or an array only strings and the balance of
  /// brackets are checked: nobody will read it.
  @inline(__always)
  mutating func skipValue() {
    switch peek {
    case UInt8(ascii: "\""): _ = string()
    case UInt8(ascii: "{"): if !skipFlat(from: UInt8(ascii: "{"), to: UInt8(ascii: "}")) { skipContainer() }
    case UInt8(ascii: "["): if !skipFlat(from: UInt8(ascii: "["), to: UInt8(ascii: "]")) { skipContainer() }
    case UInt8(ascii: "t"): skip("true")
    case UInt8(ascii: "f"): skip("false")
    case UInt8(ascii: "n"): skip("null")
    default: if !skipInteger() { _ = number(scale: 0) }
    }
  }

  /// Skips an integer before a comma. False, without moving, if it may be another number.
  private mutating func skipInteger() -> Bool {
    let end = bytes.digitsEnd(from: position)
    guard end > position, end < bytes.count, bytes[end] == UInt8(ascii: ","), peek != UInt8(ascii: "0") else {
      return false
    }
    advance(by: end &- position)
    return true
  }

  /// Skips an object without objects in it, or an array without arrays, where no string has an escape: the first
  /// closing bracket ends it if the quotes before it come in pairs. Nearly every value that is skipped is like that,
  /// and both steps look at many bytes at a time. False, without moving, if it may be otherwise.
  private mutating func skipFlat(from opening: UInt8, to closing: UInt8) -> Bool {
    guard let end = bytes.firstIndex(ofByte: closing, from: position) else { return false }
    var oddQuotes: UInt64 = 0
    var obstacles: UInt64 = 0
    var index = position &+ 1
    while index < end {
      var word: UInt64 = 0
      if index &+ 8 <= end {
        word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        index &+= 8
      } else {
        word = UInt64(bytes[index])
        index &+= 1
      }
      oddQuotes ^= word.marks(of: UInt8(ascii: "\""))
      obstacles |= word.marks(of: opening)
      obstacles |= word.marks(of: UInt8(ascii: "\\"))
    }
    guard obstacles == 0, oddQuotes.nonzeroBitCount & 1 == 0 else { return false }
    advance(by: end &+ 1 &- position)
    return true
  }

  private mutating func skipContainer() {
    // One bit for each level: set for an object, clear for an array.
    var levels: UInt64 = 0
    var depth = 0
    repeat {
      skipToStructure()
      let byte = peek
      switch byte {
      case UInt8(ascii: "\""):
        guard string() != nil else { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < JSONScanner.maximumDepth else { return fail() }
        levels = levels &<< 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        depth &+= 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard levels & 1 == (byte == UInt8(ascii: "}") ? 1 : 0) else { return fail() }
        levels = levels &>> 1
        depth &-= 1
      default:
        // The end of the line.
        return fail()
      }
      advance()
    } while depth > 0
  }

  /// Moves to the next quote or bracket, eight bytes at a time.
  @inline(__always)
  private mutating func skipToStructure() {
    while position &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quote = word ^ 0x2222_2222_2222_2222
      // Brackets and braces differ in one bit.
      let folded = word | 0x2020_2020_2020_2020
      let opening = folded ^ 0x7B7B_7B7B_7B7B_7B7B
      let closing = folded ^ 0x7D7D_7D7D_7D7D_7D7D
      let found =
        ((quote &- 0x0101_0101_0101_0101) & ~quote) | ((opening &- 0x0101_0101_0101_0101) & ~opening)
        | ((closing &- 0x0101_0101_0101_0101) & ~closing)
      let mask = found & 0x8080_8080_8080_8080
      if mask != 0 {
        advance(by: mask.trailingZeroBitCount &>> 3)
        return
      }
      advance(by: 8)
    }
    while position < bytes.count {
      switch peek {
      case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"):
        return
      default: advance()
      }
    }
  }

  private mutating func skip(_ word: StaticString) {
    guard bytes.hasPrefix(word, at: position) else { return fail() }
    advance(by: word.utf8CodeUnitCount)
  }
}
