/// Numbers that look random and are a function of an input: the same input is always cut in the same places
/// (SplitMix; Steele, Lea, Flood 2014).
struct Draws {
  private var state: UInt64

  init(_ bytes: [UInt8]) {
    // FNV-1a.
    state = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Cuts the bytes into pieces, many of them short.
  mutating func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let length = next(below: [2, 9, 70, 900, 20_000][next(below: 5)]) + 1
      pieces.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return pieces
  }
}
