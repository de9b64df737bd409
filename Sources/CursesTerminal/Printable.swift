extension UInt32 {
  /// The character that is written for this one: no control character ever, and only ASCII where asked.
  func printable(ascii: Bool) -> UInt32 {
    switch self {
    case 0x20...0x7E: self
    case 0...0x9F: 0x3F
    case 0xB7 where ascii: 0x2E  // ·
    case 0xB5 where ascii: 0x75  // µ
    case 0xD7 where ascii: 0x78  // ×
    default: ascii ? 0x3F : self
    }
  }
}
