/// A character beyond ASCII that acts on whoever reads a text, and is not seen: a control character of ISO 8859-1, an end of a
/// line or paragraph, or one that turns the direction of text (Unicode, UAX #9).
struct HiddenCharacter {
  var scalar: UInt16
  /// In bytes of UTF-8.
  var length: Int

  /// The one whose UTF-8 begins at a place; nil for any other character.
  init?(_ text: UnsafeRawBufferPointer, at place: Int) {
    guard place + 1 < text.count else { return nil }
    let second = text[place + 1]
    switch (text[place], second) {
    case (0xC2, 0x80...0x9F):
      (scalar, length) = (UInt16(second), 2)
    case (0xD8, 0x9C):
      (scalar, length) = (0x061C, 2)
    case (0xE2, 0x80...0x81) where place + 2 < text.count:
      let third = text[place + 2]
      scalar = 0x2000 + UInt16(second & 1) << 6 + UInt16(third & 0x3F)
      length = 3
      guard
        [0x200E, 0x200F].contains(scalar) || (0x2028...0x202E).contains(scalar)
          || (0x2066...0x2069).contains(scalar)
      else { return nil }
    default: return nil
    }
  }
}
